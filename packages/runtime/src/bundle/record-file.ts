// The text of `record.json`: the record, the hashes of the files beside it, and its own seal at the end. So it covers the
// whole run.

import { object, optional, type Reader, sha256 } from "@netwright/definitions/json";
import { hashText } from "../hash/hash.ts";
import { UNSEALED } from "../hash/seal.ts";
import { readJson } from "../json/read-json.ts";
import { fail, type Outcome, succeed } from "../problem/problem.ts";
import { RUN_FORMAT, SEALED_FORMAT } from "./format-version.ts";
import { runFileNames } from "./run-files.ts";
import { type RunRecord, runRecordReader } from "./run-record.ts";
import { changed } from "./sealed-tensors.ts";

/** The seal of each tensor file, and the hash of the history. */
export interface FileHashes {
  readonly [runFileNames.model]: string;
  readonly [runFileNames.history]: string;
  readonly [runFileNames.checkpoint]?: string;
}

export interface RecordFile {
  readonly record: RunRecord;
  /** Null in a run of format 1, which has none. */
  readonly files: FileHashes | null;
}

interface Seals {
  readonly files?: FileHashes;
  readonly seal?: string;
}

const sealsReader: Reader<Seals> = object<Seals>({
  files: optional(
    object<FileHashes>({
      [runFileNames.model]: sha256,
      [runFileNames.history]: sha256,
      [runFileNames.checkpoint]: optional(sha256),
    }),
  ),
  seal: optional(sha256),
});

/** JSON has no NaN and no infinity: a metric of that value is written as `null`. */
export function writeRecordFile(record: RunRecord, files: FileHashes): string {
  const open = { ...record, format: RUN_FORMAT, files, seal: UNSEALED };
  const text = `${JSON.stringify(open, null, 2)}\n`;
  const at = placeOf(text);
  return text.slice(0, at) + hashText(text) + text.slice(at + UNSEALED.length);
}

/** `file` names the file in messages. Problems: NW0826, NW0829. */
export function readRecordFile(given: string, file: string): Outcome<RecordFile> {
  const record = readJson(given, runRecordReader, file);
  const seals = readJson(given, sealsReader, file);
  if (!record.ok) return record;
  if (!seals.ok) return seals;
  const { files, seal } = seals.value;
  if (files === undefined && seal === undefined && record.value.format < SEALED_FORMAT) {
    return succeed({ record: record.value, files: null });
  }
  const text = plainText(given);
  const at = placeOf(text);
  const open = text.slice(0, at) + UNSEALED + text.slice(at + UNSEALED.length);
  const sealed = at >= 0 && seal === text.slice(at, at + UNSEALED.length) && seal === hashText(open);
  return sealed && files !== undefined ? succeed({ record: record.value, files }) : fail(changed(file));
}

/** As it was written: some programs that keep versions of files end lines as Windows does. */
export function plainText(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** Where the digits of the seal begin; negative where there are none. */
function placeOf(text: string): number {
  const before = '"seal": "';
  const found = text.lastIndexOf(before);
  return found < 0 ? -1 : found + before.length;
}
