// Which bracket belongs to which. A closing bracket without an opening one is a stray. An opening bracket
// without a closing one is reported; `(` and `[` then count as closed at the end of their line, `{` at the
// next section that starts in the first column, at the bracket that crosses it, or at the end of the file.

import type { IToken, TokenType } from "chevrotain";
import { type Report, replaceBy } from "../report.ts";
import { lineBounds, lineOf, type SourceText } from "../source/source-text.ts";
import { spanOf } from "./lex.ts";
import * as t from "./tokens.ts";

/** All by index in the list of tokens. */
export interface Pairing {
  readonly strays: ReadonlySet<number>;
  /** `]` in place of `)` and the other way round. */
  readonly mistaken: ReadonlySet<number>;
  /** Opening brackets that are never closed, with the place where a missing `}` belongs. */
  readonly unclosed: ReadonlyMap<number, number | undefined>;
  /** The places of the missing `}`. */
  readonly missingBefore: ReadonlySet<number>;
}

export function pairBrackets(tokens: readonly IToken[], source: SourceText, report: Report): Pairing {
  const strays = new Set<number>();
  const mistaken = new Set<number>();
  const unclosed = new Map<number, number | undefined>();
  const missingBefore = new Set<number>();
  /** For each bracket that is never closed, the token that showed it. */
  const shownBy = new Map<number, number>();
  const pairs: { readonly opener: IToken; readonly closer: IToken }[] = [];
  const stack: number[] = [];
  const typeAt = (i: number | undefined): TokenType | undefined =>
    i === undefined ? undefined : tokens[i]?.tokenType;
  const leaveOpen = (place: number): void => {
    const i = stack.pop();
    if (i === undefined) return;
    unclosed.set(i, typeAt(i) === t.LBrace ? place : undefined);
    missingBefore.add(place);
    shownBy.set(i, place);
  };
  for (const [i, token] of tokens.entries()) {
    const type = token.tokenType;
    if (openers.has(type)) stack.push(i);
    else if (openerOf.has(type)) {
      const wanted = openerOf.get(type);
      const depth = stack.findLastIndex((open) => typeAt(open) === wanted);
      const crossed = stack.slice(depth + 1);
      const top = tokens[stack.at(-1) ?? -1];
      if (depth < 0 && type !== t.RBrace && top !== undefined && top.tokenType !== t.LBrace) {
        mistaken.add(i);
        stack.pop();
        reportMistaken(token, top, source, report);
        continue;
      }
      if (
        depth < 0 ||
        (type !== t.RBrace && crossed.some((open) => crossesLines(tokens[open], token, source)))
      ) {
        strays.add(i);
        continue;
      }
      while (stack.length > depth + 1) leaveOpen(i);
      const opener = tokens[stack.pop() ?? 0];
      if (opener !== undefined && type === t.RBrace) pairs.push({ opener, closer: token });
    } else if (stack.length > 0 && startsSection(tokens, i, source)) {
      while (stack.length > 0) leaveOpen(i);
    }
  }
  while (stack.length > 0) leaveOpen(tokens.length);
  for (const i of strays) reportStray(tokens[i], source, report);
  const suspect =
    unclosed.size === 0
      ? undefined
      : pairs.find(({ opener, closer }) => closesFurtherOut(opener, closer, source))?.opener;
  for (const i of unclosed.keys()) {
    const place = shownBy.get(i) ?? tokens.length;
    reportUnclosed(tokens[i], suspect, { last: tokens[place - 1], next: tokens[place] }, source, report);
  }
  return { strays, mistaken, unclosed, missingBefore };
}

const openers: ReadonlySet<TokenType> = new Set([t.LBrace, t.LParen, t.LSquare]);
const openerOf: ReadonlyMap<TokenType, TokenType> = new Map([
  [t.RBrace, t.LBrace],
  [t.RParen, t.LParen],
  [t.RSquare, t.LSquare],
]);
const closerText: Readonly<Record<string, string>> = { "{": "}", "(": ")", "[": "]" };

/** `)` does not reach over a `{` of an earlier line. */
function crossesLines(open: IToken | undefined, close: IToken, source: SourceText): boolean {
  if (open?.tokenType !== t.LBrace) return false;
  return lineOf(source, open.startOffset) < lineOf(source, close.startOffset);
}

const SECTION_STARTS: ReadonlyMap<TokenType, readonly (readonly TokenType[])[]> = new Map([
  [t.Model, [[t.LBrace]]],
  [t.Train, [[t.LBrace]]],
  [t.Expect, [[t.LBrace]]],
  [t.Data, [[t.Name, t.LBrace], [t.LBrace]]],
  [
    t.Block,
    [
      [t.Name, t.LParen],
      [t.Name, t.LBrace],
    ],
  ],
  [t.Param, [[t.Name, t.Equal]]],
  [t.Use, [[t.StringLiteral]]],
]);

function startsSection(tokens: readonly IToken[], i: number, source: SourceText): boolean {
  const token = tokens[i];
  if (token === undefined) return false;
  const shapes = SECTION_STARTS.get(token.tokenType);
  if (shapes === undefined) return false;
  if (source.lineStarts[lineOf(source, token.startOffset) - 1] !== token.startOffset) return false;
  return shapes.some((shape) => shape.every((type, k) => matches(tokens[i + 1 + k], type)));
}

function matches(token: IToken | undefined, type: TokenType): boolean {
  return (
    token !== undefined && (token.tokenType === type || (token.tokenType.CATEGORIES ?? []).includes(type))
  );
}

/** The `}` starts its line further to the left than the line of its `{`: one of them is not the other's. */
function closesFurtherOut(opener: IToken, closer: IToken, source: SourceText): boolean {
  const width = widthBefore(closer, source);
  return width !== undefined && width < indent(opener, source);
}

/** How many blanks stand before a token that is the first of its line; looks back no further than to a word. */
function widthBefore({ startOffset }: IToken, { text }: SourceText): number | undefined {
  let start = startOffset;
  while (start > 0 && /[^\S\r\n]/.test(text.charAt(start - 1))) start--;
  return start === 0 || /[\r\n]/.test(text.charAt(start - 1)) ? startOffset - start : undefined;
}

/** Of the line of a token. */
function indent(token: IToken, source: SourceText): number {
  const { start, end } = lineBounds(source, lineOf(source, token.startOffset));
  return source.text.slice(start, end).search(/\S/);
}

function reportMistaken(token: IToken, opener: IToken, source: SourceText, report: Report): void {
  const span = spanOf(source.file, token);
  const closer = closerText[opener.image] ?? ")";
  report.error("NW0109", span, `\`${token.image}\` cannot close \`${opener.image}\``, {
    fix: replaceBy(span, closer),
  });
}

function reportStray(token: IToken | undefined, source: SourceText, report: Report): void {
  if (token === undefined) return;
  const span = spanOf(source.file, token);
  report.error("NW0109", span, `\`${token.image}\` closes nothing`, {
    fix: replaceBy(span, "", "remove it"),
  });
}

/** Before the bracket that crosses on the same line, otherwise at the end of the line, before a comment. */
function placeOfCloser(
  token: IToken,
  { last, next }: { readonly last: IToken | undefined; readonly next: IToken | undefined },
  source: SourceText,
): number {
  const { end } = lineBounds(source, lineOf(source, token.startOffset));
  if (last !== undefined && next !== undefined && next.startOffset < end) {
    return last.startOffset + last.image.length;
  }
  const [code = ""] = source.text.slice(token.startOffset, end).split("#", 1);
  return token.startOffset + code.trimEnd().length;
}

function reportUnclosed(
  token: IToken | undefined,
  suspect: IToken | undefined,
  missing: { readonly last: IToken | undefined; readonly next: IToken | undefined },
  source: SourceText,
  report: Report,
): void {
  if (token === undefined) return;
  const closer = closerText[token.image] ?? "}";
  const notes: string[] = [];
  if (token.image === "{" && suspect !== undefined && suspect !== token) {
    const line = lineOf(source, suspect.startOffset);
    notes.push(`By the indentation, the \`}\` that is missing belongs to the \`{\` on line ${line}.`);
  }
  const at = placeOfCloser(token, missing, source);
  const fix =
    token.image === "{"
      ? undefined
      : replaceBy({ file: source.file, start: at, end: at }, closer, `add \`${closer}\``);
  report.error("NW0108", spanOf(source.file, token), `\`${token.image}\` is never closed`, {
    notes: notes.length > 0 || fix !== undefined ? notes : [`Add the missing \`${closer}\`.`],
    fix,
  });
}
