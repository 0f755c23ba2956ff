// What may stand at a place of a text: read from the tokens before it, so that it also works in a line that
// is being typed. A section keyword at the start of a line closes whatever was left open before.

import type { Span } from "@netwright/definitions";
import type { SourceText } from "../source/source-text.ts";
import type { Token } from "../syntax/tree.ts";
import {
  COMMENTS,
  CONTINUED,
  callOf,
  type Frame,
  isWord,
  OPERATORS,
  type OpenCall,
  read,
  SECTIONS,
  type Slot,
  STRINGS,
  slotOf,
  topFrame,
} from "./frames.ts";
import { keysBehind } from "./keys-behind.ts";
import { tokensAround } from "./tokens.ts";

export type Expected =
  | { readonly kind: "nothing" }
  | { readonly kind: "statement" }
  | { readonly kind: "step" }
  /** A key of a record, with those that it has. */
  | { readonly kind: "key"; readonly path: readonly string[]; readonly given: readonly string[] }
  | { readonly kind: "split" }
  | { readonly kind: "metric" }
  /** A value; in a call that has no name for it yet, also the name of an argument. */
  | { readonly kind: "value"; readonly slot: Slot; readonly orName: boolean };

export interface Place {
  readonly expected: Expected;
  /** The word that is being typed, empty where none is. */
  readonly word: Span;
  /** The word is a string in quotes. */
  readonly quoted: boolean;
  /** The innermost call whose brackets are open here. */
  readonly call: OpenCall | undefined;
  /** The block whose body or parameters these are. */
  readonly block: string | undefined;
  readonly inModel: boolean;
}

export function placeAt(source: SourceText, offset: number): Place {
  const frames: Frame[] = [topFrame()];
  let current: Token | undefined;
  let lineStart = true;
  for (const token of tokensAround(source, offset)) {
    const { start, end } = token.span;
    if (start >= offset) break;
    const typed = isWord(token) ? end >= offset : end > offset || (end === offset && isOpen(token));
    if (typed) {
      current = token;
      if (lineStart && startsStatement(token, frames, source)) frames.splice(0, frames.length, topFrame());
      break;
    }
    if (lineStart && startsSection(token, source)) frames.splice(0, frames.length, topFrame());
    lineStart = token.kind === "Newline";
    read(token, frames, source);
  }
  const place = describe(current, frames, source, offset);
  const { expected } = place;
  if (expected.kind !== "key") return place;
  const given = [...expected.given, ...keysBehind(source, place.word.end)];
  return { ...place, expected: { ...expected, given } };
}

/** A comment or string that goes on until it is closed. */
function isOpen(token: Token): boolean {
  return COMMENTS.has(token.kind) || token.kind === "OpenString";
}

function startsSection(token: Token, source: SourceText): boolean {
  return SECTIONS.has(token.kind) && isAtMargin(token, source);
}

/** The word that is being typed: at the margin, and in brackets that nobody continues there, a section is meant. */
function startsStatement(token: Token, frames: readonly Frame[], source: SourceText): boolean {
  const inBrackets = CONTINUED.has(frames.at(-1)?.kind ?? "top");
  return startsSection(token, source) || (inBrackets && isAtMargin(token, source));
}

function isAtMargin({ span }: Token, { text }: SourceText): boolean {
  const before = text.charCodeAt(span.start - 1);
  return span.start === 0 || before === 10 || before === 13;
}

function describe(
  current: Token | undefined,
  frames: readonly Frame[],
  source: SourceText,
  offset: number,
): Place {
  const frame = frames.at(-1) ?? topFrame();
  const caller = frames.findLast(({ kind }) => kind === "call");
  const inString = current !== undefined && STRINGS.has(current.kind);
  const word =
    current !== undefined && (isWord(current) || inString)
      ? current.span
      : { file: source.file, start: offset, end: offset };
  const silent = current !== undefined && !isWord(current) && !inString;
  const { block, inModel } = frame;
  const expected = silent ? ({ kind: "nothing" } as const) : expectedIn(frame, source);
  const call = caller === undefined ? undefined : callOf(caller, caller.callee, source);
  return { expected, word, quoted: inString, call, block, inModel };
}

function expectedIn(frame: Frame, source: SourceText): Expected {
  const { statement } = frame;
  const [first] = statement;
  const last = statement.at(-1);
  const afterOperator = last !== undefined && OPERATORS.has(last.kind);
  const value = (orName = false): Expected => ({ kind: "value", slot: slotOf(frame, source), orName });
  const nothing: Expected = { kind: "nothing" };
  switch (frame.kind) {
    case "top":
      if (first === undefined) return { kind: "statement" };
      return first.kind === "Param" && (last?.kind === "Equal" || last?.kind === "In" || afterOperator)
        ? value()
        : nothing;
    case "flow":
      if (first === undefined) return { kind: "step" };
      return first === last || afterOperator
        ? first.kind === "If" || first.kind === "Repeat"
          ? value()
          : nothing
        : nothing;
    case "record":
      if (first === undefined) return { kind: "key", path: frame.path, given: frame.given };
      return last?.kind === "Colon" || last?.kind === "Equal" || afterOperator ? value() : nothing;
    case "expect":
      if (first === undefined) return { kind: "split" };
      return last?.kind === "Dot" ? { kind: "metric" } : afterOperator ? value() : nothing;
    case "call":
      if (first === undefined) return value(true);
      return last?.kind === "Colon" || last?.kind === "Equal" || afterOperator ? value() : nothing;
    case "list":
    case "group":
      return first === undefined || afterOperator ? value() : nothing;
    case "parameters":
      return last?.kind === "Equal" ? value() : nothing;
    case "branches":
    case "other":
      return nothing;
  }
}
