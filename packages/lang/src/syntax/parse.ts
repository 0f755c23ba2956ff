// Text to syntax tree, with every problem of reading it. Never throws: whatever the text, a tree comes back.

import type { Span } from "@netwright/definitions";
import { EOF, type IRecognitionException, type IToken } from "chevrotain";
import { type Details, type Report, replaceBy } from "../report.ts";
import type { SourceText } from "../source/source-text.ts";
import type { Build } from "./build.ts";
import { buildValue } from "./build-expression.ts";
import { buildItems } from "./build-file.ts";
import { checkText } from "./check-text.ts";
import { layOut } from "./layout.ts";
import { lex, spanOf } from "./lex.ts";
import { read } from "./read.ts";
import { countUpTo, segmentsOf } from "./segments.ts";
import { isOnlySpelling } from "./silence.ts";
import { Newline } from "./tokens.ts";
import type { Expression, File, Token } from "./tree.ts";

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
  const found = { source, tokens: laidOut, all, errors, before };
  const items = build(found, report, (context) => buildItems(context, cst));
  return { kind: "file", span, items, tokens: all, broken: report.diagnostics.length > before };
}

/** One value, as in `--set depth=4`; undefined when the text is not exactly one. */
export function parseValue(source: SourceText, report: Report): Expression | undefined {
  const before = report.diagnostics.length;
  if (checkText(source, report) !== "readable") return undefined;
  const { tokens, all } = lex(source, report);
  const laidOut = layOut(tokens, source, report);
  if (laidOut === undefined) return undefined;
  const { cst, errors } = read("value", laidOut);
  const span = { file: source.file, start: 0, end: source.text.length };
  const found = { source, tokens: laidOut, all, errors, before };
  const value = build(found, report, (context) => buildValue(context, cst, span));
  return report.diagnostics.length > before ? undefined : value;
}

interface Problem {
  readonly span: Span;
  readonly message: string;
  readonly details: Details;
}

interface Found {
  readonly source: SourceText;
  /** As the parser got them. */
  readonly tokens: readonly IToken[];
  readonly all: readonly Token[];
  readonly errors: readonly IRecognitionException[];
  /** Diagnostics that there were before anything of this text. */
  readonly before: number;
}

/** Builds the tree and reports the first problem of each segment that has none so far. */
function build<T>(
  { source, tokens, all, errors, before }: Found,
  report: Report,
  builder: (context: Build) => T,
): T {
  const problems: Problem[] = [];
  const told: [from: number, to: number][] = [];
  const tell = (from: number, to: number): void => {
    told.push([from, to]);
  };
  const problem = (span: Span, message: string, details: Details = {}): void => {
    problems.push({ span, message, details });
  };
  const places = errors.map(({ token }) => placeIn(source, token)).sort((a, b) => a - b);
  const failedIn = (from: number, to: number): boolean => countUpTo(places, to) > countUpTo(places, from - 1);
  const result = builder({ source, report, problem, failedIn, tell });
  for (const error of errors) {
    const place = placeIn(source, error.token);
    const isTold = told.some(([from, to]) => from <= place && place <= to);
    if (!isTold) problems.push(fromParser(error, tokens, source));
  }
  if (problems.length === 0) return result;
  const segmentOf = segmentsOf(all);
  const taken = new Set<number>();
  for (const { code, span } of report.diagnostics.slice(before)) {
    // A bracket that is never closed says nothing of what stands before it.
    if (span !== undefined && code !== "NW0108") taken.add(segmentOf(span.start));
  }
  problems.sort((a, b) => a.span.start - b.span.start);
  for (const { span, message, details } of problems) {
    const segment = segmentOf(span.start);
    if (taken.has(segment)) continue;
    if (!isOnlySpelling(details.fix)) taken.add(segment);
    report.error("NW0107", span, message, details);
  }
  return result;
}

/** The end of the file has no place of its own. */
function placeIn({ text }: SourceText, { startOffset }: IToken): number {
  return Number.isNaN(startOffset) ? text.length : startOffset;
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
