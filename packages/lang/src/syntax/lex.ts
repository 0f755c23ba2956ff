// Text to tokens. Malformed pieces are reported here and still give a token, so that the parser goes on.

import { quote, type Span } from "@netwright/definitions";
import { type IToken, Lexer, type TokenType } from "chevrotain";
import { type Report, replaceBy } from "../report.ts";
import type { SourceText } from "../source/source-text.ts";
import { once } from "./once.ts";
import { allTokens, MalformedNumber, OpenString, Semicolon, SingleQuoted } from "./tokens.ts";
import type { Token } from "./tree.ts";

export interface Lexed {
  /** What the parser reads: everything but blanks and comments. */
  readonly tokens: readonly IToken[];
  /** The same and the comments, as plain data in order. */
  readonly all: readonly Token[];
}

// Holds no state between calls.
const lexer = once(() => new Lexer(allTokens, { positionTracking: "onlyOffset", skipValidations: true }));

export function lex(source: SourceText, report: Report): Lexed {
  const { file, text } = source;
  const { tokens, groups, errors } = lexer().tokenize(text);
  const comments = groups["comments"] ?? [];
  const slashes = groups["slashes"] ?? [];
  for (const error of errors) {
    reportStray({ file, start: error.offset, end: error.offset + Math.max(1, error.length) }, text, report);
  }
  for (const token of slashes) {
    const start = token.startOffset;
    report.error("NW0114", { file, start, end: start + 2 }, "a comment starts with `#`, not with `//`", {
      fix: replaceBy({ file, start, end: start + 2 }, "#", "write `#`"),
    });
  }
  let brackets = 0;
  for (const token of tokens) {
    // The parser takes the ends of its nodes from here; Chevrotain counts the last character in.
    token.endOffset = token.startOffset + token.image.length - 1;
    if (token.image === "[") brackets++;
    else if (token.image === "]") brackets = Math.max(0, brackets - 1);
    reportMalformed(token, brackets > 0, source, report);
  }
  const aside = slashes.length === 0 ? comments : [...comments, ...slashes].sort(byPlace);
  return { tokens, all: merged(tokens, aside, file) };
}

function byPlace(a: IToken, b: IToken): number {
  return a.startOffset - b.startOffset;
}

/** Two lists in order as one. */
function merged(tokens: readonly IToken[], aside: readonly IToken[], file: string): Token[] {
  const all: Token[] = [];
  const add = (token: IToken): void => {
    all.push({ kind: token.tokenType.name, span: spanOf(file, token) });
  };
  let next = 0;
  for (const token of tokens) {
    for (let other = aside[next]; other !== undefined && byPlace(other, token) < 0; other = aside[next]) {
      add(other);
      next++;
    }
    add(token);
  }
  for (const token of aside.slice(next)) add(token);
  return all;
}

/** The place of a token; one that the text does not hold has no width. */
export function spanOf(file: string, token: IToken): Span {
  return { file, start: token.startOffset, end: token.startOffset + token.image.length };
}

// What people type where another character is meant.
const MEANT: Readonly<Record<string, string>> = {
  "“": '"',
  "”": '"',
  "„": '"',
  "’": '"',
  "‘": '"',
  "→": "->",
  "−": "-",
  "–": "-",
  "×": "*",
  "·": "*",
  "÷": "/",
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
};

function reportStray(span: Span, text: string, report: Report): void {
  const found = text.slice(span.start, span.end);
  const meant = MEANT[found] ?? (isPipe(found, text.slice(0, span.start)) ? "->" : undefined);
  const one = [...found.slice(0, 3)].length === 1;
  const message = one ? `stray character ${describe(found)}` : `stray characters ${quote(found)}`;
  const fix = meant === undefined ? replaceBy(span, "", "remove it") : replaceBy(span, meant);
  const notes = found.startsWith('"') ? ["Strings stand in double quotes on one line."] : [];
  report.error("NW0104", span, message, { notes, fix });
}

/** `dense(64) | dense(1)`, as elsewhere what comes out of one goes into the next. */
function isPipe(found: string, before: string): boolean {
  return found === "|" && /[)}][^\S\n]*$/.test(before);
}

function describe(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const visible = code > 0x20 && code !== 0x7f && !(code >= 0x80 && code < 0xa1) && code !== 0xfeff;
  return visible ? `${quote(character)}${code > 0x7e ? ` (${name})` : ""}` : name;
}

const malformed: ReadonlySet<TokenType> = new Set([MalformedNumber, OpenString, SingleQuoted, Semicolon]);

function reportMalformed(token: IToken, inList: boolean, { file, text }: SourceText, report: Report): void {
  if (!malformed.has(token.tokenType)) return;
  const span = spanOf(file, token);
  if (token.tokenType === MalformedNumber) {
    const fix = mendNumber(token.image);
    report.error("NW0105", span, `${quote(token.image)} is not a number`, {
      notes: ["Numbers are written as 128, 0.5, 1e-4 or 70%; names start with a letter."],
      fix: fix === undefined ? undefined : replaceBy(span, fix),
    });
  } else if (token.tokenType === OpenString) {
    report.error("NW0106", span, "this string is not closed on its line", {
      notes: ['A string ends with `"`; a quote inside it is written `\\"`.'],
    });
  } else if (token.tokenType === SingleQuoted) {
    const inner = token.image.slice(1, -1);
    // `padding='same'`: what is a word elsewhere is a name here. Lists are mostly of texts, as `values: ['yes', 'no']`, and constants are
    // seldom meant in quotes.
    const isWord = !inList && !CONSTANTS.has(inner) && /^[a-z_][a-z0-9_]*$/.test(inner);
    const quoted = isWord ? inner : `"${inner.replaceAll('"', '\\"')}"`;
    report.error("NW0106", span, "strings stand in double quotes", {
      notes: [
        'A word of the language stands without any: `padding: same`; a text has them: `values: ["yes", "no"]`.',
      ],
      fix: replaceBy(span, quoted),
    });
  } else if (token.tokenType === Semicolon) {
    report.error("NW0104", span, "stray character `;`", {
      notes: ["Statements are separated by new lines."],
      fix: /^[^\S\n]*[^\s#]/.test(text.slice(span.end))
        ? replaceBy(span, ",")
        : replaceBy(span, "", "remove it"),
    });
  }
}

const CONSTANTS: ReadonlySet<string> = new Set(["true", "false", "none"]);

function mendNumber(image: string): string | undefined {
  const plain = image.replaceAll("_", "").replace(/^\./, "0.");
  return /^\d+(\.\d+)?([eE]\d+)?%?$/.test(plain) ? plain : undefined;
}
