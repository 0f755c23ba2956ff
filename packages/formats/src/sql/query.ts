// A query that is built a step at a time: each is a common table expression of the numbers of a row, which the next ones read.

import { at } from "@netwright/definitions";
import type { Dialect } from "./dialects.ts";

/** The columns of a step by their names, which are unique in the query. */
export type Columns = readonly string[];

export interface Made {
  readonly step: string;
  readonly columns: Columns;
}

export const ROW = "netwright_row";

export class Query {
  readonly #dialect: Dialect;
  readonly #steps: string[] = [];
  #last = "netwright_source";
  readonly #made: string[] = [];

  constructor(dialect: Dialect, table: string) {
    this.#dialect = dialect;
    this.#add("the rows, counted", "netwright_source", [
      `  select row_number() over () as ${ROW}, t.*`,
      `  from ${dialect.name(table)} as t`,
    ]);
  }

  get last(): string {
    return this.#last;
  }

  /** Every column that a step has made. */
  get made(): Columns {
    return this.#made;
  }

  /** A step of `values`, which are formulas in the columns of the steps that are read; `more` has names of its own. */
  step(
    about: string,
    reads: readonly Made[],
    values: readonly string[],
    more: readonly (readonly [string, string])[] = [],
  ): Made {
    const number = this.#steps.length;
    const step = `netwright_${number}`;
    const columns = values.map((_, i) => `n${number}_${i}`);
    this.#made.push(...columns, ...more.map(([name]) => name));
    const told = [
      ...columns.map((column, i) => `    ${at(values, i)} as ${column}`),
      ...more.map(([name, value]) => `    ${value} as ${name}`),
    ];
    const first = reads[0]?.step ?? "netwright_source";
    const others = [...new Set(reads.slice(1).map((made) => made.step))].filter((name) => name !== first);
    const from = this.#dialect.takesAlong
      ? this.#last
      : [first, ...others.map((name) => `join ${name} using (${ROW})`)].join(" ");
    const kept = this.#dialect.takesAlong ? "*" : ROW;
    this.#add(about, step, [`  select ${[kept, ...told].join(",\n")}`, `  from ${from}`]);
    return { step, columns };
  }

  #add(about: string, name: string, lines: readonly string[]): void {
    this.#steps.push(
      [
        `  -- ${about.replaceAll(/\s+/g, " ")}`,
        `  ${name} ${this.#dialect.as} (`,
        ...lines.map((line) => `  ${line}`),
        "  )",
      ].join("\n"),
    );
    this.#last = name;
  }

  /** With what is selected behind it. */
  text(selected: string): string {
    return `with\n${this.#steps.join(",\n")}\n${selected}`.replaceAll("),\n  --", "),\n\n  --");
  }
}

/** Sums of many terms are summed in groups: databases have a limit of how deep a formula is. */
export function sum(terms: readonly string[]): string {
  if (terms.length <= GROUP) return terms.join(" + ");
  const groups: string[] = [];
  for (let start = 0; start < terms.length; start += GROUP)
    groups.push(`(${terms.slice(start, start + GROUP).join(" + ")})`);
  return sum(groups);
}

/** The greatest of some, in groups: SQLite has a limit of 100 arguments. */
export function greatestOf(name: string, values: readonly string[]): string {
  if (values.length <= 1) return values.join();
  if (values.length <= GROUP) return `${name}(${values.join(", ")})`;
  const groups: string[] = [];
  for (let start = 0; start < values.length; start += GROUP)
    groups.push(greatestOf(name, values.slice(start, start + GROUP)));
  return greatestOf(name, groups);
}

const GROUP = 90;
