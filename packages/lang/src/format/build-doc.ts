// The words of a file to a `Doc`. Reads the brackets again, which the parser found to be in order; what a
// brace or a parenthesis belongs to comes from `roles.ts`. Never drops or reorders a word but commas and line
// ends. The functions call one another as the grammar does, so they stand in one file.

import { type Doc, group, indent, lineEnd, nothing, space } from "./doc.ts";
import {
  addItem,
  addRemarks,
  behindOpening,
  type Entries,
  hasRemarks,
  inBraces,
  inBrackets,
} from "./entries.ts";
import type { Roles } from "./roles.ts";
import { isSpaced } from "./spacing.ts";
import { type Remark, startsLine, type Word } from "./words.ts";

interface Reader {
  readonly text: string;
  readonly words: readonly Word[];
  readonly roles: Roles;
  at: number;
  /** How many braces are open. */
  depth: number;
  /** Comments found inside the item that is being read: they go into its next braces, or before it. */
  inside: Remark[];
}

export function buildDoc(text: string, words: readonly Word[], roles: Roles): Doc {
  const reader: Reader = { text, words, roles, at: 0, depth: 0, inside: [] };
  const { entries } = readEntries(reader, undefined, readItem);
  return inBraces(entries, "");
}

function peek(reader: Reader): Word {
  const word = reader.words[reader.at];
  if (word === undefined) throw new Error("the formatter read past the end");
  return word;
}

function take(reader: Reader): Word {
  const word = peek(reader);
  reader.at++;
  return word;
}

const ENDS: ReadonlySet<string> = new Set(["RBrace", "RParen", "RSquare", "Comma", "Arrow", "End"]);

/** Up to the closing bracket, which is not taken. `lines`: some line ended in between. */
function readEntries(
  reader: Reader,
  opened: Entries | undefined,
  read: (reader: Reader) => Doc,
): { readonly entries: Entries; readonly lines: boolean } {
  const entries = opened ?? { opening: undefined, list: [] };
  const outside = reader.inside;
  let lines = false;
  for (;;) {
    const word = peek(reader);
    addRemarks(entries, word.remarks, opened !== undefined);
    lines ||= startsLine(word);
    if (word.kind === "Comma") reader.at++;
    else if (ENDS.has(word.kind)) break;
    else {
      const start = reader.at;
      reader.inside = [];
      const doc = read(reader);
      if (reader.at === start) throw new Error(`the formatter does not know \`${word.text}\` here`);
      addItem(entries, doc, word.lines > 1, reader.inside);
    }
  }
  reader.inside = outside;
  return { entries, lines };
}

// Items -------------------------------------------------------------------------------------------------

/** A statement, a setting or an expectation: to the end of its line, to a comma, or to the next one. */
function readItem(reader: Reader): Doc {
  const { start } = peek(reader);
  const end = reader.roles.unknown.get(start);
  return end === undefined ? readLine(reader).docs : asWritten(reader, start, end);
}

/** What the language does not know stays as it is. */
function asWritten(reader: Reader, start: number, end: number): Doc {
  while (peek(reader).start < end && peek(reader).kind !== "End") reader.at++;
  return reader.text.slice(start, end).replaceAll(/\r\n|\r/g, "\n");
}

/** `name { ... }` */
const readBranch = (reader: Reader): Doc => readWords(reader, { ends: "brace" }).docs;
const readEntry = (reader: Reader): Doc => readWords(reader, { ends: "bracket" }).docs;
const readLine = (reader: Reader): Words => readWords(reader, { ends: "line" });

interface Words {
  readonly docs: readonly Doc[];
  readonly braces: boolean;
}

/** The words of one item. Line ends inside brackets, and before `{` and `else`, mean nothing. */
function readWords(
  reader: Reader,
  { ends, within = false }: { readonly ends: "line" | "bracket" | "brace"; readonly within?: boolean },
): Words {
  const docs: Doc[] = [];
  const braces: { readonly at: number; readonly content: Doc }[] = [];
  let otherwise = false;
  let before: Word | undefined;
  for (let word = peek(reader); !ENDS.has(word.kind); word = peek(reader)) {
    const continues = word.kind === "LBrace" || word.kind === "Else";
    const isNext = startsLine(word) || reader.roles.items.has(word.start);
    if (ends === "line" && before !== undefined && isNext && !continues) break;
    if (before !== undefined || within) reader.inside.push(...word.remarks);
    if (isSpaced(before, word)) docs.push(" ");
    otherwise ||= word.kind === "Else";
    if (word.kind === "LBrace") {
      const body = readBraces(reader);
      braces.push({ at: docs.length, content: body });
      docs.push(body);
    } else if (word.kind === "LSquare" || word.role === "call") docs.push(readBrackets(reader));
    else if (word.kind === "LParen") docs.push(readGroup(reader));
    else docs.push(take(reader).text);
    before = reader.words[reader.at - 1];
    if (word.kind === "LBrace" && ends === "brace") break;
  }
  if (!otherwise) return { docs, braces: braces.length > 0 };
  // Of `if` and `else`, all bodies stand on one line or none does.
  for (const { at, content } of braces) docs[at] = ungrouped(content);
  return {
    docs: [
      group(
        docs,
        braces.some(({ content }) => isBroken(content)),
      ),
    ],
    braces: true,
  };
}

function ungrouped(doc: Doc): Doc {
  return typeof doc === "object" && "kind" in doc && doc.kind === "group" ? doc.content : doc;
}

function isBroken(doc: Doc): boolean {
  return typeof doc === "object" && "kind" in doc && doc.kind === "group" && doc.broken;
}

// Brackets ----------------------------------------------------------------------------------------------

/** Stay on one line when they are written on one line, have no comments, and fit. */
function readBraces(reader: Reader): Doc {
  const { start } = take(reader);
  const opened: Entries = { opening: undefined, list: [] };
  addRemarks(opened, reader.inside, true);
  reader.inside = [];
  const { flows, records } = reader.roles;
  // Of the braces that are neither, those of `expect` are outermost and those of `parallel` are not.
  const branches = !flows.has(start) && !records.has(start) && reader.depth > 0;
  const read = flows.has(start) ? readChain : branches ? readBranch : readItem;
  reader.depth++;
  const { entries, lines } = readEntries(reader, opened, read);
  reader.depth--;
  take(reader);
  const { opening, list } = entries;
  if (list.length === 0 && opening === undefined) return "{ }";
  const inner = inBraces(entries, branches ? "" : ",");
  const content = ["{", behindOpening(entries, space, inner), space, "}"];
  return group(content, lines || hasRemarks(entries));
}

/** `( )` of arguments and parameters, `[ ]`: on one line when they fit, however they are written. */
function readBrackets(reader: Reader): Doc {
  const open = take(reader).text;
  const { entries } = readEntries(reader, { opening: undefined, list: [] }, readEntry);
  const close = take(reader).text;
  const { opening, list } = entries;
  if (list.length === 0 && opening === undefined) return `${open}${close}`;
  return group(
    [open, behindOpening(entries, nothing, inBrackets(entries)), nothing, close],
    hasRemarks(entries),
  );
}

/** `( )` around one value; lines do not end in it. */
function readGroup(reader: Reader): Doc {
  const open = take(reader).text;
  const { docs } = readWords(reader, { ends: "bracket", within: true });
  reader.inside.push(...peek(reader).remarks);
  return [open, docs, take(reader).text];
}

// Flows -------------------------------------------------------------------------------------------------

/** Layers joined by `->`. When calls in a row do not fit, each arrow starts a line; none leaves a brace. */
function readChain(reader: Reader): Doc {
  const parts: Doc[] = [];
  let { docs: first, braces } = readLine(reader);
  let row: Doc[] = [];
  while (peek(reader).kind === "Arrow") {
    const remarks = [...take(reader).remarks, ...peek(reader).remarks];
    const step = readLine(reader);
    if (remarks.length > 0) row.push([commentsOf(remarks), lineEnd, "-> ", step.docs]);
    else if (!braces && !step.braces) row.push([space, "-> ", step.docs]);
    else {
      parts.push(rowOf(first, row), " -> ");
      first = step.docs;
      row = [];
    }
    braces = step.braces;
  }
  parts.push(rowOf(first, row));
  return parts;
}

function rowOf(first: readonly Doc[], row: readonly Doc[]): Doc {
  return row.length === 0 ? first : group([first, indent(row)]);
}

function commentsOf(remarks: readonly Remark[]): Doc[] {
  return remarks.map(({ text, own }, i) => (own || i > 0 ? [lineEnd, text] : { kind: "comment", text }));
}
