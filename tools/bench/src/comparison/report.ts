// The comparison for a person: a table for each batch size. Ratios are of speeds: above 1 is faster.

import { OURS, REFERENCES } from "../peers/table.ts";
import type { DrawTable } from "../table.ts";
import type { Column, Row } from "./compare.ts";

export interface Unit {
  readonly title: string;
  /** In which the numbers are kept, and printed as JSON. */
  readonly kept: string;
  readonly show: (value: number) => string;
  /** More is faster for rates, less for times. */
  readonly moreIsFaster: boolean;
}

export const SAMPLES_PER_SECOND: Unit = {
  title: "samples/s",
  kept: "samples/s",
  show: (rate) => String(Math.round(rate)),
  moreIsFaster: true,
};

export const MICROSECONDS: Unit = {
  title: "us, median",
  kept: "s",
  show: (seconds) => (seconds * 1e6).toFixed(1),
  moreIsFaster: false,
};

export function reportOf(
  columns: readonly Column[],
  rows: readonly Row[],
  unit: Unit,
  draw: DrawTable,
): string {
  const tables = columns.map(({ title }, i) => `${title}\n${columnTable(i, rows, unit, draw)}`);
  const legend = rows.map(({ name, what, obstacle }) =>
    obstacle === null
      ? `${name}: ${what}`
      : `${name}: not installed. ${obstacle.reason}. To install: ${obstacle.command}`,
  );
  return [...tables, "Ratios are of speeds: above 1 is faster.", ...legend].join("\n");
}

function columnTable(column: number, rows: readonly Row[], unit: Unit, draw: DrawTable): string {
  const medianOf = (name: string) => rows.find((row) => row.name === name)?.cells[column]?.median;
  const references = REFERENCES.filter((name) => medianOf(name) !== undefined);
  const ours = OURS.filter((name) => medianOf(name) !== undefined);
  // Ours come first: that is what a narrow screen shows of a wide table.
  const head = [
    "",
    ...ours.map((name) => `${name} to it`),
    unit.title,
    "rounds",
    ...references.map((name) => `of ${name}`),
    "",
  ];
  const lines = rows.map(({ name, obstacle, cells }) => {
    const cell = cells[column] ?? null;
    if (cell === null) {
      const blanks = (count: number) => Array.from({ length: count }, () => "");
      const why = obstacle === null ? "failed" : "not installed";
      const behind = blanks(1 + references.length);
      return [name, ...blanks(ours.length), why, ...behind, obstacle?.command ?? ""];
    }
    const { median, rounds, note } = cell;
    return [
      name,
      ...ours.map((own) => ratio(medianOf(own), median, unit)),
      unit.show(median),
      `${unit.show(Math.min(...rounds))} to ${unit.show(Math.max(...rounds))}`,
      ...references.map((other) => ratio(median, medianOf(other), unit)),
      note ?? "",
    ];
  });
  return draw(head, lines);
}

function ratio(one: number | undefined, other: number | undefined, { moreIsFaster }: Unit): string {
  if (one === undefined || other === undefined) return "";
  return (moreIsFaster ? one / other : other / one).toFixed(2);
}

/** All that the tables say and every round, for machines; ratios by name of the reference. */
export function jsonOf(
  columns: readonly Column[],
  rows: readonly Row[],
  { kept, moreIsFaster }: Unit,
): unknown {
  const speedOf = (value: number) => (moreIsFaster ? value : 1 / value);
  return {
    unit: kept,
    peers: rows.map(({ name, what, obstacle }) => ({ name, what, obstacle })),
    columns: columns.map((column, i) => ({
      title: column.title,
      results: rows.flatMap(({ name, cells }) => {
        const cell = cells[i];
        if (cell === undefined || cell === null) return [];
        const others = rows.flatMap((row) => {
          const other = row.cells[i];
          return other === undefined || other === null ? [] : [[row.name, other.median] as const];
        });
        const ratios = others.map(([other, value]) => [other, speedOf(cell.median) / speedOf(value)]);
        return [{ name, ...cell, ratios: Object.fromEntries(ratios) }];
      }),
    })),
  };
}
