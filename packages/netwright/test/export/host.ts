// A host that knows of a model no more than formats are told: it makes numbers of a row by the data alone.

import { carryOut } from "@netwright/data";
import type { PortableColumn, SampleValue } from "@netwright/formats";
import { cosineOfTurns, normalQuantile, sineOfTurns } from "@netwright/ir/numerics";

/** The numbers of a column for a cell, in f64. */
export function numbersFor(column: PortableColumn, value: SampleValue): readonly number[] {
  const { missing } = column;
  const isUnknown =
    column.kind === "words" &&
    column.coding.kind !== "other" &&
    column.coding.unknown === "missing" &&
    value !== null &&
    !column.coding.words.includes(String(value)) &&
    !column.coding.rare.includes(String(value));
  const isMissing = value === null || isUnknown;
  if (isMissing && missing.kind === "refused") throw new Error(`${column.name} is empty`);
  const filled = isMissing ? (missing.kind === "filled" ? missing.by : "") : value;
  const marked = missing.kind === "filled" && missing.indicator ? [isMissing ? 1 : 0] : [];
  return [...coded(column, filled), ...marked];
}

function coded(column: PortableColumn, value: number | string | null): readonly number[] {
  const { coding } = column;
  switch (coding.kind) {
    case "steps":
      return [carryOut(coding.steps, Number(value))];
    case "bins": {
      const { edges, bins } = coding;
      const x = Number(value);
      const last = edges.length - 2;
      const own = Math.max(0, Math.min(edges.filter((edge) => edge <= x).length - 1, last));
      return Array.from({ length: bins }, (_, i) => {
        const [low, high] = [edges[i], edges[i + 1]];
        if (i === own && low !== undefined && high !== undefined) return (x - low) / (high - low);
        return i < own ? 1 : 0;
      });
    }
    case "waves": {
      const s = (Number(value) - coding.mean) / coding.std;
      return [sineOfTurns, cosineOfTurns].flatMap((wave) => coding.frequencies.map((c) => wave(s * c)));
    }
    case "ranks":
      return [rank(coding.quantiles, Number(value), coding.distribution)];
    case "one_hot":
      return coding.words.map((word) => (word === value ? 1 : 0));
    case "index": {
      const place = coding.words.indexOf(String(value));
      return [place === -1 ? coding.words.length : place];
    }
    case "numbers": {
      const row = coding.rows[coding.words.indexOf(String(value))] ?? coding.others;
      if (row === null || row === undefined) throw new Error(`${column.name} does not know ${value}`);
      return row;
    }
    case "other":
      throw new Error(`${coding.encoder} is not told`);
  }
}

function rank(quantiles: readonly number[], x: number, distribution: "uniform" | "normal"): number {
  const steps = quantiles.length - 1;
  const below = quantiles.filter((q) => q < x).length;
  const upTo = quantiles.filter((q) => q <= x).length;
  const between = (low: number, high: number) => (x - low) / (high - low);
  const [first = 0, last = 0] = [quantiles[0], quantiles.at(-1)];
  let share: number;
  if (x <= first) share = 0;
  else if (x >= last) share = 1;
  else if (upTo > below) share = (below + upTo - 1) / 2 / steps;
  else share = (upTo - 1 + between(quantiles[upTo - 1] ?? 0, quantiles[upTo] ?? 1)) / steps;
  if (distribution === "uniform") return share;
  const greatest = -normalQuantile(1e-7 - 2 ** -52);
  return Math.max(Math.min(normalQuantile(share), greatest), -greatest);
}
