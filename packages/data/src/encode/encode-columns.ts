// Checked columns to the arrays that a network takes. All in f64 in plain order, then rounded to f32 once.

import { at, float64At, int32At, quote } from "@netwright/definitions";
import type { FieldData } from "../batch/row-store.ts";
import { placeOf } from "../check/column-problem.ts";
import { hits } from "../check/hits.ts";
import { saysTooLarge } from "../check/says.ts";
import type { OpenColumn, OpenWords } from "../fitted/open-encoders.ts";
import type { Place } from "../preprocess/encoder.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import {
  type Column,
  codesAt,
  lacksValue,
  rowPlace,
  type Table,
  type TextColumn,
  wordAt,
} from "../table/table.ts";
import { filledIn, wordsIn } from "./filled-in.ts";
import { sizeOf, widthOf } from "./inputs.ts";

export interface EncodedColumns {
  /** [rows x numbers of all columns], row-major. */
  readonly encoded: FieldData;
  readonly problems: readonly DataProblem[];
}

/** `rows` are indices from 0; `columns` and `fitted` go together. Indices become whole numbers, all else f32. */
export function encodeColumns(
  table: Table,
  columns: readonly Column[],
  fitted: readonly OpenColumn[],
  rows: Int32Array,
): EncodedColumns {
  const width = fitted.reduce((sum, fit) => sum + widthOf(fit), 0);
  const indices = fitted.length > 0 && fitted.every((fit) => fit.coding.output.kind === "index");
  const encoded = indices ? new Int32Array(rows.length * width) : new Float32Array(rows.length * width);
  const problems: DataProblem[] = [];
  let offset = 0;
  for (const [j, fit] of fitted.entries()) {
    const column = columns[j];
    const place = { into: encoded, at: offset, width };
    if (fit.kind === "number" && column?.kind === "number") {
      fit.coding.write(filledIn(column, rows, fit.fitted.missing.fill), place);
      const { reading } = fit;
      const spell = (row: number) => {
        const x = float64At(column.values, row);
        return reading === null ? String(x) : reading.spell(x);
      };
      problems.push(
        ...overflows(table, column, spell, rows, encoded, { offset, width, count: widthOf(fit) }),
      );
    } else if (fit.kind === "words" && column?.kind === "text") {
      const { codes, words } = wordsIn(column, rows, fit.fitted.missing.fill);
      fit.coding.writer(words)(codes, place);
      if (fit.coding.check !== undefined)
        problems.push(
          ...overflows(table, column, (row) => quote(wordAt(column, row)), rows, encoded, {
            offset,
            width,
            count: sizeOf(fit.coding.output),
          }),
        );
    } else throw new Error(`no encoder for column ${j} of ${columns.length}`);
    if (column !== undefined && fit.fitted.missing.indicator === true)
      writeIndicator(column, rows, { ...place, at: offset + sizeOf(fit.coding.output) });
    offset += widthOf(fit);
  }
  return { encoded, problems };
}

/** Values in original units, those that are missing filled in; of words their number among those of the encoder. */
export function originalsOf(
  columns: readonly Column[],
  fitted: readonly OpenColumn[],
  rows: Int32Array,
): Float64Array {
  const width = fitted.length;
  const originals = new Float64Array(rows.length * width);
  for (const [j, fit] of fitted.entries()) {
    const column = columns[j];
    const own =
      fit.kind === "number" && column?.kind === "number"
        ? filledIn(column, rows, fit.fitted.missing.fill)
        : fit.kind === "words" && column?.kind === "text"
          ? numbersOfWords(column, fit, rows)
          : new Float64Array(0);
    for (let i = 0; i < own.length; i++) originals[i * width + j] = float64At(own, i);
  }
  return originals;
}

/** 1 where the row lacks a value. */
function writeIndicator(column: Column, rows: Int32Array, { into, at: first, width }: Place): void {
  let place = first;
  for (const row of rows) {
    into[place] = lacksValue(column, row) ? 1 : 0;
    place += width;
  }
}

function numbersOfWords({ codes, words }: TextColumn, fit: OpenWords, rows: Int32Array): Float64Array {
  const known = new Map(fit.coding.words.map((word, code) => [word, code]));
  const own = words.map((word) => known.get(word) ?? known.size);
  return new Float64Array(codesAt({ codes, words }, rows).map((code) => at(own, code)));
}

function overflows(
  table: Table,
  column: Column,
  spell: (row: number) => string,
  rows: Int32Array,
  encoded: FieldData,
  { offset, width, count }: { readonly offset: number; readonly width: number; readonly count: number },
): DataProblem[] {
  const tooLarge: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    for (let k = offset; k < offset + count; k++) {
      if (Number.isFinite(encoded[i * width + k])) continue;
      tooLarge.push(int32At(rows, i));
      break;
    }
  }
  const found = hits(table, tooLarge);
  if (found === null) return [];
  const row = found.first;
  const message = `${placeOf(table, row, column)} ${saysTooLarge(spell(row))}.`;
  const advice = "Check the value; if it is right, use a larger unit, or `scale: zscore` when training.";
  const notes = [...found.notes, advice];
  return [error("NW0635", message, { notes, ...rowPlace(table, row), column: column.name })];
}
