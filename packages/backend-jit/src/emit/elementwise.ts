// Elementwise operations on four elements: each appends instructions and gives the local with the result.
// Integers are lanes of 32 bits, truth values lanes of all ones or all zeros.

import {
  at,
  type BinaryName,
  type Direction,
  type ElementType,
  type Op,
  type UnaryName,
} from "@netwright/ir";
import type { PointwiseSource } from "../kernels/body.ts";
import type { Local, PlainName } from "../wasm/function-builder.ts";
import type { Emission } from "./emission.ts";
import { formulas, hasFormula } from "./formulas.ts";
import type { HelperName } from "./helpers.ts";
import { severalLanes } from "./several-lanes.ts";

type Unary = (emission: Emission, x: Local) => Local;
type Binary = (emission: Emission, x: Local, y: Local) => Local;
type ByType<F> = Readonly<Partial<Record<ElementType, F>>>;

function stored({ fn }: Emission): Local {
  const local = fn.local("v128");
  fn.set(local);
  return local;
}

const one =
  (name: PlainName): Unary =>
  (emission, x) => {
    emission.fn.get(x).op(name);
    return stored(emission);
  };

const two =
  (name: PlainName): Binary =>
  (emission, x, y) => {
    emission.fn.get(x).get(y).op(name);
    return stored(emission);
  };

function shifted(emission: Emission, x: Local, name: PlainName, count: number): Local {
  emission.fn.get(x).i32(count).op(name);
  return stored(emission);
}

/** Lane by lane through a scalar function. */
const byLane =
  (helper: HelperName, lane: "i32x4" | "f32x4"): Binary =>
  (emission, x, y) => {
    const { fn, helpers } = emission;
    const target = helpers(helper);
    const result = fn.local("v128");
    fn.get(x).set(result);
    for (let i = 0; i < 4; i++) {
      fn.get(result).get(x).lane(`${lane}.extract_lane`, i).get(y).lane(`${lane}.extract_lane`, i);
      fn.call(target).lane(`${lane}.replace_lane`, i).set(result);
    }
    return result;
  };

/** -1, 0 or 1 with the sign of x; a zero and NaN stay what they are. */
const signF32: Unary = ({ lanes }, x) => {
  const zero = lanes.f32(0);
  const positive = lanes.select(lanes.less(zero, x), lanes.f32(1), x);
  return lanes.select(lanes.less(x, zero), lanes.f32(-1), positive);
};

const powerF32: Binary = (emission, x, y) => {
  emission.fn.get(x).get(y).call(emission.helpers("power_f32x4"));
  return stored(emission);
};

const signI32: Unary = (emission, x) => {
  const isNegative = shifted(emission, x, "i32x4.shr_s", 31);
  const isPositive = shifted(emission, one("i32x4.neg")(emission, x), "i32x4.shr_u", 31);
  return two("v128.or")(emission, isNegative, isPositive);
};

const byFormula = (name: keyof typeof formulas): ByType<Unary> => ({
  f32: ({ lanes }, x) => formulas[name](lanes, x),
});

const unary: { readonly [K in UnaryName]: ByType<Unary> } = {
  abs: { f32: one("f32x4.abs"), i32: one("i32x4.abs") },
  negate: { f32: one("f32x4.neg"), i32: one("i32x4.neg") },
  sign: { f32: signF32, i32: signI32 },
  exponential: byFormula("exponential"),
  log: byFormula("log"),
  log_plus_one: byFormula("log_plus_one"),
  exponential_minus_one: byFormula("exponential_minus_one"),
  sqrt: { f32: one("f32x4.sqrt") },
  rsqrt: byFormula("rsqrt"),
  sine: byFormula("sine"),
  cosine: byFormula("cosine"),
  tanh: byFormula("tanh"),
  logistic: byFormula("logistic"),
  erf: byFormula("erf"),
  floor: { f32: one("f32x4.floor") },
  not: { i32: one("v128.not"), u32: one("v128.not"), pred: one("v128.not") },
};

const binary: { readonly [K in BinaryName]: ByType<Binary> } = {
  add: { f32: two("f32x4.add"), i32: two("i32x4.add"), u32: two("i32x4.add") },
  subtract: { f32: two("f32x4.sub"), i32: two("i32x4.sub"), u32: two("i32x4.sub") },
  multiply: { f32: two("f32x4.mul"), i32: two("i32x4.mul"), u32: two("i32x4.mul") },
  divide: { f32: two("f32x4.div"), i32: byLane("divide_i32", "i32x4"), u32: byLane("divide_u32", "i32x4") },
  maximum: { f32: two("f32x4.max"), i32: two("i32x4.max_s"), u32: two("i32x4.max_u") },
  minimum: { f32: two("f32x4.min"), i32: two("i32x4.min_s"), u32: two("i32x4.min_u") },
  power: { f32: powerF32 },
  remainder: {
    f32: byLane("remainder_f32", "f32x4"),
    i32: byLane("remainder_i32", "i32x4"),
    u32: byLane("remainder_u32", "i32x4"),
  },
  and: { i32: two("v128.and"), u32: two("v128.and"), pred: two("v128.and") },
  or: { i32: two("v128.or"), u32: two("v128.or"), pred: two("v128.or") },
};

type Comparisons = { readonly [K in Direction]: PlainName };

const floatComparisons: Comparisons = {
  EQ: "f32x4.eq",
  NE: "f32x4.ne",
  GE: "f32x4.ge",
  GT: "f32x4.gt",
  LE: "f32x4.le",
  LT: "f32x4.lt",
};
const signedComparisons: Comparisons = {
  EQ: "i32x4.eq",
  NE: "i32x4.ne",
  GE: "i32x4.ge_s",
  GT: "i32x4.gt_s",
  LE: "i32x4.le_s",
  LT: "i32x4.lt_s",
};
const unsignedComparisons: Comparisons = {
  EQ: "i32x4.eq",
  NE: "i32x4.ne",
  GE: "i32x4.ge_u",
  GT: "i32x4.gt_u",
  LE: "i32x4.le_u",
  LT: "i32x4.lt_u",
};
const comparisons: { readonly [D in ElementType]: Comparisons } = {
  f32: floatComparisons,
  i32: signedComparisons,
  u32: unsignedComparisons,
  // True is all ones: the larger as an unsigned number.
  pred: unsignedComparisons,
};

const same: Unary = (_, x) => x;
const isNonZeroF32: Unary = (emission, x) => two("f32x4.ne")(emission, x, emission.constants.f32(0));
const isNonZeroInteger: Unary = (emission, x) => two("i32x4.ne")(emission, x, emission.constants.i32(0));
const maskToInteger: Unary = (emission, x) => two("v128.and")(emission, x, emission.constants.i32(1));
const maskToF32: Unary = (emission, x) => two("v128.and")(emission, x, emission.constants.f32(1));

const conversion: { readonly [From in ElementType]: { readonly [To in ElementType]: Unary } } = {
  f32: {
    f32: same,
    i32: one("i32x4.trunc_sat_f32x4_s"),
    u32: one("i32x4.trunc_sat_f32x4_u"),
    pred: isNonZeroF32,
  },
  i32: { f32: one("f32x4.convert_i32x4_s"), i32: same, u32: same, pred: isNonZeroInteger },
  u32: { f32: one("f32x4.convert_i32x4_u"), i32: same, u32: same, pred: isNonZeroInteger },
  pred: { f32: maskToF32, i32: maskToInteger, u32: maskToInteger, pred: same },
};

export function combine(name: BinaryName, dtype: ElementType): Binary {
  const found = binary[name][dtype];
  if (found === undefined) throw new Error(`${name} is not defined for ${dtype}`);
  return found;
}

/** Words divided by 2 to the power of `places`. */
export function shiftedRight(emission: Emission, x: Local, places: number): Local {
  return shifted(emission, x, "i32x4.shr_u", places);
}

/** A number of an element type in all lanes. */
export function constantLanes({ constants }: Emission, dtype: ElementType, value: number): Local {
  if (dtype === "f32") return constants.f32(value);
  return constants.i32(dtype === "pred" ? -value | 0 : value | 0);
}

function isUnary(op: PointwiseSource): op is Op<UnaryName> & PointwiseSource {
  return Object.hasOwn(unary, op.name);
}

function isBinary(op: PointwiseSource): op is Op<BinaryName> & PointwiseSource {
  return Object.hasOwn(binary, op.name);
}

/** One operation; `operands` are of the element type that the operation's operands have. */
export function emitElementwise(emission: Emission, op: PointwiseSource, operands: readonly Local[]): Local {
  const operand = (index: number): Local => at(operands, index);
  if (op.name === "constant") return operand(0);
  const { dtype } = at(op.operands, 0).type;
  if (isUnary(op)) {
    const emit = unary[op.name][dtype];
    if (emit === undefined) throw new Error(`${op.name} is not defined for ${dtype}`);
    return emit(emission, operand(0));
  }
  if (isBinary(op)) return combine(op.name, dtype)(emission, operand(0), operand(1));
  switch (op.name) {
    case "convert":
      return conversion[dtype][op.attributes.dtype](emission, operand(0));
    case "compare":
      return two(comparisons[dtype][op.attributes.direction])(emission, operand(0), operand(1));
    case "select":
      emission.fn.get(operand(1)).get(operand(2)).get(operand(0)).op("v128.bitselect");
      return stored(emission);
  }
}

/** The same operation for several vectors, each with operands of its own. */
export function emitElementwiseOfAll(
  emission: Emission,
  op: PointwiseSource,
  operands: readonly (readonly Local[])[],
): readonly Local[] {
  const first = operands[0]?.[0];
  if (operands.length > 1 && first !== undefined && hasFormula(op.name)) {
    const lanes = severalLanes(emission.lanes, operands.length);
    return formulas[op.name](
      lanes,
      operands.map((each) => at(each, 0)),
    );
  }
  return operands.map((each) => emitElementwise(emission, op, each));
}
