// Expressions to values: names looked up, arithmetic and comparisons done. A mistake is reported once and
// becomes an unknown value, which every later check lets pass in silence.

import { quote, type Span, sameThing } from "@netwright/definitions";
import { replaceBy } from "../report.ts";
import type {
  Argument,
  ArithmeticOperator,
  Comparison,
  Expression,
  OperationExpression,
  Operator,
  PathExpression,
} from "../syntax/tree.ts";
import { type Context, originNotes } from "./context.ts";
import { unknownName } from "./unknown-name.ts";
import type { Scope } from "./value.ts";
import { describeValue, equalValues, type Given, type Value } from "./value.ts";

export function evaluate(expression: Expression, scope: Scope, context: Context): Value {
  const { span } = expression;
  switch (expression.kind) {
    case "number":
      return { kind: "number", value: expression.value, whole: expression.whole, span };
    case "string":
      return { kind: "string", value: expression.value, span };
    case "constant":
      return expression.value === null
        ? { kind: "none", span }
        : { kind: "boolean", value: expression.value, span };
    case "name":
      return scope.lookup(expression.name, span) ?? { kind: "word", name: expression.name, scope, span };
    case "call":
      return {
        kind: "call",
        name: expression.name,
        arguments: evaluateArguments(expression.arguments, scope, context),
        scope,
        span,
      };
    case "list":
      return { kind: "list", items: expression.items.map((item) => evaluate(item, scope, context)), span };
    case "record":
      return { kind: "record", record: expression, span };
    case "group":
      return { ...evaluate(expression.inner, scope, context), span };
    case "negation": {
      const operand = evaluate(expression.operand, scope, context);
      const number = numberOf(operand, "-", context);
      return number === undefined
        ? { kind: "unknown", span }
        : { kind: "number", value: 0 - number, whole: isWhole(operand), ...derivedFrom(operand), span };
    }
    case "operation":
      return evaluateOperation(expression, scope, context);
    case "path":
      reportPath(expression, context);
      return { kind: "unknown", span };
    case "broken":
      return { kind: "unknown", span };
  }
}

/** `nn.relu` is a word of the language behind the name of a module; anything else may be a text without its quotes. */
function reportPath({ second, span }: PathExpression, context: Context): void {
  const written = textOf(context, span).replace(/\s+/g, "");
  const { definitions } = context.catalog;
  const word = sameThing(
    second.text,
    Object.values(definitions).flatMap((family) => [...family.keys()]),
  );
  context.report.error("NW0308", span, `${quote(written)} is no value`, {
    notes:
      word === undefined
        ? ["Names with a point are metrics, and stand in `expect` only. A text is written in double quotes."]
        : ["Words of the language stand alone, without the name of a module."],
    fix: replaceBy(span, word ?? JSON.stringify(written)),
  });
}

export function evaluateArguments(args: readonly Argument[], scope: Scope, context: Context): Given[] {
  return args.map(({ name, value, span }) => ({ name, value: evaluate(value, scope, context), span }));
}

function evaluateOperation(operation: OperationExpression, scope: Scope, context: Context): Value {
  const [only, second] = operation.rest;
  if (only !== undefined && second !== undefined && !isArithmetic(only.operator)) {
    context.report.error(
      "NW0308",
      second.operatorSpan,
      `\`${only.operator}\` and \`${second.operator}\` do not chain`,
      {
        notes: ["Use two conditions, one inside the other, or parentheses."],
      },
    );
    return { kind: "unknown", span: operation.span };
  }
  let left = evaluate(operation.first, scope, context);
  for (const { operator, operand } of operation.rest) {
    const right = evaluate(operand, scope, context);
    const span = { ...operation.span, end: operand.span.end };
    left = apply(operator, left, right, span, context);
  }
  return left;
}

function isArithmetic(operator: Operator): operator is ArithmeticOperator {
  return Object.hasOwn(arithmetic, operator);
}

const arithmetic: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
};

const order: Readonly<Record<Exclude<Comparison, "==" | "!=">, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function apply(operator: Operator, left: Value, right: Value, span: Span, context: Context): Value {
  if (operator === "==" || operator === "!=") return compareEqual(operator, left, right, span, context);
  const a = numberOf(left, operator, context);
  const b = numberOf(right, operator, context);
  if (a === undefined || b === undefined) return { kind: "unknown", span };
  const whole = isWhole(left) && isWhole(right);
  if (operator === "..") return { kind: "range", from: a, to: b, whole, span };
  if (!isArithmetic(operator)) return { kind: "boolean", value: order[operator](a, b), span };
  const value = arithmetic[operator](a, b);
  if (!Number.isFinite(value)) {
    const message = b === 0 && operator === "/" ? "division by zero" : "the result is larger than any number";
    context.report.error("NW0309", span, message, {
      notes: [...originNotes(context, left), ...originNotes(context, right)],
    });
    return { kind: "unknown", span };
  }
  return {
    kind: "number",
    value,
    whole: whole && Number.isInteger(value),
    ...derivedFrom(left, right),
    span,
  };
}

function compareEqual(operator: "==" | "!=", left: Value, right: Value, span: Span, context: Context): Value {
  const sides = [left, right].map((side) => knownWord(side, context));
  const [a, b] = sides;
  if (a === undefined || b === undefined || a.kind === "unknown" || b.kind === "unknown") {
    return { kind: "unknown", span };
  }
  const words =
    a.kind !== b.kind && [a, b].every(({ kind }) => kind === "word" || kind === "none" || kind === "call");
  if (a.kind !== b.kind && !words) {
    context.report.error("NW0308", span, `${describeValue(a)} and ${describeValue(b)} cannot be equal`, {
      notes: ["Both sides of `==` and `!=` are of one type."],
    });
    return { kind: "unknown", span };
  }
  return { kind: "boolean", value: equalValues(a, b) === (operator === "=="), span };
}

/** A word in a comparison is one that the catalog or a domain knows; anything else is a misspelt name. */
function knownWord(value: Value, context: Context): Value | undefined {
  if (value.kind !== "word" || value.origin !== undefined) return value;
  const { definitions, layer } = context.catalog;
  if (layer.has(value.name) || Object.values(definitions).some((family) => family.has(value.name)))
    return value;
  unknownName(value.name, value.span, value.scope, context);
  return undefined;
}

function numberOf(value: Value, operator: string, context: Context): number | undefined {
  if (value.kind === "number") return value.value;
  if (value.kind === "word" && value.origin === undefined) {
    unknownName(value.name, value.span, value.scope, context);
  } else if (value.kind !== "unknown") {
    const message = `\`${operator}\` takes numbers, found ${describeValue(value)}`;
    context.report.error("NW0308", value.span, message, { notes: originNotes(context, value) });
  }
  return undefined;
}

/** A long chain keeps the first few names. */
function derivedFrom(...operands: readonly Value[]): { readonly derived?: readonly Value[] } {
  const named = operands.flatMap((value) => (value.origin === undefined ? (value.derived ?? []) : [value]));
  return named.length === 0 ? {} : { derived: named.slice(0, 2) };
}

function isWhole(value: Value): boolean {
  return value.kind === "number" && value.whole;
}

function textOf(context: Context, span: Span): string {
  return context.sources.get(span.file)?.text.slice(span.start, span.end) ?? "";
}
