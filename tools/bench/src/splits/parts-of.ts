// What each row of a table is for in a stated split, and the table that says so.

import { permutation } from "@netwright/data";

export type Part = "train" | "validation" | "test";

/** Of a table of so many rows; those for validation are drawn from all that are no test rows. */
export function partsOf(
  rows: number,
  test: readonly number[],
  seed: number,
  validation: number,
): readonly Part[] {
  const parts = new Array<Part>(rows).fill("train");
  for (const row of test) {
    if (row >= rows) throw new Error(`the table has ${rows} rows, and a split names row ${row}`);
    parts[row] = "test";
  }
  const others = parts.flatMap((part, row) => (part === "train" ? [row] : []));
  const drawn = permutation(others.length, seed, 0).slice(0, Math.round(validation * others.length));
  for (const place of drawn) parts[others[place] ?? 0] = "validation";
  return parts;
}

/** The table with the column `part`. */
export function withParts([head = "", ...rows]: readonly string[], parts: readonly Part[]): string {
  return `${[`${head},part`, ...rows.map((row, i) => `${row},${parts[i]}`)].join("\n")}\n`;
}
