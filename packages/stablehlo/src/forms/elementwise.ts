// Elementwise operations. Nearly all have StableHLO's own name and one type; `erf` is of CHLO.

import type { BinaryName, Direction, NoAttributes, Op, OpName, UnaryName } from "@netwright/ir";
import { type ElementType, sameType } from "@netwright/ir";
import { typesText, typeText } from "../types.ts";
import { type Body, type Form, operandOf, resultOf } from "./form.ts";

type Plain = { [K in OpName]: NoAttributes extends Op<K>["attributes"] ? K : never }[OpName];

/** `stablehlo.add %0, %1 : tensor<2xf32>` */
function plain<K extends Plain>(name: K): Form<K> {
  const mnemonic = `stablehlo.${name}`;
  return {
    written: {
      mnemonic,
      print: (op, body) => `${mnemonic} ${operands(op, body)} : ${typeText(resultOf(op).type)}`,
      read: () => ({}) as Op<K>["attributes"],
    },
  };
}

export function operands(op: Pick<Op, "operands">, body: Body): string {
  return op.operands.map((value) => body.use(value)).join(", ");
}

/** `(operand types) -> result type` */
export function signature({ operands, results }: Pick<Op, "operands" | "results">): string {
  const given = results.map(({ type }) => type);
  const [only] = given;
  const to = only !== undefined && given.length === 1 ? typeText(only) : typesText(given);
  return `${typesText(operands.map(({ type }) => type))} -> ${to}`;
}

const erf: Form<"erf"> = {
  written: {
    mnemonic: "chlo.erf",
    print: (op, body) =>
      `chlo.erf ${operands(op, body)} : ${typeText(operandOf(op, 0).type)} -> ${typeText(resultOf(op).type)}`,
    read: () => ({}),
  },
};

const COMPARISONS: Readonly<Record<ElementType, string>> = {
  f32: "FLOAT",
  i32: "SIGNED",
  u32: "UNSIGNED",
  pred: "UNSIGNED",
};
const DIRECTIONS: Readonly<Record<Direction, true>> = {
  EQ: true,
  NE: true,
  GE: true,
  GT: true,
  LE: true,
  LT: true,
};

const compare: Form<"compare"> = {
  written: {
    mnemonic: "stablehlo.compare",
    print: (op, body) =>
      `stablehlo.compare ${op.attributes.direction}, ${operands(op, body)}, ${COMPARISONS[operandOf(op, 0).type.dtype]} : ${signature(op)}`,
    read: (head) => {
      const word = /^\s*(\w+),/.exec(head)?.[1] ?? "";
      return isDirection(word) ? { direction: word } : undefined;
    },
  },
};

function isDirection(word: string): word is Direction {
  return Object.hasOwn(DIRECTIONS, word);
}

const select: Form<"select"> = {
  written: {
    mnemonic: "stablehlo.select",
    print: (op, body) =>
      `stablehlo.select ${operands(op, body)} : ${typeText(operandOf(op, 0).type)}, ${typeText(resultOf(op).type)}`,
    read: () => ({}),
  },
};

const finite: Form<"is_finite"> = {
  written: {
    mnemonic: "stablehlo.is_finite",
    print: (op, body) => `stablehlo.is_finite ${operands(op, body)} : ${signature(op)}`,
    read: () => ({}),
  },
};

/** With one type where the bounds have that of the values. */
const clamp: Form<"clamp"> = {
  written: {
    mnemonic: "stablehlo.clamp",
    print: (op, body) => {
      const { type } = resultOf(op);
      const isOne = op.operands.every((value) => sameType(value.type, type));
      return `stablehlo.clamp ${operands(op, body)} : ${isOne ? typeText(type) : signature(op)}`;
    },
    read: () => ({}),
  },
};

/** Of any number of values: a type for each. */
const optimizationBarrier: Form<"optimization_barrier"> = {
  written: {
    mnemonic: "stablehlo.optimization_barrier",
    print: (op, body) =>
      `stablehlo.optimization_barrier ${operands(op, body)} : ${op.results.map(({ type }) => typeText(type)).join(", ")}`,
    read: () => ({}),
  },
};

type ElementwiseName =
  | UnaryName
  | BinaryName
  | "compare"
  | "select"
  | "is_finite"
  | "clamp"
  | "ceil"
  | "round_nearest_even"
  | "round_nearest_afz"
  | "xor"
  | "shift_left"
  | "shift_right_logical"
  | "shift_right_arithmetic"
  | "optimization_barrier";

export const elementwise: { readonly [K in ElementwiseName]: Form<K> } = {
  abs: plain("abs"),
  negate: plain("negate"),
  sign: plain("sign"),
  exponential: plain("exponential"),
  log: plain("log"),
  log_plus_one: plain("log_plus_one"),
  exponential_minus_one: plain("exponential_minus_one"),
  sqrt: plain("sqrt"),
  rsqrt: plain("rsqrt"),
  sine: plain("sine"),
  cosine: plain("cosine"),
  tanh: plain("tanh"),
  logistic: plain("logistic"),
  erf,
  floor: plain("floor"),
  not: plain("not"),
  add: plain("add"),
  subtract: plain("subtract"),
  multiply: plain("multiply"),
  divide: plain("divide"),
  maximum: plain("maximum"),
  minimum: plain("minimum"),
  power: plain("power"),
  remainder: plain("remainder"),
  and: plain("and"),
  or: plain("or"),
  compare,
  select,
  is_finite: finite,
  ceil: plain("ceil"),
  round_nearest_even: plain("round_nearest_even"),
  round_nearest_afz: plain("round_nearest_afz"),
  xor: plain("xor"),
  shift_left: plain("shift_left"),
  shift_right_logical: plain("shift_right_logical"),
  shift_right_arithmetic: plain("shift_right_arithmetic"),
  clamp,
  optimization_barrier: optimizationBarrier,
};
