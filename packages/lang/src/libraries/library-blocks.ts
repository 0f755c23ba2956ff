// What the libraries that come with the language define: blocks by their names, with the comment above them.

import { createReport } from "../report.ts";
import { sourceText } from "../source/source-text.ts";
import { parse } from "../syntax/parse.ts";
import { libraries } from "./libraries.ts";

export interface LibraryBlock {
  /** As `use` names it: `netwright/tabular`. */
  readonly library: string;
  readonly name: string;
  /** As it is written: `tabm(width = 512, depth = 3)`. */
  readonly signature: string;
  /** Empty where none stands above the block. */
  readonly comment: string;
}

/** Undefined for a name that no library has. Reads the libraries: for mistakes and help, not for each file. */
export function libraryBlock(name: string): LibraryBlock | undefined {
  for (const [library, text] of libraries) {
    const file = parse(sourceText(library, text), createReport());
    const block = file.items.find((item) => item.kind === "block" && item.name.text === name);
    if (block?.kind !== "block") continue;
    const written = text.slice(block.name.span.start, block.body.span.start).replace(/\{$/, "").trim();
    // On one line, where parameters stand on lines of their own.
    const signature = written.replace(/\s+/g, " ").replace("( ", "(").replace(/, \)$/, ")");
    return { library, name, signature, comment: commentAbove(text, block.span.start) };
  }
  return undefined;
}

function commentAbove(text: string, start: number): string {
  const before = text.slice(0, start).trimEnd().split("\n");
  const isAdjacent = text.slice(0, start).endsWith("\n") && !/\n\s*\n$/.test(text.slice(0, start));
  const from = before.findLastIndex((line) => !line.startsWith("#")) + 1;
  const lines = isAdjacent ? before.slice(from) : [];
  return lines.map((line) => line.replace(/^#\s*/, "")).join(" ");
}
