// The comparison for a person: a table for each batch size. Ratios are of speeds: above 1 is faster.

import { OURS, REFERENCES } from "../peers/table.ts";
import { median } from "../rate.ts";
import type { DrawTable } from "../table.ts";
import type { Cell, Column, Rounds, Row } from "./compare.ts";

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
  return [
    ...tables,
    "Ratios are of speeds, above 1 is faster: the median of the rounds, by the clock and by CPU time of all threads.",
    ...legend,
  ].join("\n");
}

function columnTable(column: number, rows: readonly Row[], unit: Unit, draw: DrawTable): string {
  const cellOf = (name: string) => rows.find((row) => row.name === name)?.cells[column] ?? undefined;
  const references = REFERENCES.filter((name) => cellOf(name) !== undefined);
  const ours = OURS.filter((name) => cellOf(name) !== undefined);
  const byProcessor = rows.some(({ cells }) => (cells[column] ?? null)?.cpu != null);
  // Ours come first: that is what a narrow screen shows of a wide table.
  const head = [
    "",
    ...ours.map((name) => `${name} to it`),
    unit.title,
    "rounds",
    ...(byProcessor ? ["per CPU s"] : []),
    ...references.map((name) => `of ${name}`),
    "",
  ];
  const lines = rows.map(({ name, obstacle, cells }) => {
    const cell = cells[column] ?? null;
    if (cell === null) {
      const blanks = (count: number) => Array.from({ length: count }, () => "");
      const why = obstacle === null ? "failed" : "not installed";
      const behind = blanks((byProcessor ? 2 : 1) + references.length);
      return [name, ...blanks(ours.length), why, ...behind, obstacle?.command ?? ""];
    }
    const { rounds, cpu, note } = cell;
    return [
      name,
      ...ours.map((own) => ratios(cellOf(own), cell, unit)),
      unit.show(cell.median),
      `${unit.show(Math.min(...rounds))} to ${unit.show(Math.max(...rounds))}`,
      ...(byProcessor ? [cpu === null ? "" : unit.show(cpu.median)] : []),
      ...references.map((other) => ratios(cell, cellOf(other), unit)),
      note ?? "",
    ];
  });
  return draw(head, lines);
}

/** By the clock, and by the processor's time where both were measured by it. */
function ratios(one: Cell | undefined, other: Cell | undefined, unit: Unit): string {
  if (one === undefined || other === undefined) return "";
  const shown = (a: Rounds, b: Rounds) => ofPairs(a, b, unit).toFixed(2);
  if (one.cpu === null || other.cpu === null) return shown(one, other);
  return `${shown(one, other)}, CPU ${shown(one.cpu, other.cpu)}`;
}

/** The median of the ratios of speeds in each round, as the speed of a shared machine drifts. */
function ofPairs(one: Rounds, other: Rounds, { moreIsFaster }: Unit): number {
  const pairs = one.rounds.map((value, i) => value / (other.rounds[i] ?? Number.NaN));
  return median(pairs.map((ratio) => (moreIsFaster ? ratio : 1 / ratio)));
}

/** All that the tables say and every round, for machines; ratios by name of the reference. */
export function jsonOf(columns: readonly Column[], rows: readonly Row[], unit: Unit): unknown {
  return {
    unit: unit.kept,
    peers: rows.map(({ name, what, obstacle }) => ({ name, what, obstacle })),
    columns: columns.map((column, i) => ({
      title: column.title,
      results: rows.flatMap(({ name, cells }) => {
        const cell = cells[i];
        if (cell === undefined || cell === null) return [];
        const others = rows.flatMap((row) => {
          const other = row.cells[i];
          return other === undefined || other === null ? [] : [[row.name, other] as const];
        });
        const ratios = others.map(([other, its]) => [other, ofPairs(cell, its, unit)]);
        return [{ name, ...cell, ratios: Object.fromEntries(ratios) }];
      }),
    })),
  };
}
