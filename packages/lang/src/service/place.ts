// What may stand at a place of a text: read from the tokens before it, so that it also works in a line that
// is being typed. Brackets that are open there make frames; a section keyword at the start of a line closes
// whatever was left open.

import type { SourceText } from "../source/source-text.ts";
import type { Span } from "../source/span.ts";
import type { Token } from "../syntax/tree.ts";
import { tokensAround } from "./tokens.ts";

/** A call whose arguments the place is among. */
export interface OpenCall {
  readonly name: string;
  readonly nameSpan: Span;
  /** What the call itself stands for. */
  readonly slot: Slot;
  /** Which argument it is, from 0. */
  readonly index: number;
  /** The name of the argument when it is written. */
  readonly parameter: string | undefined;
  /** Names that are given before this one. */
  readonly given: readonly string[];
}

/** Where a value stands. */
export type Slot =
  | { readonly kind: "step" }
  | { readonly kind: "setting"; readonly path: readonly string[] }
  | { readonly kind: "argument"; readonly call: OpenCall }
  | { readonly kind: "free" };

export type Expected =
  | { readonly kind: "nothing" }
  | { readonly kind: "statement" }
  | { readonly kind: "step" }
  | { readonly kind: "key"; readonly path: readonly string[] }
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

interface Frame {
  readonly kind:
    | "top"
    | "flow"
    | "branches"
    | "record"
    | "expect"
    | "parameters"
    | "call"
    | "list"
    | "group"
    | "other";
  readonly path: readonly string[];
  readonly block: string | undefined;
  readonly inModel: boolean;
  /** What a value inside stands for; of a list or group that of its place, of a call the call's own place. */
  readonly slot: Slot;
  readonly callee: Token | undefined;
  commas: number;
  readonly given: string[];
  /** Tokens since the last separator; brackets that were closed again are left out. */
  statement: Token[];
}

const SECTIONS: ReadonlySet<string> = new Set([
  ...["Param", "Use", "Data", "Block", "Model", "Train", "Expect"],
]);
const WORDS: ReadonlySet<string> = new Set([
  ...["Name", "Netwright", "In", "Repeat", "If", "Else", "Residual", "Parallel"],
  ...SECTIONS,
]);
const STRINGS: ReadonlySet<string> = new Set(["StringLiteral", "OpenString", "SingleQuoted"]);
const COMMENTS: ReadonlySet<string> = new Set(["Comment", "SlashComment"]);
const OPERATORS: ReadonlySet<string> = new Set([
  ...["LessEqual", "GreaterEqual", "EqualEqual", "NotEqual", "Less", "Greater"],
  ...["Plus", "Minus", "Star", "Slash", "Range"],
]);

export function isWord(token: Token | undefined): boolean {
  return token !== undefined && WORDS.has(token.kind);
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
  return describe(current, frames, source, offset);
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

const CONTINUED: ReadonlySet<Frame["kind"]> = new Set(["call", "list", "group", "parameters"]);

function isAtMargin({ span }: Token, { text }: SourceText): boolean {
  const before = text.charCodeAt(span.start - 1);
  return span.start === 0 || before === 10 || before === 13;
}

function topFrame(): Frame {
  return {
    ...{ kind: "top", path: [], block: undefined, inModel: false, slot: { kind: "free" } },
    ...{ callee: undefined, commas: 0, given: [], statement: [] },
  };
}

function read(token: Token, frames: Frame[], source: SourceText): void {
  const frame = frames.at(-1) ?? topFrame();
  switch (token.kind) {
    case "Comment":
    case "SlashComment":
      return;
    case "LBrace":
    case "LParen":
    case "LSquare":
      frames.push(opened(token.kind, frame, source));
      return;
    case "RBrace":
    case "RParen":
    case "RSquare":
      close(token.kind, frames);
      return;
    case "Newline":
    case "Semicolon":
      if (CONTINUED.has(frame.kind) || frame.statement.at(-1)?.kind === "Arrow") return;
      frame.statement = [];
      return;
    case "Comma":
      noteName(frame, source);
      frame.commas++;
      frame.statement = [];
      return;
    case "Arrow":
      frame.statement = [];
      return;
    default:
      frame.statement.push(token);
  }
}

/** The name of a named argument counts as given. */
function noteName(frame: Frame, source: SourceText): void {
  const name = writtenKey(frame.statement, source);
  if (frame.kind === "call" && name !== undefined) frame.given.push(name);
}

/** `units` of `units: ...`. */
function writtenKey([first, second]: readonly Token[], source: SourceText): string | undefined {
  if (first === undefined || (second?.kind !== "Colon" && second?.kind !== "Equal")) return undefined;
  return spelling(first, source);
}

function spelling({ kind, span }: Token, { text }: SourceText): string {
  const written = text.slice(span.start, span.end);
  return STRINGS.has(kind) ? written.replace(/^["']|["']$/g, "") : written;
}

function opened(kind: "LBrace" | "LParen" | "LSquare", frame: Frame, source: SourceText): Frame {
  const inside = { ...topFrame(), block: frame.block, inModel: frame.inModel, slot: slotOf(frame, source) };
  const [first, second] = frame.statement;
  const last = frame.statement.at(-1);
  if (kind === "LSquare") return { ...inside, kind: "list" };
  if (kind === "LParen") {
    const named = last !== undefined && isWord(last) && last.kind !== "If" && last.kind !== "Repeat";
    if (frame.kind === "top" && first?.kind === "Block") {
      const block = second === undefined ? undefined : spelling(second, source);
      return { ...inside, kind: "parameters", block };
    }
    return named ? { ...inside, kind: "call", callee: last } : { ...inside, kind: "group" };
  }
  if (frame.kind === "top") {
    if (first?.kind === "Data" || first?.kind === "Train") {
      return { ...inside, kind: "record", path: [first.kind === "Data" ? "data" : "train"] };
    }
    if (first?.kind === "Block" || first?.kind === "Model") {
      const block = first.kind === "Block" && second !== undefined ? spelling(second, source) : undefined;
      return { ...inside, kind: "flow", block, inModel: true };
    }
    return { ...inside, kind: first?.kind === "Expect" ? "expect" : "other" };
  }
  if (frame.kind === "flow") return { ...inside, kind: first?.kind === "Parallel" ? "branches" : "flow" };
  if (frame.kind === "branches") return { ...inside, kind: "flow" };
  const key = frame.kind === "record" && first !== undefined ? spelling(first, source) : undefined;
  return { ...inside, kind: "record", path: key === undefined ? [] : [...frame.path, key] };
}

const OPENERS: Readonly<Record<string, readonly Frame["kind"][]>> = {
  RBrace: ["flow", "branches", "record", "expect", "other"],
  RParen: ["call", "group", "parameters"],
  RSquare: ["list"],
};

function close(kind: string, frames: Frame[]): void {
  const own = OPENERS[kind] ?? [];
  const at = frames.findLastIndex((frame) => own.includes(frame.kind));
  if (at < 1) return;
  frames.splice(at);
  const outer = frames.at(-1);
  // Branches may follow one another without a separator; a body ends a statement at the top.
  if (kind === "RBrace" && outer?.kind === "branches") outer.statement = [];
}

/** What a value at the present place of a frame stands for. */
function slotOf(frame: Frame, source: SourceText): Slot {
  switch (frame.kind) {
    case "record": {
      const key = writtenKey(frame.statement, source);
      const free = key === undefined || frame.path.length === 0;
      return free ? { kind: "free" } : { kind: "setting", path: [...frame.path, key] };
    }
    case "call":
      return { kind: "argument", call: callOf(frame, frame.callee, source) };
    case "list":
    case "group":
      return frame.slot;
    case "flow": {
      const [first] = frame.statement;
      return first?.kind === "If" || first?.kind === "Repeat" ? { kind: "free" } : { kind: "step" };
    }
    default:
      return { kind: "free" };
  }
}

function callOf(frame: Frame, callee: Token | undefined, source: SourceText): OpenCall {
  const nameSpan = callee?.span ?? { file: source.file, start: 0, end: 0 };
  return {
    name: callee === undefined ? "" : spelling(callee, source),
    nameSpan,
    slot: frame.slot,
    index: frame.commas,
    parameter: writtenKey(frame.statement, source),
    given: frame.given,
  };
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
      if (first === undefined) return { kind: "key", path: frame.path };
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
