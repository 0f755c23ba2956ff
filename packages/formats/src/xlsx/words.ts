// The sheet of words: what each column of words knows, the place of each, and the numbers beside it.

import { at } from "@netwright/definitions";
import type { PortableColumn, WordCoding, WordColumn } from "../model/columns.ts";
import { takenWords } from "../model/taken.ts";
import { type Book, FIRST_ROW, HEAD_ROW } from "./book.ts";
import { LOOKS } from "./looks.ts";
import type { Block } from "./references.ts";
import type { Sheet } from "./sheet.ts";

/** The words of a column, one below the other; a word is told by its place from 1 on. */
export interface WordList {
  readonly words: Block;
  /** With that of all others, where they are taken. */
  readonly places: Block;
  /** The place, and 0 for a word that is refused. */
  readonly taken: Block;
  /** Those that can be chosen; null where they do not lie together. */
  readonly choices: Block | null;
  /** Numbers beside each place; null where a word is one of several numbers. */
  readonly numbers: Block | null;
  /** Of another word: that behind the last one. */
  readonly others: number;
  readonly placeOf: (word: string) => number;
}

export interface WordsAndClasses {
  readonly lists: ReadonlyMap<string, WordList>;
  /** Of the target. */
  readonly classes: Block | null;
}

type Carried = Extract<WordCoding, { kind: "one_hot" | "numbers" }>;

export function wordsOf(
  book: Book,
  columns: readonly PortableColumn[],
  target: { readonly name: string; readonly words: readonly string[] } | null,
): WordsAndClasses {
  const own = columns.filter((column) => column.kind === "words");
  const lists = new Map<string, WordList>();
  if (own.length === 0 && target === null) return { lists, classes: null };
  const sheet = book.sheet("Words");
  sheet.text(1, 1, "Words", LOOKS.title);
  sheet.text(
    2,
    1,
    "A word counts as its place, 0 as refused; behind it are the numbers that stand for it",
    LOOKS.about,
  );
  sheet.frozen = HEAD_ROW;
  let start = 1;
  for (const column of own) {
    const { coding } = column;
    if (coding.kind !== "one_hot" && coding.kind !== "numbers") throw new Error(`${coding.kind} is refused`);
    const list = listOf(sheet, start, column, coding);
    lists.set(column.name, list);
    start += 4 + (list.numbers?.columns ?? 0);
  }
  return { lists, classes: target === null ? null : classesOf(sheet, start, target) };
}

function listOf(sheet: Sheet, start: number, column: WordColumn, coding: Carried): WordList {
  const { name } = column;
  const taken = takenWords(column);
  // What is no word of the model is missing there, whatever the file states.
  const stated = coding.unknown === "missing" ? [] : (column.values ?? []);
  const words = [...new Set([...coding.words, ...coding.rare, ...stated])];
  const placeOf = (word: string) => words.indexOf(word) + 1;
  const isTaken = (word: string) => taken === null || taken.includes(word);
  const rows = words.length + (taken === null ? 1 : 0);
  const block = (column: number, length: number): Block => ({
    sheet: sheet.name,
    row: FIRST_ROW,
    column: start + column,
    rows: length,
    columns: 1,
  });
  sheet.text(HEAD_ROW - 1, start, name, LOOKS.group);
  ["word", "place", "taken as"].forEach((label, i) => {
    sheet.text(HEAD_ROW, start + i, label, LOOKS.label);
  });
  sheet.column(start, Math.min(Math.max(12, ...words.map(({ length }) => length + 2)), 40), { format: "@" });
  words.forEach((word, i) => {
    if (word !== "") sheet.text(FIRST_ROW + i, start, word, { format: "@" });
    sheet.number(FIRST_ROW + i, start + 1, i + 1);
    sheet.number(FIRST_ROW + i, start + 2, isTaken(word) ? i + 1 : 0);
  });
  if (taken === null) {
    sheet.text(FIRST_ROW + words.length, start, "any other word", LOOKS.hint);
    sheet.number(FIRST_ROW + words.length, start + 1, rows);
  }
  const own = block(0, words.length);
  return {
    words: own,
    places: block(1, rows),
    taken: block(2, words.length),
    choices: choicesIn(own, words, isTaken),
    numbers: coding.kind === "numbers" ? numbersIn(sheet, start + 3, words, rows, coding) : null,
    others: words.length + 1,
    placeOf,
  };
}

function numbersIn(
  sheet: Sheet,
  start: number,
  words: readonly string[],
  count: number,
  { rows, others, words: known }: Extract<WordCoding, { kind: "numbers" }>,
): Block {
  const width = at(rows, 0).length;
  for (let j = 0; j < width; j++) sheet.text(HEAD_ROW, start + j, String(j + 1), LOOKS.label);
  for (let i = 0; i < count; i++) {
    const numbers = rows[known.indexOf(words[i] ?? "")] ?? others;
    for (let j = 0; j < width; j++) sheet.number(FIRST_ROW + i, start + j, numbers?.[j] ?? 0);
  }
  return { sheet: sheet.name, row: FIRST_ROW, column: start, rows: count, columns: width };
}

function choicesIn(block: Block, words: readonly string[], isTaken: (word: string) => boolean): Block | null {
  const skipped = words[0] === "" ? 1 : 0;
  const own = words.slice(skipped);
  if (own.length === 0 || own.includes("") || !own.every(isTaken)) return null;
  return { ...block, row: block.row + skipped, rows: own.length };
}

function classesOf(
  sheet: Sheet,
  start: number,
  { name, words }: { readonly name: string; readonly words: readonly string[] },
): Block {
  sheet.text(HEAD_ROW - 1, start, `${name}, predicted`, LOOKS.group);
  sheet.text(HEAD_ROW, start, "class", LOOKS.label);
  sheet.column(start, Math.min(Math.max(12, ...words.map(({ length }) => length + 2)), 40), { format: "@" });
  words.forEach((word, i) => {
    sheet.text(FIRST_ROW + i, start, word, { format: "@" });
  });
  return { sheet: sheet.name, row: FIRST_ROW, column: start, rows: words.length, columns: 1 };
}
