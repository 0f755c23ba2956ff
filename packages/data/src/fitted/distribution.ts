// How the values of a column were distributed in training: what later rows are held against.

import { float64At } from "@netwright/definitions";
import { amount, count, list, number, object, type Reader, where } from "@netwright/definitions/json";

/** Numbers by parts that held about a tenth of the rows each. */
export interface Distribution {
  /** Where a part ends, that number in it; ascending, each once. Behind the last there is one more part. */
  readonly edges: readonly number[];
  /** Of all rows, in each part; one more than there are edges. */
  readonly shares: readonly number[];
  readonly median: number;
  /** How many rows were looked at. */
  readonly rows: number;
}

/** Of as many rows the parts are known well enough. */
const MOST = 20_000;
const PARTS = 10;

/** `values` are finite, at least one; of very many every k-th is looked at. */
export function distributionOf(values: Float64Array): Distribution {
  const every = Math.ceil(values.length / MOST);
  const looked = new Float64Array(Math.ceil(values.length / every));
  for (let i = 0; i < looked.length; i++) looked[i] = float64At(values, i * every);
  looked.sort();
  const rows = looked.length;
  const at = (share: number) => float64At(looked, Math.min(rows - 1, Math.floor(share * rows))) + 0;
  const last = float64At(looked, rows - 1);
  const tenths = Array.from({ length: PARTS - 1 }, (_, i) => at((i + 1) / PARTS));
  const edges = [...new Set(tenths)].filter((edge) => edge < last);
  return { edges, shares: sharesIn(edges, looked), median: at(1 / 2), rows };
}

/** The share of the numbers in each part; `values` are finite, at least one. */
export function sharesIn(edges: Distribution["edges"], values: Float64Array): number[] {
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  for (let i = 0; i < values.length; i++) {
    const part = partOf(edges, float64At(values, i));
    counts[part] = (counts[part] ?? 0) + 1;
  }
  return counts.map((count) => count / values.length);
}

function partOf(edges: readonly number[], x: number): number {
  let part = 0;
  while (part < edges.length && !(x <= (edges[part] ?? x))) part++;
  return part;
}

const parts: Reader<Distribution> = object<Distribution>({
  edges: list(number),
  shares: list(amount),
  median: number,
  rows: count,
});

/** Of a stranger: numbers that fit together. */
export const distribution: Reader<Distribution> = where(
  parts,
  "shares of the parts of a column",
  ({ edges, shares, rows }) =>
    rows > 0 &&
    edges.length < PARTS &&
    shares.length === edges.length + 1 &&
    edges.every((edge, i) => i === 0 || edge > (edges[i - 1] ?? edge)) &&
    Math.abs(shares.reduce((all, share) => all + share, 0) - 1) < 1e-9,
);
