// Between lexer and parser. Pairs brackets (what is left over is reported and repaired, so the parser sees
// balanced brackets only), drops the line ends that mean nothing, and keeps nesting within a limit, because
// the parser and everything after it recurses.

import { createTokenInstance, type IToken, type TokenType } from "chevrotain";
import type { Report } from "../report.ts";
import type { SourceText } from "../source/source-text.ts";
import { spanOf } from "./lex.ts";
import { type Pairing, pairBrackets } from "./pair-brackets.ts";
import {
  Arrow,
  Else,
  LBrace,
  LParen,
  LSquare,
  Newline,
  RBrace,
  RParen,
  RSquare,
  Semicolon,
} from "./tokens.ts";

/** Levels of `( )`, `[ ]` and `{ }` inside one another. */
export const DEEPEST_NESTING = 256;

/** The tokens for the parser, or undefined when they are nested too deeply to be parsed. */
export function layOut(tokens: readonly IToken[], source: SourceText, report: Report): IToken[] | undefined {
  const deep = tooDeep(tokens);
  if (deep !== undefined) {
    report.error(
      "NW0110",
      spanOf(source.file, deep),
      `brackets are nested more than ${DEEPEST_NESTING} levels deep`,
      {
        notes: ["Name inner pieces with `block`, or use `repeat`; the rest of the file was not read."],
      },
    );
    return undefined;
  }
  return emit(tokens, pairBrackets(tokens, source, report));
}

function tooDeep(tokens: readonly IToken[]): IToken | undefined {
  let depth = 0;
  for (const token of tokens) {
    if (closerOf(token.tokenType) !== undefined) {
      if (++depth > DEEPEST_NESTING) return token;
    } else if (isCloser(token.tokenType)) depth = Math.max(0, depth - 1);
  }
  return undefined;
}

interface Open {
  readonly closer: TokenType;
  /** Index of the token before which a missing `}` belongs; undefined for a bracket that ends with its line. */
  readonly closesAt: number | undefined;
  readonly missing: boolean;
}

function emit(tokens: readonly IToken[], pairing: Pairing): IToken[] {
  const out: IToken[] = [];
  const open: Open[] = [];
  const closeMissing = (wanted: (bracket: Open) => boolean): void => {
    for (let top = open.at(-1); top?.missing && wanted(top); top = open.at(-1)) {
      out.push(virtual(top.closer, out.at(-1)));
      open.pop();
    }
  };
  // The first token behind a line end that is none; it only moves on, so many empty lines cost little.
  let ahead = 0;
  for (const [i, token] of tokens.entries()) {
    if (pairing.strays.has(i)) continue;
    if (pairing.missingBefore.has(i)) {
      closeMissing(({ closesAt }) => closesAt === undefined || closesAt === i);
      if (open.length === 0) out.push(at(Newline, token.startOffset));
    }
    const type = token.tokenType === Semicolon ? Newline : token.tokenType;
    const closer = closerOf(type);
    if (closer !== undefined) {
      open.push({ closer, missing: pairing.unclosed.has(i), closesAt: pairing.unclosed.get(i) });
      out.push(token);
    } else if (isCloser(type)) {
      closeMissing(() => true);
      const bracket = open.pop();
      const mistaken = pairing.mistaken.has(i) && bracket !== undefined;
      out.push(mistaken ? at(bracket.closer, token.startOffset) : token);
    } else if (type === Newline) {
      closeMissing(({ closesAt }) => closesAt === undefined);
      while (ahead <= i || tokens[ahead]?.tokenType === Newline) ahead++;
      if (lineEndCounts(open.at(-1), out.at(-1), tokens[ahead])) {
        out.push(type === token.tokenType ? token : at(Newline, token.startOffset));
      }
    } else out.push(token);
  }
  closeMissing(() => true);
  return out;
}

/** A line end means nothing inside `( )` and `[ ]`, around an arrow, and before `{`, `else` and the end. */
function lineEndCounts(
  inside: Open | undefined,
  before: IToken | undefined,
  after: IToken | undefined,
): boolean {
  if (inside !== undefined && inside.closer !== RBrace) return false;
  if (before === undefined || before.tokenType === Newline || before.tokenType === Arrow) return false;
  return (
    after !== undefined && after.tokenType !== Arrow && after.tokenType !== LBrace && after.tokenType !== Else
  );
}

const closers = new Map([
  [LBrace, RBrace],
  [LParen, RParen],
  [LSquare, RSquare],
]);

function closerOf(type: TokenType): TokenType | undefined {
  return closers.get(type);
}

function isCloser(type: TokenType): boolean {
  return type === RBrace || type === RParen || type === RSquare;
}

/** A bracket of no width behind the token before it. */
function virtual(type: TokenType, before: IToken | undefined): IToken {
  return at(type, before === undefined ? 0 : before.startOffset + before.image.length);
}

/** A token that the text does not hold in this form. Chevrotain counts the last character in. */
function at(type: TokenType, start: number): IToken {
  const none = Number.NaN;
  return createTokenInstance(type, "", start, start - 1, none, none, none, none);
}
