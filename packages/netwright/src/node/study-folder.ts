// A study on the disk: a folder with its record, which is written anew after each run, and with the runs that it keeps.

import { basename, dirname, join } from "node:path";
import type { Outcome } from "@netwright/runtime";
import { type Disk, readRecord, writeRecordUnless } from "@netwright/runtime/node";
import { fromOutcome } from "../api/train.ts";
import { fromRuntime } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { isFurtherStudy, isSameStudy, readStudy, type StudyRecord } from "../study/study-record.ts";
import { plainPath } from "./checkpoint-folder.ts";

/** The name of its record. */
export const STUDY_RECORD = "study.json";

/** The folder of a study, which may be named by the record in it. */
export function studyFolder(path: string): string {
  const plain = plainPath(path);
  return basename(plain) === STUDY_RECORD ? dirname(plain) : plain;
}

export async function isStudy(path: string): Promise<boolean> {
  const read = await readRecord(join(studyFolder(path), STUDY_RECORD));
  return read.ok || read.problems.some(({ code }) => code !== "NW0820");
}

/**
 * Writes the record of a study that is under way into its folder, unless another process has come further with it. Gives the
 * record that is there then. Problems: NW0830 to NW0833; NW0832 where the record of another study is there.
 */
export async function writeStudy(
  folder: string,
  record: StudyRecord,
  disk: Partial<Disk> = {},
): Promise<Outcome<StudyRecord>> {
  const place = join(folder, STUDY_RECORD);
  let there: ReturnType<typeof readStudy> = null;
  const isKept = (text: string) => {
    there = readStudy(text);
    // One that is damaged has been of this study, all of which is known here.
    if (there === null) return false;
    return there === "newer" || !isSameStudy(there, record) || isFurtherStudy(there, record);
  };
  const written = await writeRecordUnless(place, textOf(record), isKept, disk);
  if (!written.ok) return written;
  const found = keptRecord(written.value, there, record);
  if (found !== null) return { ok: true, value: found };
  const message = `\`${place}\` is the record of another study by now, and is left as it is.`;
  return { ok: false, problems: [{ code: "NW0832", message, notes: [] }] };
}

function keptRecord(written: string | null, there: ReturnType<typeof readStudy>, record: StudyRecord) {
  if (written !== null) return record;
  return there !== null && there !== "newer" && isSameStudy(there, record) ? there : null;
}

/**
 * Writes the record of a new study to `named` in the folder, or to the first of `named-2`, `named-3` ... where none is: none
 * is replaced, of whatever process. Gives the folder of the study. Problems: NW0830 to NW0833.
 */
export async function placeStudy(
  folder: string,
  named: string,
  record: StudyRecord,
  disk: Partial<Disk> = {},
): Promise<Outcome<string>> {
  for (const place of placesOf(folder, named)) {
    const written = await writeRecordUnless(join(place, STUDY_RECORD), textOf(record), () => true, disk);
    if (!written.ok) return written;
    if (written.value !== null) return { ok: true, value: place };
  }
  throw new Error("there is no end to the places of a study");
}

function textOf(record: StudyRecord): string {
  return `${JSON.stringify(record, null, 1)}\n`;
}

/** Problems: NW0820, NW0826, NW0827, NW0834. */
export async function openStudy(path: string, disk: Partial<Disk> = {}): Promise<Checked<StudyRecord>> {
  const place = join(studyFolder(path), STUDY_RECORD);
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

/** Where a new study would be placed as it is now. */
export async function studyPlace(folder: string, named: string): Promise<string> {
  for (const place of placesOf(folder, named)) if (!(await isStudy(place))) return place;
  throw new Error("there is no end to the places of a study");
}

/**
 * Of studies of this name that are not done the one that has come furthest; null where none is. `free`: where a new one would
 * be placed, which is behind all that there are.
 */
export async function unfinishedStudy(
  folder: string,
  named: string,
  free: string,
): Promise<{ readonly place: string; readonly record: StudyRecord } | null> {
  let furthest = null;
  for (const place of placesOf(folder, named)) {
    if (place === free) return furthest;
    const opened = await openStudy(place);
    if (!opened.ok || opened.value.status === "completed") continue;
    const record = opened.value;
    if (furthest === null || isFurtherStudy(record, furthest.record)) furthest = { place, record };
  }
  throw new Error("there is no end to the places of a study");
}

function* placesOf(folder: string, named: string): Generator<string> {
  yield join(folder, named);
  for (let other = 2; ; other++) yield join(folder, `${named}-${other}`);
}
