// Rows beside the samples, which hosts with checks of their own are asked about.

import type { PortableColumn, PortableModel, SampleRow, SampleValue } from "@netwright/formats";

const withCell = (row: SampleRow, column: PortableColumn, value: SampleValue): SampleRow => ({
  ...row,
  values: { ...row.values, [column.name]: value },
});

/** With a cell that no column takes: a text where a number is wanted, a number that is too large, a truth value that is none. */
export function oddRows({ columns, samples }: PortableModel): readonly SampleRow[] {
  const [row] = samples.rows;
  if (row === undefined) return [];
  return columns.flatMap((column) => {
    if (column.kind !== "number") return [];
    const odd = ["many", "1 2", column.holds === "truth values" ? 2 : 3.5e38];
    return odd.map((value) => withCell(row, column, value));
  });
}

/** Two rows each that are to have the same prediction: one with a word for a missing value, one with an empty cell. */
export function gapRows({ columns, samples, missingWords }: PortableModel): readonly SampleRow[] {
  const [row] = samples.rows;
  if (row === undefined) return [];
  return columns.flatMap((column) => {
    if (column.missing.kind === "refused") return [];
    return missingWords.flatMap((word) => {
      if (column.kind === "words") return [withCell(row, column, word), withCell(row, column, null)];
      const number = Number(word);
      return Number.isFinite(number) ? [withCell(row, column, number), withCell(row, column, null)] : [];
    });
  });
}
