// A study on the disk: a folder with its record, which is written anew after each run, and with the runs that it keeps.

import { basename, dirname, join } from "node:path";
import type { Outcome } from "@netwright/runtime";
import { type Disk, readRecord, writeRecord } from "@netwright/runtime/node";
import { fromOutcome } from "../api/train.ts";
import { fromRuntime } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { readStudy, type StudyRecord } from "../study/study-record.ts";
import { plainPath } from "./checkpoint-folder.ts";

const RECORD = "study.json";

/** The folder of a study, which may be named by the record in it. */
export function studyFolder(path: string): string {
  const plain = plainPath(path);
  return basename(plain) === RECORD ? dirname(plain) : plain;
}

export async function isStudy(path: string): Promise<boolean> {
  const read = await readRecord(join(studyFolder(path), RECORD));
  return read.ok || read.problems.some(({ code }) => code !== "NW0820");
}

/** Problems: NW0830 to NW0833. */
export function writeStudy(
  folder: string,
  record: StudyRecord,
  disk: Partial<Disk> = {},
): Promise<Outcome<string>> {
  return writeRecord(join(folder, RECORD), `${JSON.stringify(record, null, 1)}\n`, disk);
}

/** Problems: NW0820, NW0826, NW0827, NW0834. */
export async function openStudy(path: string, disk: Partial<Disk> = {}): Promise<Checked<StudyRecord>> {
  const place = join(studyFolder(path), RECORD);
  const read = await readRecord(place, disk);
  if (!read.ok) return fromOutcome(read);
  const record = readStudy(read.value);
  if (record === "newer") {
    const notes = ["Update Netwright to go on with it."];
    return reject([fromRuntime({ code: "NW0827", message: `\`${place}\` is from a newer version.`, notes })]);
  }
  if (record !== null) return accept(record);
  const message = `\`${place}\` is not the record of a study, or it has been changed.`;
  return reject([fromRuntime({ code: "NW0826", message, notes: ["Start the study anew."] })]);
}

/** `named` in the folder where no study is yet, or the first of `named-2`, `named-3` ... where none is: none is replaced. */
export async function studyPlace(folder: string, named: string): Promise<string> {
  let place = join(folder, named);
  for (let other = 2; await isStudy(place); other++) place = join(folder, `${named}-${other}`);
  return place;
}
