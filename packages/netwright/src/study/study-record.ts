// What a study keeps of itself, from its first run on: what it consists of, with the texts that it was started with, and
// the result of each run that is done. Plain JSON; what is read may be a stranger's and is checked.

import { type SavedInterval, savedInterval } from "@netwright/data";
import { LARGEST_SEED, type SplitName } from "@netwright/definitions";
import {
  amount,
  count,
  dictionary,
  fileName,
  flag,
  hash,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  path,
  type Reader,
  readText,
  text,
  where,
} from "@netwright/definitions/json";
import { deviceCount, hashText, type Metrics, type RunRecord, type SourceText } from "@netwright/runtime";
import type { SplitMetrics } from "../api/train.ts";
import { type PlannedRun, plannedRuns, type StudyPlan } from "./study-plan.ts";

/** Of a study that has no intervals of all models together. */
export const STUDY_FORMAT = 1;
/** A reader of format 1 would pass over these, and predict otherwise. */
const FORMAT_WITH_INTERVALS = 2;

/** A run of a study that is done. */
export interface StudyEntry extends PlannedRun {
  readonly status: RunRecord["status"];
  readonly epochs: RunRecord["epochs"];
  readonly hash: RunRecord["hash"];
  readonly metrics: SplitMetrics;
  readonly seconds: RunRecord["seconds"];
}

/** What of a run is known before it is trained. */
export type PlannedHash = Pick<RunRecord["hash"], "ir" | "data" | "run">;

export interface StudyRecord {
  readonly format: number;
  /** Of the model. */
  readonly name: string;
  readonly status: "running" | "completed" | "interrupted" | "failed";
  readonly plan: StudyPlan;
  /** Whether the model of each run is kept beside the record. */
  readonly keep: boolean;
  readonly backend: string;
  /** How many train together. Absent for one. */
  readonly devices?: number;
  readonly sources: readonly SourceText[];
  /** But for the seed of a run. */
  readonly overrides: Readonly<Record<string, string>>;
  /** What the first run will be: tells a study whose runs are to come from one of another file. Older records lack it. */
  readonly first?: PlannedHash;
  /** What was learned of all models together, where the file asks for it; absent else. */
  readonly intervals?: readonly SavedInterval[];
  /** In the order of the plan, and none of it left out. */
  readonly runs: readonly StudyEntry[];
}

/** The name of its folder: the model, and the beginning of a hash over all that a study is asked for. */
export function studyName({
  name,
  plan,
  backend,
  devices,
  sources,
  overrides,
}: Omit<StudyRecord, "status" | "runs">): string {
  const how = devices === undefined ? backend : [backend, devices];
  const hash = hashText(JSON.stringify([plan, how, sources, Object.entries(overrides)]));
  return `${name}-study-${hash.slice(0, 12)}`;
}

/** The hash of the first run, done or to come; undefined where that is not known. */
export function firstHash({
  first,
  runs: [done],
}: Pick<StudyRecord, "first" | "runs">): PlannedHash | undefined {
  return done?.hash ?? first;
}

/** Whether both are asked for the same, of the same file and data as far as that is known. */
export function isSameStudy(a: StudyRecord, b: StudyRecord): boolean {
  const [one, other] = [firstHash(a)?.run, firstHash(b)?.run];
  return studyName(a) === studyName(b) && (one === undefined || other === undefined || one === other);
}

/** Whether the first of two records of one study has come further than the second. */
export function isFurtherStudy(a: StudyRecord, b: StudyRecord): boolean {
  const more = a.runs.length - b.runs.length;
  return more > 0 || (more === 0 && a.status === "completed" && b.status !== "completed");
}

export function entryOf(planned: PlannedRun, record: RunRecord): StudyEntry {
  const metricsOf = (split: SplitName): Metrics | null => record.splits[split]?.metrics ?? null;
  return {
    repeat: planned.repeat,
    fold: planned.fold,
    seed: planned.seed,
    status: record.status,
    epochs: record.epochs,
    hash: record.hash,
    metrics: { train: metricsOf("train"), validation: metricsOf("validation"), test: metricsOf("test") },
    seconds: record.seconds,
  };
}

/** With what was learned of all models together. */
export function withIntervals(record: StudyRecord, intervals: readonly SavedInterval[]): StudyRecord {
  return { ...record, format: FORMAT_WITH_INTERVALS, intervals };
}

/** The record; why a text is none, else. */
export function readStudy(source: string): StudyRecord | "newer" | null {
  const read = readText(source, object<Pick<StudyRecord, "format">>({ format: count }));
  if (read === null || !read.ok) return null;
  if (read.value.format > FORMAT_WITH_INTERVALS) return "newer";
  const whole = readText(source, record);
  return whole?.ok === true && isInOrder(whole.value) ? whole.value : null;
}

/** Of more runs than this a plan is not made, as its list alone would fill the memory. */
const MOST_RUNS = 1_000_000;

function isInOrder({ plan, runs }: StudyRecord): boolean {
  const all = plan.seeds.length * (plan.folds ?? 1) * plan.repeats;
  if (all > MOST_RUNS || runs.length > all) return false;
  const planned = plannedRuns(plan);
  return runs.every(({ repeat, fold, seed }, i) => {
    const one = planned[i];
    return one?.repeat === repeat && one.fold === fold && one.seed === seed;
  });
}

const seed = where(count, "a seed", (value) => value <= LARGEST_SEED);
const metrics = nullable(dictionary(nullable(number)));

const entry = object<StudyEntry>({
  repeat: nullable(count),
  fold: nullable(count),
  seed,
  status: oneOf("completed", "stopped_early"),
  epochs: object<StudyEntry["epochs"]>({ planned: count, completed: count, best: nullable(count) }),
  hash: object<StudyEntry["hash"]>({ ir: hash, data: hash, run: hash, weights: hash }),
  metrics: object<SplitMetrics>({ train: metrics, validation: metrics, test: metrics }),
  seconds: object<StudyEntry["seconds"]>({ total: amount, train: amount }),
});

const plan = object<StudyPlan>({
  seeds: where(list(seed), "a list of seeds", ({ length }) => length > 0),
  folds: nullable(where(count, "a number of folds", (folds) => folds > 1)),
  repeats: where(count, "a number from 1 on", (repeats) => repeats > 0),
});

/** How far apart models are is no less than nothing, and widths go by it. */
const jointInterval = where(
  savedInterval,
  "an interval in spreads",
  ({ scaled, radius }) => scaled === true && radius >= 0,
);

const parts = object<StudyRecord>({
  format: count,
  name: fileName,
  status: oneOf("running", "completed", "interrupted", "failed"),
  plan,
  keep: flag,
  backend: text,
  devices: optional(deviceCount),
  sources: where(list(object<SourceText>({ path, text })), "a list of texts", ({ length }) => length > 0),
  overrides: dictionary(text),
  first: optional(object<PlannedHash>({ ir: hash, data: hash, run: hash })),
  intervals: optional(list(jointInterval)),
  runs: list(entry),
});

const record: Reader<StudyRecord> = where(
  parts,
  "the format of a study",
  ({ format, intervals }) => format === (intervals === undefined ? STUDY_FORMAT : FORMAT_WITH_INTERVALS),
);
