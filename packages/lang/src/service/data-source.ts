// The data file that a text names, read from its tokens, so that it is known while the text is broken: the
// string behind `source` in `data`.

import type { SourceText } from "../source/source-text.ts";
import type { Token } from "../syntax/tree.ts";

export function dataSourceOf(tokens: readonly Token[], { text }: SourceText): string | undefined {
  const start = tokens.findIndex(({ kind }) => kind === "Data");
  for (let i = start; i >= 0 && i + 2 < tokens.length; i++) {
    const [key, colon, value] = [tokens[i], tokens[i + 1], tokens[i + 2]];
    if (key === undefined || colon?.kind !== "Colon" || value?.kind !== "StringLiteral") continue;
    if (text.slice(key.span.start, key.span.end) !== "source") continue;
    return unquoted(text.slice(value.span.start, value.span.end));
  }
  return undefined;
}

function unquoted(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/g, "$1");
}
