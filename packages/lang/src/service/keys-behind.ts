// The keys that a record has behind a place, for a completion that offers none twice.

import type { SourceText } from "../source/source-text.ts";
import { isWord, STRINGS, spelling } from "./frames.ts";
import { tokensBehind } from "./tokens.ts";

const OPENERS: ReadonlySet<string> = new Set(["LBrace", "LParen", "LSquare"]);
const CLOSERS: ReadonlySet<string> = new Set(["RBrace", "RParen", "RSquare"]);
const AFTER_KEY: ReadonlySet<string> = new Set(["Colon", "Equal", "LBrace"]);

export function keysBehind(source: SourceText, offset: number): string[] {
  const keys: string[] = [];
  const tokens = tokensBehind(source, offset);
  let depth = 0;
  // What stands at the cursor itself may be the key that is being typed.
  let fresh = false;
  for (const [i, token] of tokens.entries()) {
    if (depth === 0 && fresh && (isWord(token) || STRINGS.has(token.kind))) {
      if (AFTER_KEY.has(tokens[i + 1]?.kind ?? "")) keys.push(spelling(token, source));
    }
    if (OPENERS.has(token.kind)) depth++;
    else if (CLOSERS.has(token.kind) && --depth < 0) break;
    fresh = token.kind === "Newline" || token.kind === "Comma" || token.kind === "Comment";
  }
  return keys;
}
