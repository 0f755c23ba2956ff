// Identities of arithmetic and of bits that keep the result bit for bit, in every element type the operation
// takes. Two NaN count as equal bits whatever their sign and payload. Above each rule stands why it holds
// for the awkward values; some that look alike are absent because they do not:
// x + 0 turns -0 into +0, x * 0 is NaN for NaN and infinities, -(x - y) is -0 where y - x is +0.

import type { Op, Value } from "../../core/program.ts";
import type { ElementType } from "../../core/types.ts";
import { isFilledWith, splatOf } from "../literal.ts";
import { firstOf, type Rewriter, type Rule, type Rules } from "../rewrite.ts";

type Commutative = "add" | "multiply" | "maximum" | "minimum" | "and" | "or";

/** A constant stands second. Each of these is symmetric in all bits, also for -0 and +0. */
function constantSecond<K extends Commutative>(op: Op<K>, rewriter: Rewriter): Value | undefined {
  const x = op.operands[0];
  const y = op.operands[1];
  if (x === undefined || y === undefined) return undefined;
  return isConstant(x, rewriter) && !isConstant(y, rewriter)
    ? rewriter.emit(op.name, [y, x], op.attributes)
    : undefined;
}

function isConstant(value: Value, { definition }: Rewriter): boolean {
  return definition(value)?.name === "constant";
}

/** x op e = x, where e is the neutral element of the type. */
function neutral<K extends Commutative | "subtract" | "divide">(
  elements: Readonly<Partial<Record<ElementType, number>>>,
): Rule<K> {
  return ({ operands }, rewriter) => {
    const x = operands[0];
    const y = operands[1];
    if (x === undefined || y === undefined) return undefined;
    const element = elements[x.type.dtype];
    return element !== undefined && isFilledWith(y, element, rewriter) ? x : undefined;
  };
}

/** x op z = z, where z is the absorbing element of the type. */
function absorbing<K extends Commutative>(elements: Readonly<Partial<Record<ElementType, number>>>): Rule<K> {
  return ({ operands: [x, y] }, rewriter) => {
    if (x === undefined || y === undefined) return undefined;
    const element = elements[x.type.dtype];
    return element !== undefined && isFilledWith(y, element, rewriter) ? y : undefined;
  };
}

/** x op x = x; for maximum and minimum also where x is NaN. */
function idempotent<K extends Commutative>({ operands: [x, y] }: Op<K>): Value | undefined {
  return x?.id === y?.id ? x : undefined;
}

/** The value of which this is the negative, if `negate` defines it. */
function negated(value: Value | undefined, rewriter: Rewriter): Value | undefined {
  const op = value && rewriter.definition(value);
  return op?.name === "negate" ? op.operands[0] : undefined;
}

/** x + (-y) = x - y: IEEE 754 defines subtraction so, zeros included; integers wrap alike. */
const addNegated: Rule<"add"> = ({ operands }, rewriter) => {
  const x = operands[0];
  const y = operands[1];
  const minusX = negated(x, rewriter);
  const minusY = negated(y, rewriter);
  if (x !== undefined && minusY !== undefined) return rewriter.emit("subtract", [x, minusY], {});
  if (y !== undefined && minusX !== undefined) return rewriter.emit("subtract", [y, minusX], {});
  return undefined;
};

/** x - (-y) = x + y, as above. */
const subtractNegated: Rule<"subtract"> = ({ operands: [x, y] }, rewriter) => {
  const minusY = negated(y, rewriter);
  return x !== undefined && minusY !== undefined ? rewriter.emit("add", [x, minusY], {}) : undefined;
};

/**
 * x / c = x * (1 / c) where c is a power of two: then 1 / c is exact, so both are the one real number x / c
 * rounded once. Only powers of two have an f32 reciprocal r with r * c = 1. Covers x / 1.
 */
const divideByPowerOfTwo: Rule<"divide"> = ({ operands: [x, y] }, rewriter) => {
  if (x === undefined || y === undefined || x.type.dtype !== "f32") return undefined;
  const divisor = splatOf(y, rewriter);
  if (divisor === undefined) return undefined;
  const reciprocal = Math.fround(1 / divisor);
  if (reciprocal * divisor !== 1) return undefined;
  const factor = rewriter.emit("constant", [], { type: y.type, values: [reciprocal] });
  return rewriter.emit("multiply", [x, factor], {});
};

/** -(-x) = x: the sign bit flips twice; integers wrap back. */
const negateNegated: Rule<"negate"> = ({ operands: [x] }, rewriter) => negated(x, rewriter);

/** |(-x)| = |x| and ||x|| = |x|: the sign bit is cleared anyway; the least i32 stays in each. */
const absOfSign: Rule<"abs"> = ({ operands: [x] }, rewriter) => {
  const op = x && rewriter.definition(x);
  if (op?.name === "abs") return x;
  const [inner] = op?.operands ?? [];
  return op?.name === "negate" && inner !== undefined ? rewriter.emit("abs", [inner], {}) : undefined;
};

/** Bits flip twice. */
const notNot: Rule<"not"> = ({ operands: [x] }, rewriter) => {
  const op = x && rewriter.definition(x);
  return op?.name === "not" ? op.operands[0] : undefined;
};

const ALL_ONES = { i32: -1, u32: 4294967295, pred: 1 };
const ALL_ZEROS = { i32: 0, u32: 0, pred: 0 };
const ONE = { f32: 1, i32: 1, u32: 1 };

export const arithmeticRules: Rules = {
  // x + (-0) = x also for x = -0 and x = +0.
  add: firstOf<"add">(constantSecond, neutral({ f32: -0, i32: 0, u32: 0 }), addNegated),
  // x - (+0) = x also for x = -0.
  subtract: firstOf<"subtract">(neutral({ f32: 0, i32: 0, u32: 0 }), subtractNegated),
  multiply: firstOf<"multiply">(constantSecond, neutral(ONE)),
  divide: firstOf<"divide">(neutral(ONE), divideByPowerOfTwo),
  maximum: firstOf<"maximum">(constantSecond, idempotent),
  minimum: firstOf<"minimum">(constantSecond, idempotent),
  and: firstOf<"and">(constantSecond, neutral(ALL_ONES), absorbing(ALL_ZEROS), idempotent),
  or: firstOf<"or">(constantSecond, neutral(ALL_ZEROS), absorbing(ALL_ONES), idempotent),
  negate: negateNegated,
  abs: absOfSign,
  not: notNot,
};
