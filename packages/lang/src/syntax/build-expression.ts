// Values: concrete syntax tree to syntax tree, with the precedence of operators. From loose to tight:
// comparison, range `..`, `+ -`, `* /`, sign. Operators of one precedence form one chain, read from left to
// right, so a long sum is no deep tree.

import { cover, isSplitName, quote, type Span } from "@netwright/definitions";
import type { CstNode, IToken } from "chevrotain";
import type { Fix } from "../diagnostic.ts";
import { replaceBy } from "../report.ts";
import {
  type Build,
  firstTokenSpan,
  itemsOf,
  nameOf,
  nodeOf,
  nodesOf,
  placeOf,
  stringValue,
  tokenOf,
  tokensOf,
} from "./build.ts";
import { spanOf } from "./lex.ts";
import { MalformedNumber } from "./tokens.ts";
import type { Argument, CallExpression, Expression, Operator, RecordExpression, Setting } from "./tree.ts";

export function buildValue(build: Build, node: CstNode | undefined, inside: Span): Expression {
  if (node === undefined) return broken(inside);
  const record = nodeOf(node, "record");
  if (record !== undefined) return buildRecord(build, record);
  return buildExpression(build, nodeOf(node, "expression"), inside);
}

const PRECEDENCE: Readonly<Record<Operator, number>> = {
  "<": 0,
  "<=": 0,
  ">": 0,
  ">=": 0,
  "==": 0,
  "!=": 0,
  "..": 1,
  "+": 2,
  "-": 2,
  "*": 3,
  "/": 3,
};
const TIGHTEST = 3;

function isOperator(image: string): image is Operator {
  return Object.hasOwn(PRECEDENCE, image);
}

export function buildExpression(build: Build, node: CstNode | undefined, inside: Span): Expression {
  if (node === undefined) return broken(inside);
  const place = placeOf(build, node, inside);
  const operands = nodesOf(node, "operand").map((operand) => buildOperand(build, operand, place));
  const operators = tokensOf(node, "Operator");
  let next = 0;
  const operandOf = (): Expression => operands[next] ?? broken(place);
  const chain = (level: number): Expression => {
    const first = level === TIGHTEST ? operandOf() : chain(level + 1);
    const rest: { operator: Operator; operatorSpan: Span; operand: Expression }[] = [];
    for (let token = operators[next]; token !== undefined; token = operators[next]) {
      if (!isOperator(token.image) || PRECEDENCE[token.image] !== level) break;
      next++;
      const operand = level === TIGHTEST ? operandOf() : chain(level + 1);
      rest.push({ operator: token.image, operatorSpan: spanOf(build.source.file, token), operand });
    }
    const last = rest.at(-1);
    if (last === undefined) return first;
    return { kind: "operation", first, rest, span: cover(first.span, last.operand.span) };
  };
  return chain(0);
}

function buildOperand(build: Build, node: CstNode, inside: Span): Expression {
  const place = placeOf(build, node, inside);
  const signs = [...tokensOf(node, "Minus"), ...tokensOf(node, "Plus")].sort(
    (a, b) => a.startOffset - b.startOffset,
  );
  const inner = buildUnsigned(build, node, place);
  const minus = signs.filter((sign) => sign.image === "-");
  const start = signs[0]?.startOffset ?? inner.span.start;
  const span = { ...inner.span, start: Math.min(start, inner.span.start) };
  // A sign that changes nothing is a part of it all the same: a line that begins with it is one line.
  return minus.length % 2 === 1 ? { kind: "negation", operand: inner, span } : { ...inner, span };
}

function buildUnsigned(build: Build, node: CstNode, place: Span): Expression {
  const number = tokenOf(node, "NumberLiteral") ?? tokenOf(node, "Percent");
  if (number !== undefined) return buildNumber(build, number);
  const string = tokenOf(node, "StringLiteral");
  if (string !== undefined) {
    return { kind: "string", value: stringValue(build, string), span: spanOf(build.source.file, string) };
  }
  const list = nodeOf(node, "list");
  if (list !== undefined) {
    const span = placeOf(build, list, place);
    const items = itemsOf(build, list, { junk: "argumentJunk", item: "a value", separator: "`,` or `]`" });
    return { kind: "list", items: items.map((item) => buildValue(build, item, span)), span };
  }
  const group = nodeOf(node, "group");
  if (group !== undefined) return buildGroup(build, group, place);
  const named = nodeOf(node, "named");
  return named === undefined ? broken(place) : buildNamed(build, named, place);
}

function buildNumber(build: Build, token: IToken): Expression {
  const span = spanOf(build.source.file, token);
  if (token.tokenType === MalformedNumber) return broken(span);
  const percent = token.image.endsWith("%");
  const value = percent ? Number(token.image.slice(0, -1)) / 100 : Number(token.image);
  if (!Number.isFinite(value)) {
    build.report.error("NW0105", span, `${quote(token.image)} is larger than any number`, {
      notes: ["The largest is about 1.8e308."],
    });
    return broken(span);
  }
  return { kind: "number", value, whole: /^\d+$/.test(token.image), span };
}

function buildGroup(build: Build, node: CstNode, inside: Span): Expression {
  const span = placeOf(build, node, inside);
  const comma = tokenOf(node, "Comma");
  if (comma !== undefined) {
    build.problem(spanOf(build.source.file, comma), "parentheses hold one value here", {
      notes: ["A list of values is written in `[ ]`."],
      fix: asList(build.source.text.slice(span.start, span.end), span),
    });
    return broken(span);
  }
  itemsOf(build, node, { junk: "argumentJunk", item: "a value", separator: "`)`" });
  return { kind: "group", inner: buildExpression(build, nodeOf(node, "expression"), span), span };
}

/** Numbers in parentheses, also in several: `((1, 1), (2, 2))`. */
function asList(text: string, span: Span): Fix | undefined {
  if (!/^\([\s\d.,()-]*\)$/.test(text)) return undefined;
  return replaceBy(span, text.replaceAll("(", "[").replaceAll(")", "]"));
}

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["none", null],
]);

function buildNamed(build: Build, node: CstNode, inside: Span): Expression {
  const span = placeOf(build, node, inside);
  const [first, second] = tokensOf(node, "Name");
  if (first === undefined) return broken(span);
  const args = nodeOf(node, "arguments");
  const dots = tokensOf(node, "Dot");
  if (args !== undefined && dots.length === 0) return buildCall(build, first, args, span);
  // What comes before the point is a split, or else the module that another language would have there.
  if (dots.length > 1 || (args !== undefined && !isSplitName(first.image))) {
    const prefix = { ...spanOf(build.source.file, first), end: (dots.at(-1)?.startOffset ?? 0) + 1 };
    build.problem(prefix, "words of the language have no module before them", {
      fix: replaceBy(prefix, "", "remove it"),
    });
    return broken(span);
  }
  if (dots.length > 0) {
    if (second === undefined) return broken(span);
    const given = args === undefined ? [] : buildArguments(build, args, span);
    return {
      kind: "path",
      first: nameOf(build, first),
      second: nameOf(build, second),
      arguments: given,
      span,
    };
  }
  const constant = CONSTANTS.get(first.image);
  if (constant !== undefined) return { kind: "constant", value: constant, span };
  return { kind: "name", name: first.image, span };
}

export function buildCall(build: Build, name: IToken, args: CstNode, span: Span): CallExpression {
  return { kind: "call", name: nameOf(build, name), arguments: buildArguments(build, args, span), span };
}

export function buildArguments(build: Build, node: CstNode, inside: Span): Argument[] {
  return itemsOf(build, node, { junk: "argumentJunk", item: "an argument", separator: "`,` or `)`" }).map(
    (item) => {
      const span = placeOf(build, item, inside);
      const name = tokenOf(item, "Name");
      const equal = tokenOf(item, "Equal");
      if (equal !== undefined) colonWanted(build, equal, "a named argument is written with `:`");
      return {
        name: name === undefined ? undefined : nameOf(build, name),
        value: buildValue(build, nodeOf(item, "value"), span),
        span,
      };
    },
  );
}

/** `{ key: value }`, with commas, new lines or blanks between; also the body of `data` and `train`. */
export function buildRecord(build: Build, node: CstNode): RecordExpression {
  const span = placeOf(build, node);
  const settings: Setting[] = [];
  const items = itemsOf(build, node, {
    junk: "settingJunk",
    item: "a setting, `key: value`",
    separator: "a setting, `key: value`",
    blanks: true,
  });
  for (const item of items) {
    const setting = buildSetting(build, item);
    if (setting !== undefined) settings.push(setting);
  }
  const broken = nodesOf(node, "settingJunk").length > 0 || settings.length < items.length;
  return { kind: "record", settings, broken, span };
}

function buildSetting(build: Build, node: CstNode): Setting | undefined {
  const key = tokenOf(node, "Name") ?? tokenOf(node, "StringLiteral");
  if (key === undefined) return undefined;
  const span = placeOf(build, node);
  const equal = tokenOf(node, "Equal");
  if (equal !== undefined) colonWanted(build, equal, "a setting is written with `:`");
  const record = nodeOf(node, "record");
  const value =
    record === undefined ? buildValue(build, nodeOf(node, "value"), span) : buildRecord(build, record);
  return { key: nameOf(build, key), value, span };
}

function colonWanted(build: Build, equal: IToken, message: string): void {
  const span = spanOf(build.source.file, equal);
  const spaced = build.source.text.charAt(span.start - 1) === " ";
  const edit = spaced ? { ...span, start: span.start - 1 } : span;
  build.problem(span, `${message}, not with \`=\``, { fix: replaceBy(edit, ":", "write `:`") });
}

export function broken(span: Span): Expression {
  return { kind: "broken", span };
}

/** A missing body or value lies behind the word that asks for it. */
export function behind(build: Build, node: CstNode): Span {
  const { file, end } = firstTokenSpan(build, node);
  return { file, start: end, end };
}
