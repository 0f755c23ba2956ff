// What a study has of its record: as it is known here, and whether it is on the disk.

import { dirname } from "node:path";
import type { Diagnostic } from "@netwright/lang";
import { fromRuntime, placeStudy, type StudyEntry, type StudyRecord, studyName, writeStudy } from "netwright";
import type { Session } from "../usage/session.ts";

export interface Ledger {
  readonly directory: string;
  /** With the runs that are done, here or by another process that is at the same study. */
  readonly record: StudyRecord;
  /** Why the record was not written the last time; it is in memory alone. */
  readonly unwritten: readonly Diagnostic[];
}

/** Of a study that begins: in a folder that no other has. `planned` is where that would be. */
export async function newLedger(session: Session, planned: string, record: StudyRecord): Promise<Ledger> {
  const placed = await placeStudy(dirname(planned), studyName(record), record);
  if (placed.ok) return { directory: placed.value, record, unwritten: [] };
  const unwritten = placed.problems.map((problem) => fromRuntime(problem));
  warn(session, unwritten);
  return { directory: planned, record, unwritten };
}

/** With a run that is done, if one is, and with the status from now on. Another process may have come further. */
export async function written(
  session: Session,
  ledger: Ledger,
  status: StudyRecord["status"],
  done?: StudyEntry,
): Promise<Ledger> {
  const { directory, record: before } = ledger;
  const record = { ...before, status, runs: done === undefined ? before.runs : [...before.runs, done] };
  const put = await writeStudy(directory, record);
  const unwritten = put.ok ? [] : put.problems.map((problem) => fromRuntime(problem));
  // Told once, as every run meets the same disk.
  if (ledger.unwritten.length === 0) warn(session, unwritten);
  if (!put.ok || put.value === record) return { directory, record, unwritten };
  if (put.value.runs.length > record.runs.length) session.say(FURTHER);
  return { directory, record: put.value, unwritten };
}

function warn(session: Session, unwritten: readonly Diagnostic[]): void {
  session.report(unwritten.map((one) => ({ ...one, severity: "warning", notes: [...one.notes, GOING_ON] })));
}

const GOING_ON = "The study goes on, and its record is written again after each run.";
const FURTHER = "Another process has come further with this study: the runs that it has done are taken over.";
