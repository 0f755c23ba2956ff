// The values of one column in one group of rows.

import type { ColumnChunk, DecodedArray, RowGroup } from "hyparquet";
import { readColumn } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { compressors } from "hyparquet-compressors";
import type { RandomBytes } from "../bytes.ts";
import { CannotRead } from "../cannot-read.ts";
import type { ParquetColumn } from "./parquet-file.ts";
import type { ParquetKind } from "./parquet-kind.ts";

export function isEncrypted(part: ColumnChunk | undefined): boolean {
  return part?.crypto_metadata !== undefined || part?.encrypted_column_metadata !== undefined;
}

/** Its pages, of physical values; missing ones are null or undefined. */
export function readPart(
  bytes: RandomBytes,
  { num_rows, columns }: RowGroup,
  { name, element, path, part }: ParquetColumn,
  kind: ParquetKind,
): readonly DecodedArray[] {
  const rows = Number(num_rows);
  if (rows === 0) return [];
  const chunk = columns[part];
  const meta = chunk?.meta_data;
  if (meta === undefined) throw new CannotRead(`is damaged: a part of column \`${name}\` is not there`);
  if (chunk?.file_path)
    throw new CannotRead(`keeps column \`${name}\` in another file, \`${chunk.file_path}\``);
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  const packed = bytes.read(start, start + Number(meta.total_compressed_size));
  // Without its logical type it is left as it is.
  const { converted_type: _, logical_type: __, ...physical } = element;
  const own =
    kind.kind === "word" && kind.decoded === true
      ? { ...physical, converted_type: "UTF8" as const }
      : physical;
  const { data } = readColumn(
    { view: new DataView(packed.buffer, packed.byteOffset, packed.byteLength), offset: 0 },
    { groupStart: 0, groupRows: rows, selectStart: 0, selectEnd: rows },
    {
      pathInSchema: meta.path_in_schema,
      element: own,
      schemaPath: [...path],
      codec: meta.codec,
      type: meta.type,
      compressors,
      utf8: false,
      parsers: { ...DEFAULT_PARSERS, timestampFromNanoseconds: (value: bigint) => value },
    },
  );
  return data;
}
