// The elementary functions as text. In f32 they are Netwright's own formulas, printed operation by operation, and so with its bits
// wherever nothing is fused; in f64 they are the language's.

import {
  cosineFormula,
  erfFormula,
  exponentialFormula,
  exponentialMinusOneFormula,
  type Lanes,
  logFormula,
  logisticFormula,
  logPlusOneFormula,
  powerFormula,
  rsqrtFormula,
  sineFormula,
  tanhFormula,
} from "@netwright/ir/numerics";
import type { RealFunction, ScalarType, Syntax } from "./syntax.ts";

/** A value of a formula: a constant, an operand, or what is computed once and has a name. */
interface Term {
  readonly text: string;
  /** Of what is computed: its place among the steps. */
  readonly step: number | null;
}

interface Step {
  readonly type: ScalarType;
  readonly value: string;
  readonly uses: readonly Term[];
}

type TermLanes = Lanes<Term, Term, Term>;

const unary: Readonly<Record<Exclude<RealFunction, "power">, (lanes: TermLanes, x: Term) => Term>> = {
  exponential: exponentialFormula,
  log: logFormula,
  log_plus_one: logPlusOneFormula,
  exponential_minus_one: exponentialMinusOneFormula,
  tanh: tanhFormula,
  logistic: logisticFormula,
  erf: erfFormula,
  rsqrt: rsqrtFormula,
  sine: sineFormula,
  cosine: cosineFormula,
};

/** The lines that define it; null where the language has no such function in f64. */
export function functionLines(syntax: Syntax, name: RealFunction): readonly string[] | null {
  const operands = name === "power" ? ["x", "y"] : ["x"];
  const head = syntax.func(
    name,
    operands.map((operand) => ({ name: operand, type: "real" })),
    "real",
  );
  if (!syntax.isFloat) {
    const value = syntax.library(name, operands);
    return value === null ? null : [head, `return ${value};`, "}"];
  }
  const steps: Step[] = [];
  const lanes = printingLanes(syntax, steps);
  const [x, y] = [operand("x"), operand("y")];
  const result = name === "power" ? powerFormula(lanes, x, y) : unary[name](lanes, x);
  return [head, ...neededLines(syntax, steps, result), `return ${result.text};`, "}"];
}

function operand(text: string): Term {
  return { text, step: null };
}

/** What the result does not need is not printed: some languages refuse it. */
function neededLines(syntax: Syntax, steps: readonly Step[], result: Term): readonly string[] {
  const needed = new Set<number>();
  const visit = ({ step }: Term): void => {
    if (step === null || needed.has(step)) return;
    needed.add(step);
    for (const use of steps[step]?.uses ?? []) visit(use);
  };
  visit(result);
  return steps.flatMap(({ type, value }, i) => (needed.has(i) ? [syntax.let(type, `t${i}`, value)] : []));
}

function printingLanes(syntax: Syntax, steps: Step[]): TermLanes {
  const step = (type: ScalarType, value: string, uses: readonly Term[]): Term => {
    steps.push({ type, value, uses });
    return { text: `t${steps.length - 1}`, step: steps.length - 1 };
  };
  const one = (type: ScalarType, print: (a: string) => string) => (a: Term) => step(type, print(a.text), [a]);
  const two = (type: ScalarType, print: (a: string, b: string) => string) => (a: Term, b: Term) =>
    step(type, print(a.text, b.text), [a, b]);
  const infix = (sign: string) => (a: string, b: string) => `(${a} ${sign} ${b})`;
  const { pick } = syntax;
  return {
    f32: (value) => operand(syntax.real(value)),
    i32: (value) => operand(syntax.int(value)),
    add: two("real", syntax.add),
    subtract: two("real", syntax.subtract),
    multiply: two("real", syntax.multiply),
    divide: two("real", syntax.divide),
    sqrt: one("real", syntax.sqrt),
    abs: one("real", syntax.abs),
    negate: one("real", (a) => `(-${a})`),
    floor: one("real", syntax.floor),
    min: two("real", (a, b) => pick(`${b} < ${a}`, b, a, "real")),
    max: two("real", (a, b) => pick(`${a} < ${b}`, b, a, "real")),
    less: two("flag", infix("<")),
    equal: two("flag", infix("==")),
    and: two("flag", infix("&&")),
    or: two("flag", infix("||")),
    not: one("flag", (a) => `!${a}`),
    select: (condition, yes, no) =>
      step("real", pick(condition.text, yes.text, no.text, "real"), [condition, yes, no]),
    toBits: one("int", syntax.bitsOf),
    fromBits: one("real", syntax.realOf),
    toF32: one("real", syntax.intToReal),
    addI32: two("int", syntax.addInt),
    subtractI32: two("int", syntax.subtractInt),
    multiplyI32: two("int", syntax.multiplyInt),
    andI32: two("int", infix("&")),
    orI32: two("int", infix("|")),
    shiftLeft: (a, count) => step("int", syntax.shiftLeft(a.text, count), [a]),
    shiftRight: (a, count) => step("int", `(${a.text} >> ${count})`, [a]),
  };
}
