// What stands between two brackets, or in a file: items and comments, one below the other. A comment that
// follows an item on its line stays there; one on a line of its own is an entry of its own.

import { blankLine, type Doc, indent, type Line, space } from "./doc.ts";
import type { Remark } from "./words.ts";

export interface Entry {
  readonly doc: Doc;
  readonly remark: boolean;
  readonly blank: boolean;
  trailing: string | undefined;
}

export interface Entries {
  /** A comment behind the opening bracket. */
  opening: string | undefined;
  readonly list: Entry[];
}

export function addRemarks(entries: Entries, remarks: readonly Remark[], opens: boolean): void {
  for (const { text, own, blank } of remarks) {
    const last = entries.list.at(-1);
    if (!own && opens && last === undefined && entries.opening === undefined) entries.opening = text;
    else if (!own && last !== undefined && !last.remark && last.trailing === undefined) last.trailing = text;
    else entries.list.push({ doc: text, remark: true, blank, trailing: undefined });
  }
}

/** The comments found inside an item stand before it. */
export function addItem(entries: Entries, doc: Doc, blank: boolean, inside: readonly Remark[]): void {
  for (const [i, { text }] of inside.entries()) {
    entries.list.push({ doc: text, remark: true, blank: blank && i === 0, trailing: undefined });
  }
  entries.list.push({ doc, remark: false, blank: blank && inside.length === 0, trailing: undefined });
}

export function hasRemarks({ opening, list }: Entries): boolean {
  return opening !== undefined || list.some(({ remark, trailing }) => remark || trailing !== undefined);
}

/** One below the other, or in a row with `separator`; on lines of their own, nothing separates them. */
export function inBraces({ list }: Entries, separator: string): Doc[] {
  return list.map((entry, i) => {
    const before: Doc[] =
      i === 0 ? [] : [{ kind: "choice", flat: separator, broken: "" }, entry.blank ? blankLine : space];
    return [...before, entry.doc, behind(entry)];
  });
}

/** Separated by commas, with one behind the last when each has its line. Empty lines are not kept. */
export function inBrackets({ list }: Entries): Doc[] {
  const last = list.findLastIndex(({ remark }) => !remark);
  return list.map((entry, i) => {
    const comma: Doc = entry.remark ? "" : i < last ? "," : { kind: "choice", flat: "", broken: "," };
    return [i === 0 ? "" : space, entry.doc, comma, behind(entry)];
  });
}

function behind({ trailing }: Entry): Doc {
  return trailing === undefined ? "" : { kind: "comment", text: trailing };
}

/** What follows an opening bracket: its comment, and `list`, which `line` sets off. */
export function behindOpening({ opening, list: { length } }: Entries, line: Line, list: readonly Doc[]): Doc {
  const comment: Doc = opening === undefined ? "" : { kind: "comment", text: opening };
  return length === 0 ? comment : [comment, indent([line, list])];
}
