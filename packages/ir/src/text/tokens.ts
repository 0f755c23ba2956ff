// Text form -> tokens. White space and comments (`//` to the end of the line) separate and mean nothing.

import { TextFormError } from "./text-form-error.ts";

export type TokenKind = "value" | "string" | "type" | "number" | "word" | "punctuation" | "end";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** In order of trial: `tensor<...>` before words, numbers before punctuation. */
const PATTERN = new RegExp(
  [
    "(?<space>[ \\t\\r\\n]+|//[^\\n]*)",
    "(?<value>%\\d+)",
    '(?<string>"(?:[^"\\\\\\n]|\\\\.)*")',
    "(?<type>tensor<[^>\\n]*>)",
    "(?<number>-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?|-inf)",
    "(?<word>[A-Za-z_][A-Za-z0-9_.]*)",
    "(?<punctuation>[{}()[\\],:=])",
  ].join("|"),
  "y",
);

const KINDS = ["value", "string", "type", "number", "word", "punctuation"] as const satisfies TokenKind[];

/** Ends with a token of kind `end`. @throws TextFormError on a character that starts no token. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(PATTERN);
  let line = 1;
  let lineStart = 0;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const column = at - lineStart + 1;
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) {
      throw new TextFormError(`unexpected character ${JSON.stringify(text[at])}`, line, column);
    }
    const space = groups["space"];
    if (space !== undefined) {
      for (let i = 0; i < space.length; i++) {
        if (space[i] !== "\n") continue;
        line++;
        lineStart = at + i + 1;
      }
      continue;
    }
    for (const kind of KINDS) {
      const found = groups[kind];
      if (found !== undefined) tokens.push({ kind, text: found, line, column });
    }
  }
  tokens.push({ kind: "end", text: "", line, column: text.length - lineStart + 1 });
  return tokens;
}
