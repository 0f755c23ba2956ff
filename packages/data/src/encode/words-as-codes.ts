// Rows of a wide input that lie as short as they are: of a column of words the number of its word, which becomes what the
// network takes when rows are gathered. A word of ten thousand would be as many numbers in each row, all but one of them 0.

import { int32At, ONLY_INPUT } from "@netwright/definitions";
import type { FieldData, FieldLayout, RowStore } from "../batch/row-store.ts";
import type { OpenColumn, OpenWords } from "../fitted/open-encoders.ts";
import type { WriteWords } from "../preprocess/encoder.ts";
import { roomFor } from "../table/room.ts";
import type { Column, TextColumn } from "../table/table.ts";
import { filledWords } from "./filled-in.ts";
import { inputsOf, sizeOf, widthOf } from "./inputs.ts";
import type { RowsWriter } from "./rows-writer.ts";

/** Bytes of the numbers of words; from there on they are made as they are needed. */
const MANY = 16e6;

/** The fields that lie in place of the input of plain numbers. No input has such a name. */
export const NUMBERS = "#numbers";
export const CODES = "#codes";

/** The input of plain numbers, by how it lies; columns in its order. */
export interface CodedInput {
  readonly numbers: readonly OpenColumn[];
  readonly words: readonly OpenWords[];
  /** The places in a row of the input, in its order: of each column of words, and of numbers that lie side by side. */
  readonly spans: readonly Span[];
  readonly width: number;
}

type Span = { readonly at: number; readonly width: number } & (
  | { readonly of: "numbers"; readonly from: number }
  | { readonly of: "words"; readonly index: number }
);

/** `null` where all of the input may lie as it is. `isKept` names columns whose rows are no matter of their words alone. */
export function codedInput(
  features: readonly OpenColumn[],
  rows: number,
  isKept: (column: OpenColumn) => boolean,
): CodedInput | null {
  const input = inputsOf(features).find(({ name }) => name === ONLY_INPUT);
  if (input === undefined) return null;
  const numbers: OpenColumn[] = [];
  const words: OpenWords[] = [];
  const spans: Span[] = [];
  let [width, from, ofWords] = [0, 0, 0];
  for (const { column } of input.columns) {
    const own = widthOf(column);
    if (column.kind === "words" && !isKept(column) && isShort(column)) {
      spans.push({ of: "words", index: words.length, at: width, width: own });
      words.push(column);
      ofWords += own;
    } else {
      const before = spans.at(-1);
      if (before?.of === "numbers") spans.splice(-1, 1, { ...before, width: before.width + own });
      else spans.push({ of: "numbers", from, at: width, width: own });
      numbers.push(column);
      from += own;
    }
    width += own;
  }
  return 4 * rows * ofWords > MANY ? { numbers, words, spans, width } : null;
}

/** Whether the number of its word says what a row becomes, and is shorter than that. */
function isShort({ coding, fitted }: OpenWords): boolean {
  return coding.isSlow !== true && fitted.missing.indicator !== true && sizeOf(coding.output) > 1;
}

function wordsOf(column: Column | undefined, { fitted }: OpenWords) {
  return filledWords(textOf(column, fitted.name), fitted.missing.fill);
}

/** What writes them, in any rows. */
export function writerOf(column: Column | undefined, fit: OpenWords): WriteWords {
  return fit.coding.writer(wordsOf(column, fit).words);
}

function textOf(column: Column | undefined, name: string): TextColumn {
  if (column?.kind !== "text") throw new Error(`no words in column ${name}`);
  return column;
}

/** The numbers of the words of all columns side by side. `words` and `columns` go together. */
export function codesWriter(
  columns: readonly (Column | undefined)[],
  words: readonly OpenWords[],
): RowsWriter {
  const own = words.map((fit, j) => wordsOf(columns[j], fit));
  return {
    width: words.length,
    array: "Int32Array",
    write(rows, _start, { into, at, width }) {
      for (const [j, { codesIn }] of own.entries()) writeCodes(codesIn(rows), into, at + j, width);
    },
    problems: () => [],
  };
}

function writeCodes(codes: Int32Array, into: FieldData, from: number, step: number): void {
  for (let i = 0, place = from; i < codes.length; i++, place += step) into[place] = int32At(codes, i);
}

/** The same rows with the input in place of what lies for it. `writers` are those of `input.words`. */
export function withInput(lying: RowStore, input: CodedInput, writers: readonly WriteWords[]): RowStore {
  const layoutOf = (name: string) => lying.fields.find((field) => field.name === name);
  const [numbers, codes] = [layoutOf(NUMBERS), layoutOf(CODES)];
  const whole: FieldLayout = { name: ONLY_INPUT, width: input.width, array: "Float32Array" };
  const others = lying.fields.filter((field) => field !== numbers && field !== codes);
  const rooms = { numbers: roomFor(Float32Array), words: roomFor(Int32Array), own: roomFor(Int32Array) };
  return {
    rows: lying.rows,
    fields: [whole, ...others],
    gather(order, start, count, into) {
      const inner = new Map(into);
      const to = inner.get(ONLY_INPUT);
      inner.delete(ONLY_INPUT);
      if (to === undefined) return lying.gather(order, start, count, inner);
      if (count * input.width > to.length || to.length % input.width !== 0)
        throw new RangeError(`${count} rows of ${input.width} numbers, ${ONLY_INPUT}, into ${to.length}`);
      const ofNumbers = rooms.numbers(count * (numbers?.width ?? 0));
      const ofWords = rooms.words(count * (codes?.width ?? 0));
      if (numbers !== undefined) inner.set(NUMBERS, ofNumbers);
      if (codes !== undefined) inner.set(CODES, ofWords);
      lying.gather(order, start, count, inner);
      const own = rooms.own(count);
      for (const span of input.spans) {
        if (span.of === "numbers") copySpan(ofNumbers, numbers?.width ?? 0, span, to, input.width);
        else {
          for (let row = 0; row < count; row++)
            own[row] = ofWords[row * input.words.length + span.index] ?? -1;
          writers[span.index]?.(own, { into: to, at: span.at, width: input.width });
        }
      }
    },
  };
}

function copySpan(
  data: Float32Array,
  stride: number,
  { from, at, width }: Extract<Span, { of: "numbers" }>,
  to: FieldData,
  row: number,
): void {
  for (let [source, target] = [from, at]; source < data.length; source += stride, target += row) {
    for (let i = 0; i < width; i++) to[target + i] = data[source + i] ?? Number.NaN;
  }
}
