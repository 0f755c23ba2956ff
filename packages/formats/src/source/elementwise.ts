// Operations element by element, as expressions of their operands' elements.

import { at, type BinaryName, type ElementType, type Op, type UnaryName } from "@netwright/ir";
import { elementOf, type Held, lazy, type Printer, refused, resultOf } from "./printer.ts";
import type { RealFunction } from "./syntax.ts";

type Print = (printer: Printer, args: readonly string[]) => string;
type ByType = Readonly<Partial<Record<ElementType, Print>>>;

const called = (name: RealFunction): ByType => ({ f32: (p, args) => p.call(name, args) });

const one =
  (print: (p: Printer, x: string) => string): Print =>
  (p, args) =>
    print(p, at(args, 0));
const two =
  (print: (p: Printer, x: string, y: string) => string): Print =>
  (p, args) =>
    print(p, at(args, 0), at(args, 1));

/** The greater or the lesser; NaN if either is. */
const extreme = (sign: ">" | "<"): ByType => ({
  f32: two((p, x, y) => {
    const [a, b] = [p.named("real", x), p.named("real", y)];
    return p.syntax.pick(
      isNumber(a) ? `${a} ${sign} ${b}` : `${a} ${sign} ${b} || ${a} != ${a}`,
      a,
      b,
      "real",
    );
  }),
  i32: two((p, x, y) => {
    const [a, b] = [p.named("int", x), p.named("int", y)];
    return p.syntax.pick(`${a} ${sign} ${b}`, a, b, "int");
  }),
});

const isNumber = (text: string) => /^[\d.]/.test(text);

const unary: { readonly [K in UnaryName]: ByType } = {
  abs: { f32: one((p, x) => p.syntax.abs(x)) },
  negate: {
    f32: one((_, x) => `(-${x})`),
    i32: one((p, x) => p.syntax.subtractInt(p.syntax.int(0), x)),
  },
  sign: {
    f32: one((p, x) => {
      const [a, zero] = [p.named("real", x), p.syntax.real(0)];
      const below = p.syntax.pick(`${a} < ${zero}`, p.syntax.real(-1), a, "real");
      return p.syntax.pick(`${a} > ${zero}`, p.syntax.real(1), below, "real");
    }),
  },
  exponential: called("exponential"),
  log: called("log"),
  log_plus_one: called("log_plus_one"),
  exponential_minus_one: called("exponential_minus_one"),
  sqrt: { f32: one((p, x) => p.syntax.sqrt(x)) },
  rsqrt: called("rsqrt"),
  sine: called("sine"),
  cosine: called("cosine"),
  tanh: called("tanh"),
  logistic: called("logistic"),
  erf: called("erf"),
  floor: { f32: one((p, x) => p.syntax.floor(x)) },
  not: { pred: one((_, x) => `!${x}`) },
};

const binary: { readonly [K in BinaryName]: ByType } = {
  add: {
    f32: two((p, x, y) => p.syntax.add(x, y)),
    i32: two((p, x, y) => p.syntax.addInt(x, y)),
  },
  subtract: {
    f32: two((p, x, y) => p.syntax.subtract(x, y)),
    i32: two((p, x, y) => p.syntax.subtractInt(x, y)),
  },
  multiply: {
    f32: two((p, x, y) => p.syntax.multiply(x, y)),
    i32: two((p, x, y) => p.syntax.multiplyInt(x, y)),
  },
  divide: { f32: two((p, x, y) => p.syntax.divide(x, y)) },
  maximum: extreme(">"),
  minimum: extreme("<"),
  power: called("power"),
  remainder: { f32: two((p, x, y) => p.syntax.remainder(x, y)) },
  and: { pred: two((_, x, y) => `(${x} && ${y})`) },
  or: { pred: two((_, x, y) => `(${x} || ${y})`) },
};

const SIGNS = { EQ: "==", NE: "!=", GE: ">=", GT: ">", LE: "<=", LT: "<" } as const;

type Elementwise = Op<UnaryName | BinaryName>;

export function elementwise(op: Elementwise, operands: readonly Held[], printer: Printer): Held {
  const { dtype } = at(operands, 0).type;
  const table: ByType = isUnary(op.name) ? unary[op.name] : binary[op.name];
  const print = table[dtype];
  if (print === undefined) throw refused(op, `computes \`${op.name}\` of ${dtype}, which is not printed`);
  return lazy(resultOf(op), false, (index) =>
    print(
      printer,
      operands.map((value) => elementOf(value, index)),
    ),
  );
}

function isUnary(name: UnaryName | BinaryName): name is UnaryName {
  return Object.hasOwn(unary, name);
}

export function isElementwise(op: Op): op is Elementwise {
  return Object.hasOwn(unary, op.name) || Object.hasOwn(binary, op.name);
}

export function compare(_: Printer, op: Op<"compare">, [x, y]: readonly Held[]): Held {
  if (x === undefined || y === undefined) throw new Error("compare takes two");
  if (x.type.dtype === "pred") throw refused(op, "compares truth values, which is not printed");
  const sign = SIGNS[op.attributes.direction];
  return lazy(resultOf(op), false, (index) => `(${elementOf(x, index)} ${sign} ${elementOf(y, index)})`);
}

export function select({ syntax }: Printer, op: Op<"select">, operands: readonly Held[]): Held {
  const type = resultOf(op);
  if (type.dtype === "pred") throw refused(op, "selects truth values, which is not printed");
  const kind = type.dtype === "f32" ? "real" : "int";
  return lazy(type, false, (index) => {
    const [condition = "", yes = "", no = ""] = operands.map((value) => elementOf(value, index));
    return syntax.pick(condition, yes, no, kind);
  });
}

export function convert({ syntax }: Printer, op: Op<"convert">, [x]: readonly Held[]): Held {
  if (x === undefined) throw new Error("convert takes one");
  const { dtype } = op.attributes;
  const from = x.type.dtype;
  const { real, int, pick, intToReal } = syntax;
  const print: ((text: string) => string) | null =
    from === dtype
      ? (text) => text
      : from === "pred" && dtype === "f32"
        ? (text) => pick(text, real(1), real(0), "real")
        : from === "pred" && dtype === "i32"
          ? (text) => pick(text, int(1), int(0), "int")
          : from === "i32" && dtype === "f32"
            ? intToReal
            : dtype === "pred"
              ? (text) => `(${text} != ${from === "f32" ? real(0) : int(0)})`
              : null;
  if (print === null) throw refused(op, `makes ${dtype} of ${from}, which is not printed`);
  return lazy(resultOf(op), false, (index) => print(elementOf(x, index)));
}
