// Of which places enough has been said: where the grammar is broken, what follows from that is no news.

import type { Span } from "@netwright/definitions";
import type { Fix } from "../diagnostic.ts";
import type { Report } from "../report.ts";
import { lineOf, type Sources } from "../source/source-text.ts";
import { countUpTo, segmentsOf } from "./segments.ts";
import type { File } from "./tree.ts";

/** A bracket that is missing or too much leaves open what belongs to what on its line. */
const BRACKETS: ReadonlySet<string> = new Set(["NW0108", "NW0109"]);

/** `=` stands for `:`, and it is plain what was meant: the rest is read as usual. */
export function isOnlySpelling(fix: Fix | undefined): boolean {
  const [edit] = fix?.edits ?? [];
  return edit?.text === ":" && edit.span.end > edit.span.start;
}

/**
 * A place is silenced that shares a segment with a mistake of `reading`, or holds one. Sees what `reading` and `files`
 * get later, too.
 */
export function silencedBy(
  reading: Report,
  files: readonly File[],
  sources: Sources,
): (span: Span) => boolean {
  const segments = new Map<string, (offset: number) => number>();
  const said = new Map<string, { readonly keys: Set<string>; readonly starts: number[] }>();
  let seen = 0;
  const segment = ({ file, start }: Span): string => {
    const tokens = files.find((one) => one.span.file === file)?.tokens;
    if (tokens === undefined) return lineKey({ file, start, end: start });
    const find = segments.get(file) ?? segmentsOf(tokens);
    segments.set(file, find);
    return `segment ${find(start)}`;
  };
  const lineKey = ({ file, start }: Span): string => {
    const source = sources.get(file);
    return `line ${source === undefined ? 0 : lineOf(source, start)}`;
  };
  return (span) => {
    for (const { code, span: at, fix } of reading.diagnostics.slice(seen)) {
      if (at === undefined || isOnlySpelling(fix)) continue;
      const there = said.get(at.file) ?? { keys: new Set(), starts: [] };
      said.set(at.file, there);
      there.keys.add(BRACKETS.has(code) ? lineKey(at) : segment(at));
      there.starts.push(at.start);
    }
    if (seen < reading.diagnostics.length) {
      for (const { starts } of said.values()) starts.sort((a, b) => a - b);
    }
    seen = reading.diagnostics.length;
    const there = said.get(span.file);
    if (there === undefined) return false;
    const inside = countUpTo(there.starts, span.end) - countUpTo(there.starts, span.start - 1);
    return inside > 0 || there.keys.has(segment(span)) || there.keys.has(lineKey(span));
  };
}
