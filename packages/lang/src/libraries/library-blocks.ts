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

/** The comment whose last line stands right above: a blank line between makes it one of something else. */
function commentAbove(text: string, start: number): string {
  const [own, ...above] = text.slice(0, start).split("\n").reverse();
  if (own !== "") return "";
  const end = above.findIndex((line) => !line.startsWith("#"));
  const comment = above.slice(0, end === -1 ? above.length : end).reverse();
  return comment.map((line) => line.replace(/^#\s*/, "")).join(" ");
}
