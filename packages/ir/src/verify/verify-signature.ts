// Rules for parameters and results of a function by its kind; what each kind is for stands at `FuncKind`.
//
// - signature_c1: the state comes first in the parameters, in order, with its names and types
// - signature_c2: the other parameters have the names, order and types of the kind
// - signature_c3: results have the names, order and types of the kind
// - signature_c4: `init` and `composite` have batch 0, the others at least 1
// - signature_c5: parameters have different names, and so have results

import type { Func, FuncKind, NamedValue, Program, StateVariable } from "../core/program.ts";
import { formatType, sameType, type TensorType, tensor } from "../core/types.ts";
import type { VerifyProblem } from "./problem.ts";
import { repeated } from "./repeated.ts";

/** A parameter or result: exactly this type, or f32 rows, one for each row of the batch. */
interface Expected {
  readonly name: string;
  readonly type: TensorType | "rows";
}

interface Signature {
  readonly takesState: boolean;
  readonly givesState: boolean;
  readonly hasBatch: boolean;
  readonly parameters: readonly Expected[];
  readonly results: readonly Expected[] | "any";
}

const x: Expected = { name: "x", type: "rows" };
const y: Expected = { name: "y", type: "rows" };
const prediction: Expected = { name: "prediction", type: "rows" };
const f32 = tensor("f32");

const SIGNATURES: { readonly [K in Exclude<FuncKind, "composite">]: Signature } = {
  init: {
    takesState: false,
    givesState: true,
    hasBatch: false,
    parameters: [{ name: "seed", type: tensor("u32") }],
    results: [],
  },
  step: {
    takesState: true,
    givesState: true,
    hasBatch: true,
    parameters: [x, y],
    results: [{ name: "loss", type: f32 }],
  },
  predict: {
    takesState: true,
    givesState: false,
    hasBatch: true,
    parameters: [x],
    results: [prediction],
  },
  evaluate: {
    takesState: true,
    givesState: false,
    hasBatch: true,
    parameters: [x, y],
    results: [{ name: "loss_sum", type: f32 }, prediction],
  },
  trace: { takesState: true, givesState: false, hasBatch: true, parameters: [x], results: "any" },
};

export function verifySignature(func: Func, { state }: Program): readonly VerifyProblem[] {
  const problems: VerifyProblem[] = [];
  const report = (constraint: string, message: string): void => {
    problems.push({ constraint, func: func.name, message });
  };
  for (const [list, what] of [
    [func.parameters, "parameter"],
    [func.results, "result"],
  ] as const) {
    for (const { name } of repeated(list, (named) => named.name)) {
      report("signature_c5", `there is an earlier ${what} of the name ${name}`);
    }
  }
  if (func.kind === "composite") {
    if (func.batch !== 0) report("signature_c4", `a composite has batch 0, this has ${func.batch}`);
    return problems;
  }
  const { takesState, givesState, hasBatch, parameters, results } = SIGNATURES[func.kind];
  if (!Number.isInteger(func.batch) || (hasBatch ? func.batch < 1 : func.batch !== 0)) {
    const expected = hasBatch ? "a batch of at least 1" : "batch 0";
    report("signature_c4", `${func.kind} has ${expected}, this has ${func.batch}`);
  }
  const stateCount = takesState ? state.length : 0;
  const taken = mismatch(func.parameters.slice(0, stateCount), takesState ? state : [], func);
  if (taken !== undefined) report("signature_c1", `the state comes first: ${taken}`);
  const given = mismatch(func.parameters.slice(stateCount), parameters, func);
  if (given !== undefined) report("signature_c2", `parameters of ${func.kind}: ${given}`);
  if (results !== "any") {
    const wrong = mismatch(func.results, [...(givesState ? state : []), ...results], func);
    if (wrong !== undefined) report("signature_c3", `results of ${func.kind}: ${wrong}`);
  }
  return problems;
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

function fits(type: TensorType, expected: Expected["type"], batch: number): boolean {
  if (expected !== "rows") return sameType(type, expected);
  return type.dtype === "f32" && type.shape[0] === batch;
}

function formatExpected(type: Expected["type"], batch: number): string {
  return type === "rows" ? `an f32 tensor of ${batch} rows` : formatType(type);
}
