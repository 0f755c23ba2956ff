// What a study keeps of itself, from its first run on: what it consists of, with the texts that it was started with, and
// the result of each run that is done. Plain JSON; what is read may be a stranger's and is checked.

import type { SplitName } from "@netwright/definitions";
import { isFileName } from "@netwright/definitions";
import { hashText, type Metrics, type RunRecord, type SourceText } from "@netwright/runtime";
import type { SplitMetrics } from "../api/train.ts";
import {
  type Check,
  isCount,
  isFlag,
  isNumber,
  isText,
  listOf,
  mapOf,
  nullOr,
  oneOf,
  withKeys,
} from "../model/shape-checks.ts";
import { type PlannedRun, plannedRuns, type StudyPlan } from "./study-plan.ts";

export const STUDY_FORMAT = 1;

/** A run of a study that is done. */
export interface StudyEntry extends PlannedRun {
  readonly status: RunRecord["status"];
  readonly epochs: RunRecord["epochs"];
  readonly hash: RunRecord["hash"];
  readonly metrics: SplitMetrics;
  readonly seconds: RunRecord["seconds"];
}

export interface StudyRecord {
  readonly format: number;
  /** Of the model. */
  readonly name: string;
  readonly status: "running" | "completed" | "interrupted" | "failed";
  readonly plan: StudyPlan;
  /** Whether the model of each run is kept beside the record. */
  readonly keep: boolean;
  readonly backend: string;
  readonly sources: readonly SourceText[];
  /** But for the seed of a run. */
  readonly overrides: Readonly<Record<string, string>>;
  /** In the order of the plan, and none of it left out. */
  readonly runs: readonly StudyEntry[];
}

/** The name of its folder: the model, and the beginning of a hash over all that a study is asked for. */
export function studyName({
  name,
  plan,
  backend,
  sources,
  overrides,
}: Omit<StudyRecord, "status" | "runs">): string {
  const hash = hashText(JSON.stringify([plan, backend, sources, Object.entries(overrides)]));
  return `${name}-study-${hash.slice(0, 12)}`;
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

/** Why a text is no record of a study; the record else. */
export function readStudy(text: string): StudyRecord | "newer" | null {
  const value = parsed(text);
  if (isNewer(value)) return "newer";
  return isRecord(value) ? value : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isNewer(value: unknown): boolean {
  return withKeys({ format: isCount })(value) && !withKeys({ format: oneOf(STUDY_FORMAT) })(value);
}

function isRecord(value: unknown): value is StudyRecord {
  return hasShape(value) && isInOrder(value);
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

const isHash: Check = (value) => typeof value === "string" && /^[0-9a-f]{1,64}$/.test(value);
const isSeed: Check = (value) => typeof value === "number" && value >>> 0 === value;
const isMetrics = nullOr(mapOf(nullOr(isNumber)));

const isEntry = withKeys({
  repeat: nullOr(isCount),
  fold: nullOr(isCount),
  seed: isSeed,
  status: oneOf("completed", "stopped_early"),
  epochs: withKeys({ planned: isCount, completed: isCount, best: nullOr(isCount) }),
  hash: withKeys({ ir: isHash, data: isHash, run: isHash, weights: isHash }),
  metrics: withKeys({ train: isMetrics, validation: isMetrics, test: isMetrics }),
  seconds: withKeys({ total: isNumber, train: isNumber }),
});

const isPath: Check = (value) => typeof value === "string" && value !== "" && !value.includes("\0");

function hasShape(value: unknown): value is StudyRecord {
  return withKeys({
    format: oneOf(STUDY_FORMAT),
    name: (name) => typeof name === "string" && isFileName(name),
    status: oneOf("running", "completed", "interrupted", "failed"),
    plan: withKeys({
      seeds: (seeds) => listOf(isSeed)(seeds) && Array.isArray(seeds) && seeds.length > 0,
      folds: nullOr((folds) => isCount(folds) && Number(folds) > 1),
      repeats: (repeats) => isCount(repeats) && Number(repeats) > 0,
    }),
    keep: isFlag,
    backend: isText,
    sources: (sources) =>
      listOf(withKeys({ path: isPath, text: isText }))(sources) &&
      Array.isArray(sources) &&
      sources.length > 0,
    overrides: mapOf(isText),
    runs: listOf(isEntry),
  })(value);
}
