// Rules for parameters and results of a function by its kind; what each kind is for stands at `FuncKind`.
//
// - signature_c1: what it reads and writes are variables of the state, each once, and the first parameters and the
//   first results have their names and types; `init` reads none and writes all, `step` some, `accumulate` none of
//   those that an update changes (weights, averages, slots, counters, controls), and the others write none
// - signature_c2: `init` takes a seed; the feeds of the others have the rows of the batch as first dimension, and
//   `evaluate` has the row weights, f32[rows], among them
// - signature_c3: results begin with the names and types of the kind; rows may follow in `predict` and `evaluate`
// - signature_c4: `init` and `composite` have batch 0, the others at least 1
// - signature_c5: parameters have different names, and so have results

import {
  type Func,
  type FuncKind,
  feedsOf,
  type NamedValue,
  outputsOf,
  type Program,
  ROW_WEIGHT,
  type StateRole,
  type StateVariable,
} from "../core/program.ts";
import { formatType, sameType, type TensorType, tensor } from "../core/types.ts";
import type { VerifyProblem } from "./problem.ts";
import { repeated } from "./repeated.ts";

/** A result: exactly this type, or rows of numbers, one for each row of the batch. */
interface Expected {
  readonly name: string;
  readonly type: TensorType | "rows";
}

interface Signature {
  readonly reads: boolean;
  readonly writes: "all" | "some" | "between updates" | "none";
  readonly hasBatch: boolean;
  /** The first results. */
  readonly results: readonly Expected[];
  /** What may follow them. */
  readonly more: "nothing" | "rows" | "anything";
}

const prediction: Expected = { name: "prediction", type: "rows" };
const f32 = tensor("f32");

const SIGNATURES: { readonly [K in Exclude<FuncKind, "composite">]: Signature } = {
  init: { reads: false, writes: "all", hasBatch: false, results: [], more: "nothing" },
  step: {
    reads: true,
    writes: "some",
    hasBatch: true,
    results: [{ name: "loss", type: f32 }],
    more: "nothing",
  },
  accumulate: {
    reads: true,
    writes: "between updates",
    hasBatch: true,
    results: [{ name: "loss", type: f32 }],
    more: "nothing",
  },
  predict: { reads: true, writes: "none", hasBatch: true, results: [prediction], more: "rows" },
  evaluate: {
    reads: true,
    writes: "none",
    hasBatch: true,
    results: [{ name: "loss_sum", type: f32 }, { name: "weight_sum", type: f32 }, prediction],
    more: "rows",
  },
  trace: { reads: true, writes: "none", hasBatch: true, results: [], more: "anything" },
};

/** Which variables change with every batch, also where several make one update. */
const BETWEEN_UPDATES: { readonly [R in StateRole]: boolean } = {
  weight: false,
  statistic: true,
  average: false,
  slot: false,
  gradient: true,
  counter: false,
  random: true,
  control: false,
};

const SEED: readonly Expected[] = [{ name: "seed", type: tensor("u32") }];

type Report = (constraint: string, message: string) => void;

export function verifySignature(func: Func, { state }: Program): readonly VerifyProblem[] {
  const problems: VerifyProblem[] = [];
  const report: Report = (constraint, message) => {
    problems.push({ constraint, func: func.name, message });
  };
  verifyNames(func, report);
  if (func.kind === "composite") {
    if (func.batch !== 0) report("signature_c4", `a composite has batch 0, this has ${func.batch}`);
    if (func.reads.length + func.writes.length > 0) report("signature_c1", "a composite has no state");
    return problems;
  }
  const signature = SIGNATURES[func.kind];
  if (!Number.isInteger(func.batch) || (signature.hasBatch ? func.batch < 1 : func.batch !== 0)) {
    const expected = signature.hasBatch ? "a batch of at least 1" : "batch 0";
    report("signature_c4", `${func.kind} has ${expected}, this has ${func.batch}`);
  }
  verifyState(func, signature, state, report);
  verifyFeeds(func, report);
  const outputs = outputsOf(func);
  const { results, more } = signature;
  const [first, others] = [outputs.slice(0, results.length), outputs.slice(results.length)];
  const wrong =
    mismatch(more === "nothing" ? outputs : first, results, func) ??
    (more === "rows" ? notRows(others, func) : undefined);
  if (wrong !== undefined) report("signature_c3", `results of ${func.kind}: ${wrong}`);
  return problems;
}

function verifyNames(func: Func, report: Report): void {
  for (const [list, what] of [
    [func.parameters, "parameter"],
    [func.results, "result"],
  ] as const) {
    for (const { name } of repeated(list, (named) => named.name)) {
      report("signature_c5", `there is an earlier ${what} of the name ${name}`);
    }
  }
}

function verifyState(
  func: Func,
  signature: Signature,
  state: readonly StateVariable[],
  report: Report,
): void {
  const variables = (names: readonly string[], verb: string): StateVariable[] =>
    names.flatMap((name) => {
      const found = state.find((variable) => variable.name === name);
      if (found === undefined) report("signature_c1", `it ${verb} ${name}, which is no state variable`);
      return found ?? [];
    });
  const [read, written] = [variables(func.reads, "reads"), variables(func.writes, "writes")];
  if (!signature.reads && read.length > 0) report("signature_c1", `${func.kind} reads no state`);
  if (signature.writes === "none" && written.length > 0)
    report("signature_c1", `${func.kind} writes no state`);
  const early = written.filter(({ role }) => !BETWEEN_UPDATES[role]);
  if (signature.writes === "between updates" && early.length > 0) {
    const names = early.map(({ name, role }) => `${name}, a ${role}`).join("; ");
    report("signature_c1", `${func.kind} writes what only an update changes: ${names}`);
  }
  const missing = state.filter(({ name }) => !func.writes.includes(name));
  if (signature.writes === "all" && missing.length > 0) {
    report("signature_c1", `${func.kind} does not write ${missing.map(({ name }) => name).join(", ")}`);
  }
  for (const [what, found, wanted] of [
    ["parameters", func.parameters.slice(0, func.reads.length), read],
    ["results", func.results.slice(0, func.writes.length), written],
  ] as const) {
    const wrong = mismatch(found, wanted, func);
    if (wrong !== undefined) report("signature_c1", `the state comes first in the ${what}: ${wrong}`);
  }
}

function verifyFeeds(func: Func, report: Report): void {
  const feeds = feedsOf(func);
  if (func.kind === "init") {
    const wrong = mismatch(feeds, SEED, func);
    if (wrong !== undefined) report("signature_c2", `parameters of init: ${wrong}`);
    return;
  }
  const wrong = notRows(feeds, func);
  if (wrong !== undefined) report("signature_c2", `feeds of ${func.kind}: ${wrong}`);
  if (func.kind !== "evaluate") return;
  const weights = feeds.find(({ name }) => name === ROW_WEIGHT);
  const expected = tensor("f32", [func.batch]);
  if (weights === undefined || !sameType(weights.value.type, expected)) {
    report("signature_c2", `evaluate takes ${ROW_WEIGHT} : ${formatType(expected)}`);
  }
}

/** The first difference in words, if there is one. */
function mismatch(
  found: readonly NamedValue[],
  expected: readonly (Expected | StateVariable)[],
  { batch }: Func,
): string | undefined {
  for (let i = 0; i < Math.max(found.length, expected.length); i++) {
    const [actual, wanted] = [found[i], expected[i]];
    const wantedText = wanted && `${wanted.name} : ${formatExpected(wanted.type, batch)}`;
    const actualText = actual && `${actual.name} : ${formatType(actual.value.type)}`;
    if (wanted !== undefined && actual !== undefined) {
      if (actual.name === wanted.name && fits(actual.value.type, wanted.type, batch)) continue;
    }
    return `expected ${wantedText ?? "no more"}, found ${actualText ?? "no more"}`;
  }
  return undefined;
}

function notRows(found: readonly NamedValue[], { batch }: Func): string | undefined {
  const wrong = found.find(({ value }) => value.type.shape[0] !== batch);
  if (wrong === undefined) return undefined;
  return `expected ${formatExpected("rows", batch)}, found ${wrong.name} : ${formatType(wrong.value.type)}`;
}

function fits(type: TensorType, expected: Expected["type"], batch: number): boolean {
  if (expected !== "rows") return sameType(type, expected);
  return type.dtype === "f32" && type.shape[0] === batch;
}

function formatExpected(type: Expected["type"], batch: number): string {
  return type === "rows" ? `a tensor of ${batch} rows` : formatType(type);
}
