// The brackets that are open at a place, as frames: each knows what its content is, and what has been written in
// it since the last separator. `place.ts` reads tokens into them.

import type { Span } from "@netwright/definitions";
import type { SourceText } from "../source/source-text.ts";
import type { Token } from "../syntax/tree.ts";

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

export interface Frame {
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
  /** Named arguments of a call, keys of a record. */
  readonly given: string[];
  /** Tokens since the last separator; brackets that were closed again are left out. */
  statement: Token[];
}

export const SECTIONS: ReadonlySet<string> = new Set([
  ...["Param", "Use", "Data", "Block", "Model", "Train", "Report", "Expect"],
]);
export const WORDS: ReadonlySet<string> = new Set([
  ...["Name", "Netwright", "In", "Repeat", "If", "Else", "Residual", "Parallel"],
  ...SECTIONS,
]);
export const STRINGS: ReadonlySet<string> = new Set(["StringLiteral", "OpenString", "SingleQuoted"]);
export const COMMENTS: ReadonlySet<string> = new Set(["Comment", "SlashComment"]);
export const OPERATORS: ReadonlySet<string> = new Set([
  ...["LessEqual", "GreaterEqual", "EqualEqual", "NotEqual", "Less", "Greater"],
  ...["Plus", "Minus", "Star", "Slash", "Range"],
]);

export function isWord(token: Token | undefined): boolean {
  return token !== undefined && WORDS.has(token.kind);
}

/** Brackets in which a line end means nothing. */
export const CONTINUED: ReadonlySet<Frame["kind"]> = new Set(["call", "list", "group", "parameters"]);

export function topFrame(): Frame {
  return {
    ...{ kind: "top", path: [], block: undefined, inModel: false, slot: { kind: "free" } },
    ...{ callee: undefined, commas: 0, given: [], statement: [] },
  };
}

export function read(token: Token, frames: Frame[], source: SourceText): void {
  const frame = frames.at(-1) ?? topFrame();
  switch (token.kind) {
    case "Comment":
    case "SlashComment":
      return;
    case "LBrace":
    case "LParen":
    case "LSquare":
      if (token.kind === "LBrace") noteOpenedKey(frame, source);
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
      if (frame.kind === "record" && frame.statement.length === 2) noteKey(frame, source);
  }
}

/** `key: ...` */
function noteKey(frame: Frame, source: SourceText): void {
  const key = writtenKey(frame.statement, source);
  if (key !== undefined) frame.given.push(key);
}

/** `key { ... }` */
function noteOpenedKey({ kind, statement, given }: Frame, source: SourceText): void {
  const [key, more] = statement;
  if (kind === "record" && key !== undefined && more === undefined) given.push(spelling(key, source));
}

/** The name of a named argument counts as given. */
function noteName(frame: Frame, source: SourceText): void {
  if (frame.kind === "call") noteKey(frame, source);
}

/** `units` of `units: ...`. */
function writtenKey([first, second]: readonly Token[], source: SourceText): string | undefined {
  if (first === undefined || (second?.kind !== "Colon" && second?.kind !== "Equal")) return undefined;
  return spelling(first, source);
}

export function spelling({ kind, span }: Token, { text }: SourceText): string {
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
    if (first?.kind === "Data" || first?.kind === "Train" || first?.kind === "Report") {
      return { ...inside, kind: "record", path: [first.kind.toLowerCase()] };
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
}

/** What a value at the present place of a frame stands for. */
export function slotOf(frame: Frame, source: SourceText): Slot {
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

export function callOf(frame: Frame, callee: Token | undefined, source: SourceText): OpenCall {
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
