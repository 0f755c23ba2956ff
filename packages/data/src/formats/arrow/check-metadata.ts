// What an Arrow file says of itself are FlatBuffers: tables of offsets, and vectors that say how long they are. The library
// believes them, so that a few damaged bytes have it read without an end. Here all that it will follow is looked for inside
// of the bytes first, step by step as it goes. The numbers are the places of fields in Arrow's Message.fbs, Schema.fbs and File.fbs.

import { CannotRead } from "../cannot-read.ts";
import { checkStatedSize } from "../stated-size.ts";

/** Bytes that may still be gone through: parts may be named again and again. */
interface Room {
  bytes: number;
  /** Those of the file. */
  readonly file: number;
}

const ANY_FILE = 1 << 22;
const FOR_A_BYTE = 16;

/** @throws CannotRead, or RangeError where something lies outside of the bytes: the file is damaged */
export function checkMetadata(bytes: Uint8Array): void {
  const room: Room = { bytes: ANY_FILE + FOR_A_BYTE * bytes.length, file: bytes.length };
  if (isFile(bytes)) checkFile(bytes, room);
  else for (let at = 0; at < bytes.length; ) at = checkMessage(bytes, at, room) ?? bytes.length;
}

const MAGIC = "ARROW1";

function isFile(bytes: Uint8Array): boolean {
  return [...MAGIC].every((character, i) => bytes[i] === character.charCodeAt(0));
}

/** The footer names the schema and where each message begins. */
function checkFile(bytes: Uint8Array, room: Room): void {
  const view = viewOf(bytes);
  const end = bytes.length - MAGIC.length - 4;
  const footer = tableAt(view, end - view.getInt32(end, true));
  const schema = footer(6);
  if (schema !== null) checkSchema(view, schema, room);
  for (const blocks of [footer(8), footer(10)]) {
    for (const block of vectorAt(view, blocks, 24, room))
      checkMessage(bytes, Number(view.getBigInt64(block, true)), room);
  }
  checkPairs(view, footer(12), room);
}

const CONTINUED = -1;
const HEADERS = { schema: 1, dictionary: 2, records: 3 } as const;
/** Of the version of the format: before it, each part of the body has a number more. */
const V4 = 3;

/** Gives where the next message begins; `null` behind the last one. */
function checkMessage(bytes: Uint8Array, at: number, room: Room): number | null {
  let begin = at + 4;
  let length = int32At(bytes, at);
  if (length === CONTINUED) {
    length = int32At(bytes, begin);
    begin += 4;
  }
  if (length === 0) return null;
  const end = begin + length;
  if (length < 0 || !(end <= bytes.length)) throw new CannotRead("is damaged: a part of it is cut short");
  spend(room, length);
  const view = viewOf(bytes.subarray(begin, end));
  const message = tableAt(view, 0);
  const [version, type, header, body] = [message(4), message(6), message(8), message(10)];
  if (header !== null && type !== null) {
    const isOld = version === null || view.getInt16(version, true) < V4;
    const kind = view.getUint8(type);
    if (kind === HEADERS.schema) checkSchema(view, header, room);
    else if (kind === HEADERS.records) checkRecords(view, header, isOld, room);
    else if (kind === HEADERS.dictionary) {
      const data = tableAt(view, header)(6);
      if (data !== null) checkRecords(view, data, isOld, room);
    }
  }
  return end + (body === null ? 0 : Math.max(0, Number(view.getBigInt64(body, true))));
}

/** Bytes behind the end are zeros, as a stream may end without a mark. */
function int32At(bytes: Uint8Array, at: number): number {
  return [0, 1, 2, 3].reduce((sum, i) => sum | ((bytes[at + i] ?? 0) << (8 * i)), 0);
}

function checkSchema(view: DataView, at: number, room: Room): void {
  const schema = tableAt(view, at);
  for (const field of vectorAt(view, schema(6), 4, room)) checkField(view, field, room);
  checkPairs(view, schema(8), room);
}

const DECIMAL = 7;
const TIMESTAMP = 10;
const UNION = 14;
/** Of a decimal number, which has at most 76: the library makes ten to that power. */
const MOST_DIGITS = 1000;

function checkField(view: DataView, at: number, room: Room): void {
  const field = tableAt(view, at);
  checkText(view, field(4), room);
  const [id, type, dictionary] = [field(8), field(10), field(12)];
  const kind = id === null ? 0 : view.getUint8(id);
  if (type !== null && kind === DECIMAL) {
    const scale = tableAt(view, type)(6);
    if (scale !== null && Math.abs(view.getInt32(scale, true)) > MOST_DIGITS)
      throw new CannotRead("is damaged: it says that its decimal numbers have more digits than any have");
  }
  if (type !== null && kind === TIMESTAMP) checkText(view, tableAt(view, type)(6), room);
  if (type !== null && kind === UNION) vectorAt(view, tableAt(view, type)(6), 4, room);
  if (dictionary !== null) tableAt(view, dictionary);
  for (const child of vectorAt(view, field(14), 4, room)) checkField(view, child, room);
  checkPairs(view, field(16), room);
}

function checkRecords(view: DataView, at: number, isOld: boolean, room: Room): void {
  const records = tableAt(view, at);
  const lengths = [records(4), ...vectorAt(view, records(6), 16, room)];
  // Values of dictionaries and of lists are made as rows are.
  for (const length of lengths) {
    const rows = length === null ? 0n : view.getBigInt64(length, true);
    if (rows < 0n) throw new CannotRead("is damaged: it says that it has fewer rows than none");
    checkStatedSize(Number(rows), 1, room.file);
  }
  const parts = vectorAt(view, records(8), isOld ? 24 : 16, room);
  let named = 0;
  for (const count of vectorAt(view, records(12), 8, room)) named += Number(view.getBigUint64(count, true));
  if (named > parts.length) throw new CannotRead("is damaged: it names more parts than it has");
}

function checkPairs(view: DataView, at: number | null, room: Room): void {
  for (const pair of vectorAt(view, at, 4, room)) {
    const entry = tableAt(view, pair);
    for (const text of [entry(4), entry(6)]) checkText(view, text, room);
  }
}

function checkText(view: DataView, at: number | null, room: Room): void {
  vectorAt(view, at, 1, room);
}

/** Where the field of a table with that number lies; `null` where it has none. */
type Table = (field: number) => number | null;

function tableAt(view: DataView, at: number): Table {
  const table = at + view.getInt32(at, true);
  const fields = table - view.getInt32(table, true);
  const size = view.getInt16(fields, true);
  return (field) => {
    const offset = field < size ? view.getInt16(fields + field, true) : 0;
    return offset === 0 ? null : table + offset;
  };
}

/** Where each item begins. */
function vectorAt(view: DataView, at: number | null, stride: number, room: Room): readonly number[] {
  if (at === null) return [];
  const start = at + view.getInt32(at, true);
  const length = view.getInt32(start, true);
  const bytes = length * stride;
  if (length < 0 || start + 4 + bytes > view.byteLength)
    throw new CannotRead("is damaged: it says that a part of it is longer than the file");
  spend(room, bytes);
  return stride === 1 ? [] : Array.from({ length }, (_, i) => start + 4 + i * stride);
}

function spend(room: Room, bytes: number): void {
  room.bytes -= bytes + 1;
  if (room.bytes < 0) throw new CannotRead("is damaged: it names the same parts again and again");
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
