// Models written as a workbook, and what it gives for rows.

import type { PortableModel, SampleRow } from "@netwright/formats";
import { widthOf } from "@netwright/formats";
import { workbookOf } from "@netwright/formats/node";
import { type Computed, computed } from "./computed.ts";
import type { Value } from "./formulas.ts";

export const FIRST_ROW = 6;

export function written(model: PortableModel, rows: readonly SampleRow[], count = rows.length + 2) {
  const made = workbookOf(model, { rows: count }, rows);
  if ("refused" in made) throw new Error(JSON.stringify(made.refused));
  const [file] = made.files;
  if (file === undefined) throw new Error("no file");
  return file;
}

export function refusalsOf(model: PortableModel, rows = 100): readonly string[] {
  const made = workbookOf(model, { rows }, []);
  return "refused" in made ? made.refused.map(({ what, why }) => `${what} ${why}`) : [];
}

export interface Predicted {
  readonly book: Computed;
  /** Of each row: the word of a class, if there is one, numbers, and why there is none. */
  readonly words: readonly Value[];
  readonly numbers: readonly Value[];
  readonly problems: readonly Value[];
}

/** With so many of its samples on the sheet that checks. */
export function withSamples(model: PortableModel, count: number): PortableModel {
  const { rows, answers, given } = model.samples;
  const own = {
    rows: rows.slice(0, count),
    answers: answers.slice(0, count),
    given: given.slice(0, count * widthOf(model.outputs)),
  };
  return { ...model, samples: { ...model.samples, ...own } };
}

export async function predictedFor(model: PortableModel, rows: readonly SampleRow[]): Promise<Predicted> {
  const book = await computed(written(model, rows).content);
  const width = widthOf(model.outputs);
  const start = model.columns.length + 2 + (model.outputs.kind === "classes" ? 1 : 0);
  const at = (i: number, column: number) => book.valueAt("Predict", FIRST_ROW + i, column);
  return {
    book,
    words: rows.map((_, i) => at(i, start - 1)),
    numbers: rows.flatMap((_, i) => Array.from({ length: width }, (_, j) => at(i, start + j))),
    problems: rows.map((_, i) => at(i, start + width)),
  };
}
