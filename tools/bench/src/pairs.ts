// Two things measured in turn: what counts is the ratio of two neighbours in time, as the speed of a shared machine drifts.

import { median } from "./rate.ts";

/** By round. */
export interface Pairs {
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

export interface Measured {
  readonly name: string;
  readonly unit: string;
  /** Which way is better. */
  readonly better: "more" | "less";
}

/** Neither is always the first. */
export async function inTurn(
  name: string,
  rounds: number,
  one: () => number | Promise<number>,
  other: () => number | Promise<number>,
): Promise<Pairs> {
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round++) {
    console.error(`round ${round}/${rounds}: ${name}`);
    if (round % 2 === 1) ours.push(await one());
    theirs.push(await other());
    if (round % 2 === 0) ours.push(await one());
  }
  return { ours, theirs };
}

/** `here` and `there` name the two. */
export function pairsHead(here: string, there: string): readonly string[] {
  const gap = " ".repeat((COLUMNS - 9) / 2);
  const scale = `0.5${gap} 1 ${gap}1.5`;
  return ["", `best ${here}`, `best ${there}`, "ratio of bests", "median of pairs", scale];
}

/** Ratios are ours / theirs; each dot of the strip is a pair. */
export function pairsRow({ name, unit, better }: Measured, { ours, theirs }: Pairs): readonly string[] {
  const best = better === "more" ? Math.max : Math.min;
  const ratios = ours.map((value, i) => value / (theirs[i] ?? Number.NaN));
  return [
    `${name} (${unit})`,
    shown(best(...ours)),
    shown(best(...theirs)),
    (best(...ours) / best(...theirs)).toFixed(3),
    median(ratios).toFixed(3),
    strip(ratios),
  ];
}

/** Of a strip; the middle one is a ratio of 1. */
const COLUMNS = 41;

/** Where the ratios lie, from 0.5 to 1.5. */
function strip(ratios: readonly number[]): string {
  const columns = new Set(ratios.map((ratio) => Math.round((ratio - 0.5) * (COLUMNS - 1))));
  const last = COLUMNS - 1;
  const within = new Set([...columns].map((column) => Math.min(last, Math.max(0, column))));
  return Array.from({ length: COLUMNS }, (_, i) => (within.has(i) ? "•" : i === last / 2 ? "|" : " ")).join(
    "",
  );
}

function shown(value: number): string {
  return value >= 1000 ? value.toFixed(0) : value.toFixed(1);
}
