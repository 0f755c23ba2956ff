// Text to syntax tree, with every problem of reading it. Never throws: whatever the text, a tree comes back.

import { EOF, type IRecognitionException, type IToken } from "chevrotain";
import { type Details, type Report, replaceBy } from "../report.ts";
import { lineOf, type SourceText } from "../source/source-text.ts";
import type { Span } from "../source/span.ts";
import type { Build } from "./build.ts";
import { buildValue } from "./build-expression.ts";
import { buildItems } from "./build-file.ts";
import { checkText } from "./check-text.ts";
import { layOut } from "./layout.ts";
import { lex, spanOf } from "./lex.ts";
import { read } from "./read.ts";
import { Newline } from "./tokens.ts";
import type { Expression, File } from "./tree.ts";

export function parse(source: SourceText, report: Report): File {
  const span = { file: source.file, start: 0, end: source.text.length };
  const before = report.diagnostics.length;
  const text = checkText(source, report);
  if (text === "other") return { kind: "file", span, items: [], tokens: [], broken: true };
  const { tokens, all } = lex(source, report);
  if (text === "empty") return { kind: "file", span, items: [], tokens: all, broken: true };
  const laidOut = layOut(tokens, source, report);
  if (laidOut === undefined) return { kind: "file", span, items: [], tokens: all, broken: true };
  const { cst, errors } = read("file", laidOut);
  const items = build(source, laidOut, errors, before, report, (context) => buildItems(context, cst));
  return { kind: "file", span, items, tokens: all, broken: report.diagnostics.length > before };
}

/** One value, as in `--set depth=4`; undefined when the text is not exactly one. */
export function parseValue(source: SourceText, report: Report): Expression | undefined {
  const before = report.diagnostics.length;
  if (checkText(source, report) !== "readable") return undefined;
  const laidOut = layOut(lex(source, report).tokens, source, report);
  if (laidOut === undefined) return undefined;
  const { cst, errors } = read("value", laidOut);
  const span = { file: source.file, start: 0, end: source.text.length };
  const value = build(source, laidOut, errors, before, report, (context) => buildValue(context, cst, span));
  return report.diagnostics.length > before ? undefined : value;
}

interface Problem {
  readonly span: Span;
  readonly message: string;
  readonly details: Details;
}

/** Builds the tree and reports the first problem of each line that has none so far. */
function build<T>(
  source: SourceText,
  tokens: readonly IToken[],
  errors: readonly IRecognitionException[],
  before: number,
  report: Report,
  builder: (context: Build) => T,
): T {
  const problems: Problem[] = errors.map((error) => fromParser(error, tokens, source));
  const problem = (span: Span, message: string, details: Details = {}): void => {
    problems.push({ span, message, details });
  };
  const result = builder({ source, report, problem });
  const taken = new Set<number>();
  for (const { span } of report.diagnostics.slice(before)) {
    if (span !== undefined) taken.add(lineOf(source, span.start));
  }
  problems.sort((a, b) => a.span.start - b.span.start);
  for (const { span, message, details } of problems) {
    const line = lineOf(source, span.start);
    if (taken.has(line)) continue;
    taken.add(line);
    report.error("NW0107", span, message, details);
  }
  return result;
}

function fromParser(error: IRecognitionException, tokens: readonly IToken[], source: SourceText): Problem {
  const previous = lastBefore(error, tokens);
  const end = previous === undefined ? 0 : spanOf(source.file, previous).end;
  const after = { file: source.file, start: end, end };
  const atEnd =
    error.token.tokenType === EOF || error.token.tokenType === Newline || error.token.image === "";
  const span = atEnd ? after : spanOf(source.file, error.token);
  const inSetting = error.context.ruleStack.at(-1) === "setting";
  const fix = inSetting && !atEnd && error.token.image !== "}" ? replaceBy(after, ":", "add `:`") : undefined;
  return { span, message: error.message, details: { fix } };
}

/** Two of the three kinds of errors know the token before, which the type of all three does not say. */
function lastBefore(error: IRecognitionException, tokens: readonly IToken[]): IToken | undefined {
  const { previousToken } = error as IRecognitionException & { readonly previousToken?: IToken };
  return previousToken ?? (error.token.tokenType === EOF ? tokens.at(-1) : undefined);
}
