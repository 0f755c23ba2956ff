// Texts with a cursor, and what the service reads from them.

import { analyze, sourceText } from "../../src/index.ts";
import { type Names, namesOf, tokensOf } from "../../src/service/index.ts";
import { catalog } from "../catalog.ts";
import { hostOf } from "../host.ts";

export const FILE = "test.net";

/** A text with `|` where the cursor is. */
export function cursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf("|");
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

export function read(text: string, files: Readonly<Record<string, string>> = {}) {
  const analysis = analyze({ file: FILE, text }, { catalog, host: hostOf(files) });
  const source = sourceText(FILE, text);
  const names: Names = namesOf(analysis, catalog);
  return { analysis, source, names, tokens: tokensOf(source) };
}
