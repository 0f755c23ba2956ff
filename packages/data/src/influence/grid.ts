// Values of one column, spread over what it was in training, as rows of that column alone.

import { float64At } from "@netwright/definitions";
import type { RowStore } from "../batch/row-store.ts";
import { encodeRows } from "../encode/encode-rows.ts";
import { rowsOf } from "../encode/split-data.ts";
import type { OpenColumn } from "../fitted/open-encoders.ts";
import { gapsIn } from "../table/gaps-in.ts";
import { PLAIN_NUMBERS } from "../table/number-text.ts";
import type { Column } from "../table/table.ts";
import { type Block, blockOf } from "./column-block.ts";

export interface Grid {
  /** Numbers in original units, or as a cell has them; words as they are, "" for a missing one. */
  readonly values: readonly (number | string)[];
  readonly store: RowStore;
  readonly block: Block;
}

/** Of more words those are shown that occur most often. */
const MOST_WORDS = 20;

/**
 * Of numbers the least and the greatest of training and the tenths between them, each once; of words all that are told apart. Null
 * where that is not known, as of texts, whose cells are all different, and of models that were saved without it.
 */
export function gridOf(column: OpenColumn): Grid | null {
  const { name } = column.fitted;
  const values = column.kind === "number" ? tenthsOf(column) : wordsOf(column);
  const block = blockOf([column], name);
  if (values.length === 0 || block === undefined) return null;
  const { encoded, problems } = encodeRows({
    table: { name, rows: values.length, columns: [], lines: null, numbers: PLAIN_NUMBERS },
    columns: [columnOf(name, values)],
    features: [column],
    rows: Int32Array.from(values.keys()),
  });
  if (problems.length > 0) return null;
  const spell = column.kind === "number" ? column.reading?.spell : undefined;
  return {
    values: spell === undefined ? values : values.map((value) => spell(Number(value))),
    store: rowsOf({ rows: values.length, ...encoded }),
    block,
  };
}

function tenthsOf({ fitted }: Extract<OpenColumn, { kind: "number" }>): readonly number[] {
  const { seen } = fitted;
  if (seen === undefined) return [];
  const all = [seen.min, ...(seen.distribution?.edges ?? []), seen.max];
  return [...new Set(all)].sort((a, b) => a - b);
}

function wordsOf({ fitted, coding }: Extract<OpenColumn, { kind: "words" }>): readonly string[] {
  if (coding.readsParts === true || coding.many !== undefined) return [];
  const { words } = coding;
  const counts = fitted.seen?.counts ?? [];
  if (words.length <= MOST_WORDS) return words;
  const often = [...words.keys()]
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b)
    .slice(0, MOST_WORDS);
  return often.sort((a, b) => a - b).flatMap((code) => words[code] ?? []);
}

function columnOf(name: string, values: readonly (number | string)[]): Column {
  const numbers = Float64Array.from(values, (value) => (typeof value === "number" ? value : Number.NaN));
  if (values.every((_, i) => !Number.isNaN(float64At(numbers, i))))
    return { kind: "number", name, values: numbers, missing: new Uint8Array(values.length), gaps: 0 };
  const words = values.map(String);
  const codes = Int32Array.from(words.keys());
  return { kind: "text", name, codes, words, gaps: gapsIn({ codes, words }) };
}
