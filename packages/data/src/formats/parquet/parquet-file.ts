// The footer of a Parquet file: which columns there are, and where the parts of each lie. Read by the library's functions
// that do not wait, as all of reading is; the rows of a group are in memory one column at a time.

import { isObject } from "@netwright/definitions";
import {
  type ColumnChunk,
  type ColumnMetaData,
  type FileMetaData,
  parquetMetadata,
  parquetSchema,
  type RowGroup,
  type SchemaElement,
  type SchemaTree,
} from "hyparquet";
import type { ByteSource, TableInput } from "../../scan/byte-source.ts";
import { type RandomBytes, randomBytes } from "../bytes.ts";
import { CannotRead, orDamaged } from "../cannot-read.ts";

export interface ParquetColumn {
  readonly name: string;
  readonly element: SchemaElement;
  /** From the root of the schema. */
  readonly path: readonly SchemaTree[];
  /** Its place among the parts of a row group; of a nested one that of its first. */
  readonly part: number;
}

/** One column in one group of rows. */
export interface ParquetPart {
  readonly isEncrypted: boolean;
  /** The other file that it lies in. */
  readonly file: string | undefined;
  /** Where its pages lie, and how; `undefined` where that is not told. */
  readonly pages:
    | (Pick<ColumnMetaData, "codec" | "type"> & { readonly start: number; readonly end: number })
    | undefined;
}

/** Of what the footer says, which of many groups is much, no more than reading needs is kept. */
export interface ParquetGroup {
  readonly rows: number;
  readonly parts: readonly ParquetPart[];
}

export interface ParquetFile {
  readonly groups: readonly ParquetGroup[];
  readonly rows: number;
  readonly columns: readonly ParquetColumn[];
}

/** Of what was asked for the names of its columns: its rows are mostly asked for next, and many groups take long to tell of. */
const looked = new WeakMap<ByteSource, ParquetFile>();

/** To look at the columns; kept until the rows are read. */
export function parquetColumns(input: TableInput): ParquetFile {
  const file = parquetFile(input);
  if (isSource(input)) looked.set(input, file);
  return file;
}

/** To read it. */
export function parquetFile(input: TableInput): ParquetFile {
  if (!isSource(input)) return readFooter(randomBytes(input));
  const before = looked.get(input);
  looked.delete(input);
  return before ?? readFooter(randomBytes(input));
}

/** Bytes that are in memory may become others. */
function isSource(input: TableInput): input is ByteSource {
  return typeof input !== "string" && "parts" in input;
}

function readFooter({ size, read }: RandomBytes): ParquetFile {
  const { metadata, root, groups } = orDamaged("Parquet file", () => {
    if (size < 12) throw new CannotRead("is cut short");
    const end = read(size - 8, size).slice();
    const magic = new TextDecoder("latin1").decode(end.subarray(4));
    if (magic === "PARE") throw new CannotRead("has an encrypted footer", ["Write it without encryption."]);
    if (magic !== "PAR1") throw new CannotRead("is cut short: what ends a Parquet file is not there");
    const length = new DataView(end.buffer).getUint32(0, true);
    if (length > size - 12) throw new CannotRead("is damaged: its footer is longer than the file");
    const found = parquetMetadata(read(size - 8 - length, size).slice(), { geoparquet: false, parsers: RAW });
    return { metadata: found, root: parquetSchema(found), groups: found.row_groups.map(groupOf) };
  });
  const rows = Number(metadata.num_rows);
  if (groups.reduce((sum, group) => sum + group.rows, 0) !== rows)
    throw new CannotRead("is damaged: its groups have other rows than it says");
  const hidden = indexColumns(metadata);
  let part = 0;
  const columns: ParquetColumn[] = [];
  for (const child of root.children) {
    const { element } = child;
    // The library takes what the footer leaves out, and says that it is a text.
    const name: unknown = element.name;
    if (typeof name !== "string") throw new CannotRead("is damaged: a column of it has no name");
    if (!hidden.has(name)) columns.push({ name, element, path: [root, child], part });
    part += leavesOf(child);
  }
  return { groups, rows, columns };
}

function groupOf({ num_rows, columns }: RowGroup): ParquetGroup {
  return { rows: Number(num_rows), parts: columns.map(partOf) };
}

function partOf({ meta_data: meta, file_path, ...chunk }: ColumnChunk): ParquetPart {
  const start = Number(meta?.dictionary_page_offset || meta?.data_page_offset);
  return {
    isEncrypted: chunk.crypto_metadata !== undefined || chunk.encrypted_column_metadata !== undefined,
    file: file_path,
    pages: meta && {
      codec: meta.codec,
      type: meta.type,
      start,
      end: start + Number(meta.total_compressed_size),
    },
  };
}

/** Statistics are not looked at: dates that the engine does not have must not end the reading. */
const RAW = {
  timestampFromMilliseconds: (value: bigint) => value,
  timestampFromMicroseconds: (value: bigint) => value,
  timestampFromNanoseconds: (value: bigint) => value,
  dateFromDays: (value: number) => value,
};

function leavesOf({ children }: SchemaTree): number {
  return children.length === 0 ? 1 : children.reduce((sum, child) => sum + leavesOf(child), 0);
}

/** What pandas wrote as the index of its rows, and nobody has given a name: no column, as the names of rows are none. */
function indexColumns({ key_value_metadata: pairs = [] }: FileMetaData): ReadonlySet<string> {
  const text = pairs.find(({ key }) => key === "pandas")?.value;
  if (text === undefined) return new Set();
  let pandas: unknown;
  try {
    pandas = JSON.parse(text);
  } catch {
    return new Set();
  }
  const names: unknown = isObject(pandas) ? pandas["index_columns"] : [];
  if (!Array.isArray(names)) return new Set();
  return new Set(names.filter((name): name is string => typeof name === "string" && UNNAMED.test(name)));
}

const UNNAMED = /^(?:__index_level_\d+__|index)$/;
