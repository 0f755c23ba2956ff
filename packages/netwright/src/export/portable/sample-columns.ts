// A value for each column, drawn by a seed of what the contract says: no row of any table is needed, and none is given away.

import type { OpenColumn, OpenNumbers, OpenWords, RandomBelow } from "@netwright/data";
import { at } from "@netwright/definitions";
import type { RefusedRow, SampleValue } from "@netwright/formats";
import { strangerTo } from "./column-coding.ts";

/** What a host is given, and what a table has for it. */
export interface SampleCell {
  readonly value: SampleValue;
  readonly cell: SampleValue;
}

const EMPTY: SampleCell = { value: null, cell: null };

/** One value in so many is empty, or a word that nobody knows, where the column takes that. */
const RARELY = 8;

/** A value that the model takes. */
export function sampleCell(open: OpenColumn, below: RandomBelow): SampleCell {
  // Drawn whether it is used or not, so that one column changes none behind it.
  const odd = below(RARELY);
  if (odd === 0 && takesGaps(open)) return EMPTY;
  return open.kind === "number" ? numberCell(open, below) : wordCell(open, below, odd === 1);
}

function takesGaps({ fitted, policy }: OpenColumn): boolean {
  return fitted.missing.fill !== null || policy.asWord;
}

/** Between the bounds of the file, within what training has seen; steps of a thousandth of that. */
function numberCell(open: OpenNumbers, below: RandomBelow): SampleCell {
  const drawn = below(1001) / 1000;
  const { least, greatest } = rangeOf(open);
  const width = greatest - least;
  const inside = Number.isFinite(width) ? least + width * drawn : least * (1 - drawn) + greatest * drawn;
  const x = Number(inside.toPrecision(6));
  const isWhole = open.fitted.contract.whole === true || open.reading !== null;
  return told(open, Math.min(Math.max(isWhole ? Math.round(x) : x, least), greatest));
}

function told({ reading }: OpenNumbers, value: number): SampleCell {
  if (reading === null) return { value, cell: value };
  const cell = reading.spell(value);
  const read = reading.read(cell);
  // A date without a time is what its day begins with.
  return { value: typeof read === "number" ? read : value, cell };
}

/** What training has seen, else the bounds, else three deviations around the centre of what was learned. */
function rangeOf({ fitted, coding }: OpenNumbers): { readonly least: number; readonly greatest: number } {
  const { contract, seen } = fitted;
  const invert = coding.scaling?.unheld ?? coding.scaling?.invert;
  const [low, high] = invert === undefined ? [-1, 1] : [invert(-3), invert(3)];
  const least = Math.max(contract.min ?? Number.NEGATIVE_INFINITY, seen?.min ?? finite(contract.min, low));
  const greatest = Math.min(
    contract.max ?? Number.POSITIVE_INFINITY,
    seen?.max ?? finite(contract.max, high),
  );
  return { least, greatest: Math.max(least, greatest) };
}

function finite(bound: number | null, learned: number): number {
  return bound ?? (Number.isFinite(learned) ? learned : 0);
}

function wordCell({ fitted, coding }: OpenWords, below: RandomBelow, isOdd: boolean): SampleCell {
  const known = wordsOf({ fitted, coding });
  const drawn = below(Math.max(1, known.length));
  const isOpen = fitted.contract.values === null && coding.unknown !== "error";
  const stranger = isOpen ? strangeCell({ fitted, coding }, below) : null;
  const isStrange = stranger !== null && (isOdd || known.length === 0);
  const word = isStrange ? stranger : at(known, drawn);
  return { value: word, cell: word };
}

/** Whether there is a cell for the column: none is made of a picture. */
export function hasSample(open: OpenColumn): boolean {
  if (open.kind === "number") return true;
  return wordsOf(open).length > 0 || strangeCell(open, () => 0) !== null;
}

/** What the column takes and is none of its words: of lists numbers, of others a text. Null where it takes neither. */
function strangeCell(
  { fitted, coding }: Pick<OpenWords, "fitted" | "coding">,
  below: RandomBelow,
): string | null {
  const { length } = fitted.params;
  const list = typeof length === "number" ? Array.from({ length }, () => below(2000) / 1000) : [];
  const cells = [strangerTo(coding.words), `[${list.join(", ")}]`];
  return cells.find((cell) => (coding.check?.(cell) ?? null) === null && coding.knows(cell)) ?? null;
}

/** Those that a cell may hold. */
function wordsOf({ fitted, coding }: Pick<OpenWords, "fitted" | "coding">): readonly string[] {
  const stated = fitted.contract.values;
  return coding.words.filter((word) => word !== "" && (stated === null || stated.includes(word)));
}

/** What the model refuses of the column, each once. */
export function refusedCells(open: OpenColumn): readonly (SampleCell & Pick<RefusedRow, "because">)[] {
  const empty = takesGaps(open) ? [] : [{ ...EMPTY, because: "empty" as const }];
  if (open.kind === "words") {
    const { coding, fitted } = open;
    const isClosed = fitted.contract.values !== null || coding.unknown === "error";
    const stranger = strangerTo(coding.words);
    return [
      ...empty,
      ...(isClosed && coding.many === undefined && coding.check === undefined
        ? [{ value: stranger, cell: stranger, because: "unknown word" as const }]
        : []),
    ];
  }
  const { min, max, whole } = open.fitted.contract;
  if (open.reading !== null) return empty;
  const { least, greatest } = rangeOf(open);
  const width = Math.max(1, Math.ceil(greatest - least));
  const one = (value: number, because: RefusedRow["because"]) => ({ value, cell: value, because });
  return [
    ...empty,
    ...(min === null ? [] : [one(Math.floor(min) - width, "below the range")]),
    ...(max === null ? [] : [one(Math.ceil(max) + width, "above the range")]),
    ...(whole === true ? [one(Math.floor(least) + 0.5, "not whole")] : []),
  ];
}
