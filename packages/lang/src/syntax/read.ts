// Tokens to concrete syntax tree. Most texts hold no mistake, and a parser that cannot recover from one is made in
// half the time: the other one is made, and reads the same tokens again, where a text needs it.

import type { CstNode, IRecognitionException, IToken } from "chevrotain";
import { NetParser } from "./grammar.ts";
import { once } from "./once.ts";

export interface Read {
  readonly cst: CstNode;
  readonly errors: readonly IRecognitionException[];
}

/** `tokens` as a whole file, or as one value. */
export function read(rule: "file" | "value", tokens: readonly IToken[]): Read {
  const first = readWith(plain(), rule, tokens);
  return first.errors.length === 0 ? first : readWith(recovering(), rule, tokens);
}

function readWith(parser: NetParser, rule: "file" | "value", tokens: readonly IToken[]): Read {
  parser.input = [...tokens];
  const cst = parser[rule]();
  return { cst, errors: parser.errors };
}

// They hold no state between calls: setting `input` resets it.
const plain = once(() => new NetParser({ recoveryEnabled: false }));
const recovering = once(() => new NetParser({ recoveryEnabled: true }));
