// Rows as a table of a database, for whoever holds a query to a model.

import type { PortableOutputs } from "../model/outputs.ts";
import type { PortableModel } from "../model/portable-model.ts";
import type { SampleRow } from "../model/samples.ts";
import type { Dialect } from "./dialects.ts";

/** Statements that make the table that the query reads, in the order of the rows. */
export function sampleTable(
  dialect: Dialect,
  { name, columns }: PortableModel,
  rows: readonly SampleRow[],
): readonly string[] {
  const table = dialect.name(name);
  const types = columns.map(
    (column) =>
      `${dialect.name(column.name)} ${column.kind === "words" ? dialect.textType : dialect.numberType}`,
  );
  const cells = rows.map(({ values }) => {
    const own = columns.map((column) => {
      const value = values[column.name] ?? null;
      if (value === null) return "null";
      return column.kind === "words" ? dialect.text(String(value)) : dialect.number(Number(value));
    });
    return `(${own.join(", ")})`;
  });
  return [
    `create table ${table} (${types.join(", ")})${dialect.tableEnd}`,
    `insert into ${table} values ${cells.join(", ")}`,
  ];
}

/** The columns of the query that have what a model gives: a number for each of its outputs. */
export function toldNames(outputs: PortableOutputs): readonly string[] {
  switch (outputs.kind) {
    case "numbers":
      return outputs.columns.map(({ name }) => `predicted_${name}`);
    case "classes":
      return outputs.words.map((word) => `${outputs.probabilities ? "probability" : "margin"}_${word}`);
    case "quantiles":
    case "labels":
      return [];
  }
}
