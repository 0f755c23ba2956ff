// What every formatting keeps: the words, the comments, the tree; and a second one changes nothing.

import { createReport, format, parse, type Syntax, sourceText } from "../../src/index.ts";

/** Throws what is wrong. Gives the formatted text, or undefined where the text was refused. */
export function formatAndCheck(text: string): string | undefined {
  const formed = format(text, "test.net");
  if (formed.diagnostics.length > 0) {
    if (formed.text !== text) throw new Error("a text that is refused stays as it is");
    return undefined;
  }
  const [before, after] = [read(text), read(formed.text)];
  const bare = sourceText("", text).text;
  same("words", words(bare, before), words(formed.text, after));
  same("comments", comments(bare, before), comments(formed.text, after));
  same("tree", tree(before), tree(after));
  same("second formatting", formed.text, format(formed.text, "test.net").text);
  const [line] = formed.text.match(/^.*[\t\r ]$/m) ?? [];
  if (line !== undefined && !before.items.some(({ kind }) => kind === "unknown"))
    throw new Error(`blank at the end of ${JSON.stringify(line)}`);
  if (!/^$|[^\n]\n$/.test(formed.text)) throw new Error("the text ends with one line end");
  return formed.text;
}

function read(text: string): Syntax.File {
  return parse(sourceText("test.net", text), createReport());
}

function words(text: string, { tokens }: Syntax.File): string {
  return spelt(text, tokens, (kind) => !["Newline", "Comma", "Comment"].includes(kind)).join(" ");
}

function comments(text: string, { tokens }: Syntax.File): string {
  const all = spelt(text, tokens, (kind) => kind === "Comment");
  return all
    .map((comment) => comment.trimEnd())
    .sort()
    .join("\n");
}

function spelt(text: string, tokens: readonly Syntax.Token[], wanted: (kind: string) => boolean): string[] {
  return tokens.filter(({ kind }) => wanted(kind)).map(({ span }) => text.slice(span.start, span.end));
}

/** Without places. */
function tree({ items }: Syntax.File): string {
  return JSON.stringify(items, (key, value) =>
    ["span", "keyword", "operatorSpan", "at"].includes(key) ? undefined : value,
  );
}

function same(what: string, before: string, after: string): void {
  if (before !== after) throw new Error(`${what} differ:\n${before}\n${after}`);
}
