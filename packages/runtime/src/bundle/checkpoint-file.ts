// `checkpoint.safetensors`: an interrupted training, to the last bit. It is bound to its run by the run's hash.

import { listed } from "@netwright/definitions";
import {
  amount,
  count,
  hash,
  list,
  nullable,
  number,
  object,
  type Reader,
} from "@netwright/definitions/json";
import type { StateVariable } from "@netwright/ir";
import { damaged, readJson } from "../json/read-json.ts";
import { fail, type Outcome, problem, type RuntimeProblem, succeed } from "../problem/problem.ts";
import { readSafetensors } from "../safetensors/read.ts";
import { type ShapedTensor, type Tensors, withoutShapes, withShapes } from "../tensors/tensors.ts";
import type { Checkpoint } from "../training/checkpoint.ts";
import type { HistoryLine } from "../training/history.ts";
import { RUN_FORMAT, versionProblem } from "./format-version.ts";
import { gapIn, historyLineReader } from "./history-file.ts";
import { checkSeal, writeSealed } from "./sealed-tensors.ts";

export interface SavedCheckpoint {
  /** `RunRecord.hash.run` of the run that was interrupted. */
  readonly run: string;
  readonly checkpoint: Checkpoint;
}

interface Header {
  readonly format: number;
  readonly run: string;
  readonly epoch: number;
  readonly step: number;
  readonly lossSum: number;
  readonly seconds: number;
  readonly waited: number;
  readonly best: { readonly epoch: number; readonly loss: number } | null;
  readonly history: readonly HistoryLine[];
}

const headerReader: Reader<Header> = object<Header>({
  format: count,
  run: hash,
  epoch: count,
  step: count,
  // JSON writes the shortest text that reads back as the same number, so sums keep their bits.
  lossSum: number,
  seconds: amount,
  waited: count,
  best: nullable(object<NonNullable<Header["best"]>>({ epoch: count, loss: number })),
  history: list(historyLineReader),
});

const KEY = "netwright.checkpoint";
const STATE = "state/";
const BEST = "best/";

/** `variables` is the state of the program, for the shapes. */
export function writeCheckpoint(
  { run, checkpoint }: SavedCheckpoint,
  variables: readonly StateVariable[],
): Uint8Array {
  const { epoch, step, lossSum, seconds, waited, history, best, state } = checkpoint;
  const tensors = new Map([
    ...prefixed(STATE, withShapes(variables, state)),
    ...(best === null ? [] : prefixed(BEST, withShapes(variables, best.weights))),
  ]);
  const header: Header = {
    format: RUN_FORMAT,
    run,
    epoch,
    step,
    lossSum,
    seconds,
    waited,
    best: best === null ? null : { epoch: best.epoch, loss: best.loss },
    history,
  };
  return writeSealed({ tensors, metadata: { format: "netwright", [KEY]: JSON.stringify(header) } });
}

/** `file` names the file in messages. Problems: NW0822 to NW0827, NW0829. */
export function readCheckpoint(bytes: Uint8Array, file: string): Outcome<SavedCheckpoint> {
  const read = readSealedCheckpoint(bytes, file);
  return read.ok ? succeed(read.value.saved) : read;
}

export interface SealedCheckpoint {
  readonly saved: SavedCheckpoint;
  readonly format: number;
  /** Null in a file of format 1. */
  readonly seal: string | null;
  /** All that the file says of itself. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The same with what binds the file to its run. */
export function readSealedCheckpoint(bytes: Uint8Array, file: string): Outcome<SealedCheckpoint> {
  const opened = readSafetensors(bytes, file);
  if (!opened.ok) return opened;
  const { tensors, metadata } = opened.value;
  const json = metadata[KEY];
  if (json === undefined) return fail(damaged(`\`${file}\``, "it holds tensors and is not a checkpoint"));
  const where = `\`${KEY}\` in \`${file}\``;
  const version = readJson(json, object({ format: count }), where);
  if (!version.ok) return version;
  const unsupported = versionProblem(version.value.format, `\`${file}\``);
  if (unsupported !== null) return fail(unsupported);
  const header = readJson(json, headerReader, where);
  if (!header.ok) return header;
  const { format, run, best, ...progress } = header.value;
  const checkpoint: Checkpoint = {
    ...progress,
    best: best === null ? null : { ...best, weights: withoutShapes(unprefixed(BEST, tensors)) },
    state: withoutShapes(unprefixed(STATE, tensors)),
  };
  const inconsistent = inconsistency(checkpoint);
  if (inconsistent !== null) return fail(damaged(where, inconsistent));
  const seal = checkSeal(bytes, opened.value, format, file);
  return seal.ok ? succeed({ saved: { run, checkpoint }, format, seal: seal.value, metadata }) : seal;
}

/** What cannot be together, whatever was trained. */
function inconsistency({ epoch, waited, best, history }: Checkpoint): string | null {
  const done = history.length;
  if (epoch !== done + 1) return `\`epoch\` is ${epoch}, and \`history\` has ${done} before it`;
  if (best !== null && (best.epoch < 1 || best.epoch > done))
    return `\`best.epoch\` is ${best.epoch}, which is none of \`history\``;
  if (waited !== (best === null ? 0 : done - best.epoch))
    return `\`waited\` is ${waited}, which are not the epochs since the best one`;
  return gapIn(history);
}

/** Something that is another one since training was interrupted. */
export interface ResumeChange {
  /** "the data": completes "... has changed". */
  readonly what: string;
  /** One sentence: what was, what is, and what to do. */
  readonly note: string;
}

/** A checkpoint goes on only with the program, data, seed, settings and versions that it came from. */
export function resumeProblem(
  saved: SavedCheckpoint,
  run: string,
  changes: readonly ResumeChange[] = [],
): RuntimeProblem | null {
  if (saved.run === run) return null;
  const names = changes.map(({ what }) => what);
  const which = listed(names) || "the model, the data, a setting, the backend or a version";
  const changed = `${which} ${names.length < 2 ? "has" : "have"}`;
  return problem(
    "NW0804",
    `The checkpoint belongs to run ${saved.run.slice(0, 12)}, and what is to be trained is run ${run.slice(0, 12)}: ${changed} changed since training was interrupted.`,
    ...changes.map(({ note }) => note),
    "Undo the change to resume, or train from the start without `--resume`.",
  );
}

function prefixed(prefix: string, tensors: Tensors): [string, ShapedTensor][] {
  return [...tensors].map(([name, tensor]) => [prefix + name, tensor]);
}

function unprefixed(prefix: string, tensors: Tensors): Tensors {
  const inside = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(inside.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}
