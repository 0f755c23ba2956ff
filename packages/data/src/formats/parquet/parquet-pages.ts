// The pages of one column in one group of rows, in the physical types of their values. The library's own way from here on
// gives a list of objects, in which each number is one; these are its steps before that, which leave numbers as they lie.

import type { DecodedArray, PageHeader } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { convert, DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { decompressPage, readDataPage, readDataPageV2 } from "hyparquet/src/datapage.js";
import { readPlain } from "hyparquet/src/plain.js";
import { type Room, roomFor } from "../../table/room.ts";
import type { RandomBytes } from "../bytes.ts";
import { CannotRead } from "../cannot-read.ts";
import { mostCells } from "../stated-size.ts";
import { pageCompressors } from "./parquet-compressors.ts";
import { bytesOfDeltas } from "./parquet-deltas.ts";
import type { ParquetColumn, ParquetGroup } from "./parquet-file.ts";
import type { ParquetKind } from "./parquet-kind.ts";
import { checkRuns, isRunOf, readRuns, WIDEST } from "./parquet-runs.ts";

/** What the library has to know of a column; it gives the type no name. */
type ColumnDecoder = Parameters<typeof readDataPageV2>[2];

export interface Page {
  readonly rows: number;
  /** Of each row that has one, until the next page; their places in the dictionary where there is one. */
  readonly values: DecodedArray;
  /** The same one for all pages of a group that have any. */
  readonly dictionary: DecodedArray | null;
  /** For each row 1 where it has a value and 0 where it has none; `null` where all have one. */
  readonly levels: ArrayLike<number> | null;
}

/** What the pages of a part are read with. */
interface Rooms {
  /** Bytes that texts which say what they share with others may still become. */
  bytes: number;
  /** For the numbers of a page that do not lie where numbers may: they are there until the next page. */
  readonly numbers: Room<Float64Array>;
}

export function* pagesOf(
  bytes: RandomBytes,
  { rows, parts }: ParquetGroup,
  { name, element, path, part }: ParquetColumn,
  kind: ParquetKind,
): Generator<Page> {
  if (rows === 0) return;
  const { pages, file } = parts[part] ?? {};
  if (pages === undefined) throw new CannotRead(`is damaged: a part of column \`${name}\` is not there`);
  if (file) throw new CannotRead(`keeps column \`${name}\` in another file, \`${file}\``);
  const packed = bytes.read(pages.start, pages.end);
  // Without its logical type it is left as it is.
  const { converted_type: _, logical_type: __, ...physical } = element;
  const isText = kind.kind === "word" && kind.decoded === true;
  const decoder: ColumnDecoder = {
    pathInSchema: path.slice(1).map(({ element: { name } }) => name),
    element: isText ? { ...physical, converted_type: "UTF8" } : physical,
    schemaPath: [...path],
    codec: pages.codec,
    type: pages.type,
    compressors: pageCompressors,
    utf8: false,
    // Of INT96 too the number.
    parsers: { ...DEFAULT_PARSERS, timestampFromNanoseconds: (value: bigint) => value },
  };
  const reader = { view: viewOf(packed), offset: 0 };
  const mostBytes = 8 * mostCells(bytes.size);
  const room: Rooms = { bytes: mostBytes, numbers: roomFor(Float64Array) };
  let dictionary: DecodedArray | null = null;
  for (let read = 0; read < rows && reader.offset < packed.byteLength - 1; ) {
    const header = parquetHeader(reader);
    const length = header.compressed_page_size;
    // Before there is room for it.
    if (!(header.uncompressed_page_size <= mostBytes))
      throw new CannotRead("is damaged: a page is larger than the file can be");
    const page = new Uint8Array(packed.buffer, packed.byteOffset + reader.offset, length);
    reader.offset += length;
    if (header.type === "DICTIONARY_PAGE") dictionary = dictionaryOf(page, header, decoder);
    else {
      const found = dataOf(page, header, decoder, dictionary, { most: rows - read, room });
      read += found.rows;
      yield found;
    }
  }
}

function dictionaryOf(packed: Uint8Array, header: PageHeader, decoder: ColumnDecoder): DecodedArray {
  const { dictionary_page_header: own, uncompressed_page_size: size } = header;
  if (own === undefined) throw new CannotRead("is damaged: a dictionary does not say how long it is");
  const page = decompressPage(packed, size, decoder.codec, decoder.compressors);
  const reader = { view: viewOf(page), offset: 0 };
  // Values of no length take no bytes: nothing else says how many there are.
  if (!(own.num_values <= 8 * page.length))
    throw new CannotRead("is damaged: a dictionary has fewer values than it says");
  return convert(readPlain(reader, decoder.type, own.num_values, decoder.element.type_length), decoder);
}

function dataOf(
  packed: Uint8Array,
  header: PageHeader,
  decoder: ColumnDecoder,
  dictionary: DecodedArray | null,
  { most, room }: { readonly most: number; readonly room: Rooms },
): Page {
  const own = header.type === "DATA_PAGE" ? header.data_page_header : header.data_page_header_v2;
  if (own === undefined) throw new CannotRead(`is damaged: it has a page of type ${header.type}`);
  // Before there is room for them.
  if (!(own.num_values >= 0 && own.num_values <= most))
    throw new CannotRead("is damaged: a part of it has other rows than it says");
  const isCoded = own.encoding.endsWith("_DICTIONARY");
  if (isCoded && dictionary === null)
    throw new CannotRead("is damaged: a dictionary that it speaks of is not there");
  const { levels, values } = commonPage(packed, header, decoder, room) ?? anyPage(packed, header, decoder);
  if (values.length < own.num_values && levels === null)
    throw new CannotRead("is damaged: a page has fewer values than rows");
  return {
    rows: own.num_values,
    values: isCoded ? values : convert(values, decoder),
    dictionary: isCoded ? dictionary : null,
    levels: values.length === own.num_values ? null : levels,
  };
}

interface PageParts {
  readonly levels: ArrayLike<number> | null;
  readonly values: DecodedArray;
}

/** By the library, which goes as far as a run says: that may be farther than the page, and without an end. */
function anyPage(packed: Uint8Array, header: PageHeader, decoder: ColumnDecoder): PageParts {
  const { data_page_header: own, data_page_header_v2: second, uncompressed_page_size: size } = header;
  const { codec, compressors } = decoder;
  const hasLevels = decoder.element.repetition_type === "OPTIONAL";
  if (own === undefined) {
    const from = second?.repetition_levels_byte_length ?? 0;
    const to = from + (second?.definition_levels_byte_length ?? 0);
    const rows = second?.num_values ?? 0;
    if (hasLevels) checkRuns(packed, from, to, 1, rows);
    const rest = packed.subarray(to);
    const isPacked = second?.is_compressed !== false && size > to;
    checkPlaces(isPacked ? decompressPage(rest, size - to, codec, compressors) : rest, 0, second);
    const { definitionLevels = null, dataPage } = readDataPageV2(packed, header, decoder);
    return { levels: definitionLevels, values: dataPage };
  }
  const page = decompressPage(packed, size, codec, compressors);
  const at = hasLevels && own.definition_level_encoding === "RLE" ? 4 + viewOf(page).getUint32(0, true) : 0;
  if (at > 0) checkRuns(page, 4, at, 1, own.num_values);
  checkPlaces(page, at, own);
  const { definitionLevels = null, dataPage } = readDataPage(page, own, decoder);
  return { levels: definitionLevels, values: dataPage };
}

/** Those in a dictionary that begin at `at`. */
function checkPlaces(
  page: Uint8Array,
  at: number,
  own: { readonly encoding: string; readonly num_values: number } | undefined,
): void {
  if (own?.encoding.endsWith("_DICTIONARY") === true && at < page.length)
    checkRuns(page, at + 1, page.length, page[at] ?? 0, own.num_values);
}

/** Of the encodings that most writers use for most columns; `null` of another. */
function commonPage(
  packed: Uint8Array,
  header: PageHeader,
  decoder: ColumnDecoder,
  room: Rooms,
): PageParts | null {
  const { data_page_header: first, data_page_header_v2: second, uncompressed_page_size: size } = header;
  const { codec, compressors, type, element } = decoder;
  const encoding = (first ?? second)?.encoding;
  const isCoded = encoding === "RLE_DICTIONARY" || encoding === "PLAIN_DICTIONARY";
  const isDelta = encoding === "DELTA_BYTE_ARRAY";
  const isRuns = encoding === "RLE" && type === "BOOLEAN";
  if (encoding !== "PLAIN" && !isCoded && !isDelta && !isRuns) return null;
  const hasLevels = element.repetition_type === "OPTIONAL";
  let levels: Int32Array | null = null;
  let page: Uint8Array;
  let at = 0;
  if (first !== undefined) {
    if (hasLevels && first.definition_level_encoding !== "RLE" && !isDelta) return null;
    page = decompressPage(packed, size, codec, compressors);
    if (hasLevels) {
      at = 4 + viewOf(page).getUint32(0, true);
      levels = levelsOf(page, 4, at, first.num_values);
    }
  } else if (second !== undefined) {
    const from = second.repetition_levels_byte_length;
    const to = from + second.definition_levels_byte_length;
    if (hasLevels) levels = levelsOf(packed, from, to, second.num_values);
    page = packed.subarray(to);
    if (second.is_compressed !== false && size > to)
      page = decompressPage(page, size - to, codec, compressors);
  } else return null;
  const rows = first?.num_values ?? second?.num_values ?? 0;
  const count = levels === null ? rows : levels.reduce((sum, level) => sum + level, 0);
  if (isDelta) {
    room.bytes -= bytesOfDeltas(page, at, count);
    if (!(room.bytes >= 0)) throw new CannotRead("is damaged: its texts are longer than the file can hold");
    return null;
  }
  if (!isCoded && !isRuns) {
    if (type === "DOUBLE") return { levels, values: doublesOf(page, at, count, room.numbers) };
    const reader = { view: viewOf(page), offset: at };
    return { levels, values: readPlain(reader, type, count, element.type_length) };
  }
  const values = new Int32Array(count);
  if (isRuns) {
    const end = at + 4 + viewOf(page).getUint32(at, true);
    readRuns(page, at + 4, Math.min(end, page.length), 1, values);
    return { levels, values: Array.from(values, (value) => value === 1) };
  }
  const width = count === 0 ? 0 : viewOf(page).getUint8(at);
  if (width > WIDEST) return null;
  readRuns(page, at + 1, page.length, width, values);
  return { levels, values };
}

/** Behind levels they lie at any place: the library would take new room for each page, which takes longer than the copy. */
function doublesOf(page: Uint8Array, at: number, count: number, room: Room<Float64Array>): Float64Array {
  const bytes = page.subarray(at, at + 8 * count);
  if (bytes.length < 8 * count) throw new RangeError("a page ends before its values do");
  const numbers = room(count);
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength).set(bytes);
  return numbers;
}

/** 1 for each row that has a value, 0 for others; `null` where all have one. */
function levelsOf(bytes: Uint8Array, start: number, end: number, rows: number): Int32Array | null {
  if (isRunOf(1, rows, bytes, start, end)) return null;
  const levels = new Int32Array(rows);
  readRuns(bytes, start, end, 1, levels);
  return levels.includes(0) ? levels : null;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
