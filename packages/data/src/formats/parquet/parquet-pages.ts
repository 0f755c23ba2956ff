// The pages of one column in one group of rows, in the physical types of their values. The library's own way from here on
// gives a list of objects, in which each number is one; these are its steps before that, which leave numbers as they lie.

import type { ColumnChunk, DecodedArray, PageHeader, RowGroup } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { convert, DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { decompressPage, readDataPage, readDataPageV2 } from "hyparquet/src/datapage.js";
import { readPlain } from "hyparquet/src/plain.js";
import { compressors } from "hyparquet-compressors";
import type { RandomBytes } from "../bytes.ts";
import { CannotRead } from "../cannot-read.ts";
import type { ParquetColumn } from "./parquet-file.ts";
import type { ParquetKind } from "./parquet-kind.ts";

/** What the library has to know of a column; it gives the type no name. */
type ColumnDecoder = Parameters<typeof readDataPageV2>[2];

export interface Page {
  readonly rows: number;
  /** Of each row that has one; their places in the dictionary where there is one. */
  readonly values: DecodedArray;
  /** The same one for all pages of a group that have any. */
  readonly dictionary: DecodedArray | null;
  /** For each row 1 where it has a value and 0 where it has none; `null` where all have one. */
  readonly levels: readonly number[] | null;
}

export function isEncrypted(part: ColumnChunk | undefined): boolean {
  return part?.crypto_metadata !== undefined || part?.encrypted_column_metadata !== undefined;
}

export function* pagesOf(
  bytes: RandomBytes,
  { num_rows, columns }: RowGroup,
  { name, element, path, part }: ParquetColumn,
  kind: ParquetKind,
): Generator<Page> {
  const rows = Number(num_rows);
  if (rows === 0) return;
  const chunk = columns[part];
  const meta = chunk?.meta_data;
  if (meta === undefined) throw new CannotRead(`is damaged: a part of column \`${name}\` is not there`);
  if (chunk?.file_path)
    throw new CannotRead(`keeps column \`${name}\` in another file, \`${chunk.file_path}\``);
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  const packed = bytes.read(start, start + Number(meta.total_compressed_size));
  // Without its logical type it is left as it is.
  const { converted_type: _, logical_type: __, ...physical } = element;
  const isText = kind.kind === "word" && kind.decoded === true;
  const decoder: ColumnDecoder = {
    pathInSchema: meta.path_in_schema,
    element: isText ? { ...physical, converted_type: "UTF8" } : physical,
    schemaPath: [...path],
    codec: meta.codec,
    type: meta.type,
    compressors,
    utf8: false,
    // Of INT96 too the number.
    parsers: { ...DEFAULT_PARSERS, timestampFromNanoseconds: (value: bigint) => value },
  };
  const reader = { view: new DataView(packed.buffer, packed.byteOffset, packed.byteLength), offset: 0 };
  let dictionary: DecodedArray | null = null;
  for (let read = 0; read < rows && reader.offset < packed.byteLength - 1; ) {
    const header = parquetHeader(reader);
    const length = header.compressed_page_size;
    const page = new Uint8Array(packed.buffer, packed.byteOffset + reader.offset, length);
    reader.offset += length;
    if (header.type === "DICTIONARY_PAGE") dictionary = dictionaryOf(page, header, decoder);
    else {
      const found = dataOf(page, header, decoder, dictionary);
      read += found.rows;
      yield found;
    }
  }
}

function dictionaryOf(packed: Uint8Array, header: PageHeader, decoder: ColumnDecoder): DecodedArray {
  const { dictionary_page_header: own, uncompressed_page_size: size } = header;
  if (own === undefined) throw new CannotRead("is damaged: a dictionary does not say how long it is");
  const page = decompressPage(packed, size, decoder.codec, decoder.compressors);
  const reader = { view: new DataView(page.buffer, page.byteOffset, page.byteLength), offset: 0 };
  return convert(readPlain(reader, decoder.type, own.num_values, decoder.element.type_length), decoder);
}

function dataOf(
  packed: Uint8Array,
  header: PageHeader,
  decoder: ColumnDecoder,
  dictionary: DecodedArray | null,
): Page {
  const own = header.type === "DATA_PAGE" ? header.data_page_header : header.data_page_header_v2;
  if (own === undefined) throw new CannotRead(`is damaged: it has a page of type ${header.type}`);
  const { definitionLevels: levels, dataPage } =
    "num_nulls" in own
      ? readDataPageV2(packed, header, decoder)
      : readDataPage(
          decompressPage(packed, header.uncompressed_page_size, decoder.codec, decoder.compressors),
          own,
          decoder,
        );
  const isCoded = own.encoding.endsWith("_DICTIONARY");
  if (isCoded && dictionary === null)
    throw new CannotRead("is damaged: a dictionary that it speaks of is not there");
  return {
    rows: own.num_values,
    values: isCoded ? dataPage : convert(dataPage, decoder),
    dictionary: isCoded ? dictionary : null,
    levels: levels === undefined || levels.length === 0 || dataPage.length === own.num_values ? null : levels,
  };
}
