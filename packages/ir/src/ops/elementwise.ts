// Elementwise operations: one row each. Operands of a binary operation have the same type; there is no
// implicit broadcasting. The scalar meaning of each is in `semantics/scalar.ts`.

import type { ElementType } from "../core/types.ts";
import { formatType, sameType, tensor } from "../core/types.ts";
import { constrain, costOfElements, type NoAttributes, type OpDefinition, operand } from "./definition.ts";

const FLOAT: readonly ElementType[] = ["f32"];
const SIGNED: readonly ElementType[] = ["f32", "i32"];
const NUMERIC: readonly ElementType[] = ["f32", "i32", "u32"];
const BITS: readonly ElementType[] = ["i32", "u32", "pred"];

type Elementwise = OpDefinition<NoAttributes>;

function unary(summary: string, allowed: readonly ElementType[]): Elementwise {
  return {
    summary,
    operands: 1,
    fields: {},
    cost: costOfElements,
    infer: (operands) => {
      const x = operand(operands, 0);
      constrain(
        allowed.includes(x.dtype),
        "elementwise_c1",
        `element type ${x.dtype} is not one of ${allowed}`,
      );
      return [x];
    },
  };
}

function binary(summary: string, allowed: readonly ElementType[]): Elementwise {
  return {
    summary,
    operands: 2,
    fields: {},
    cost: costOfElements,
    infer: (operands) => {
      const [x, y] = [operand(operands, 0), operand(operands, 1)];
      constrain(
        allowed.includes(x.dtype),
        "elementwise_c1",
        `element type ${x.dtype} is not one of ${allowed}`,
      );
      constrain(sameType(x, y), "elementwise_c2", `operands differ: ${formatType(x)} and ${formatType(y)}`);
      return [x];
    },
  };
}

export const unaryOps = {
  abs: unary("|x|", SIGNED),
  negate: unary("-x", SIGNED),
  sign: unary("-1, 0 or 1; NaN stays NaN", SIGNED),
  exponential: unary("e^x", FLOAT),
  log: unary("natural logarithm", FLOAT),
  log_plus_one: unary("log(1 + x)", FLOAT),
  exponential_minus_one: unary("e^x - 1", FLOAT),
  sqrt: unary("square root", FLOAT),
  rsqrt: unary("1 / sqrt(x)", FLOAT),
  sine: unary("sine of x in radians", FLOAT),
  cosine: unary("cosine of x in radians", FLOAT),
  tanh: unary("hyperbolic tangent", FLOAT),
  logistic: unary("1 / (1 + e^-x)", FLOAT),
  erf: unary("error function", FLOAT),
  floor: unary("largest integer not above x", FLOAT),
  not: unary("bitwise complement; logical for pred", BITS),
};

export const binaryOps = {
  add: binary("x + y; integers wrap", NUMERIC),
  subtract: binary("x - y; integers wrap", NUMERIC),
  multiply: binary("x * y; integers wrap", NUMERIC),
  divide: binary("x / y; integers truncate, and division by zero gives -1 (all bits set)", NUMERIC),
  maximum: binary("the larger; NaN if either is NaN", NUMERIC),
  minimum: binary("the smaller; NaN if either is NaN", NUMERIC),
  power: binary("x ^ y, as C's pow", FLOAT),
  remainder: binary("x - y * trunc(x / y), sign of x; integers by zero give x", NUMERIC),
  and: binary("bitwise and; logical for pred", BITS),
  or: binary("bitwise or; logical for pred", BITS),
};

export type UnaryName = keyof typeof unaryOps;
export type BinaryName = keyof typeof binaryOps;

export type Direction = "EQ" | "NE" | "GE" | "GT" | "LE" | "LT";

export interface CompareAttributes {
  readonly direction: Direction;
}

const DIRECTIONS: readonly string[] = ["EQ", "NE", "GE", "GT", "LE", "LT"] satisfies Direction[];

export const compare: OpDefinition<CompareAttributes> = {
  summary: "elementwise comparison; with NaN all but NE are false",
  operands: 2,
  fields: { direction: "word" },
  infer: (operands, { direction }) => {
    const [x, y] = [operand(operands, 0), operand(operands, 1)];
    constrain(sameType(x, y), "compare_c1", `operands differ: ${formatType(x)} and ${formatType(y)}`);
    constrain(DIRECTIONS.includes(direction), "compare_c2", `unknown direction ${direction}`);
    return [tensor("pred", x.shape)];
  },
};

export const select: OpDefinition<NoAttributes> = {
  summary: "pred ? on_true : on_false, element by element",
  operands: 3,
  fields: {},
  infer: (operands) => {
    const [predicate, x, y] = [operand(operands, 0), operand(operands, 1), operand(operands, 2)];
    constrain(
      sameType(predicate, tensor("pred", x.shape)),
      "select_c1",
      `the predicate is ${formatType(predicate)}, expected pred of the shape of ${formatType(x)}`,
    );
    constrain(sameType(x, y), "select_c2", `operands differ: ${formatType(x)} and ${formatType(y)}`);
    return [x];
  },
};

export interface ConvertAttributes {
  readonly dtype: ElementType;
}

const ELEMENT_TYPES: readonly string[] = ["f32", "i32", "u32", "pred"] satisfies ElementType[];

export const convert: OpDefinition<ConvertAttributes> = {
  summary: "changes the element type; f32 to integer truncates and saturates, NaN gives 0",
  operands: 1,
  fields: { dtype: "word" },
  infer: (operands, { dtype }) => {
    constrain(ELEMENT_TYPES.includes(dtype), "convert_c1", `unknown element type ${dtype}`);
    return [tensor(dtype, operand(operands, 0).shape)];
  },
};
