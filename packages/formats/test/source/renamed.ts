// Any names for the columns of a model, also such as languages and their objects have for themselves.

import type { PortableModel, SampleValue } from "@netwright/formats";
import fc from "fast-check";

const any = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "row",
    "values",
    "a_1",
    "a1",
    "`$",
    "*/",
    "\u2028",
    '"',
    "\\",
  ),
  fc.constantFrom(
    "int",
    "type",
    "fn",
    "struct",
    "defer",
    "self",
    "linux",
    "bool",
    "typedef",
    "Row",
    "more",
    "place",
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);

export function anyNamesOf(count: number): fc.Arbitrary<readonly string[]> {
  return fc.uniqueArray(any, { minLength: count, maxLength: count });
}

/** The same model with other names for its columns. */
export function renamed(model: PortableModel, names: readonly string[]): PortableModel {
  const old = model.columns.map(({ name }) => name);
  const rows = <Row extends { readonly values: Readonly<Record<string, SampleValue>> }>(
    all: readonly Row[],
  ) =>
    all.map((row) => ({
      ...row,
      values: Object.fromEntries(old.map((name, i) => [names[i] ?? name, row.values[name] ?? null])),
    }));
  return {
    ...model,
    columns: model.columns.map((column, i) => ({ ...column, name: names[i] ?? column.name })),
    samples: { ...model.samples, rows: rows(model.samples.rows), refused: rows(model.samples.refused) },
  };
}
