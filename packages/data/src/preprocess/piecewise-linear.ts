// Piecewise linear encoding: a value as how far it has come through each of several bins.

import { at, integer, numbersOf } from "@netwright/definitions";
import { countWhere, quantileAt, sortedValues, weightOf } from "./column-quantiles.ts";
import { defineNumberEncoder, type EncoderParams, type NumberCoding } from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";

interface Bins {
  /** Ascending, each once; one for a constant column. */
  readonly edges: readonly number[];
  /** As many as the file asks for: those that ties leave over are 0. */
  readonly bins: number;
}

export const piecewiseLinear = defineNumberEncoder({
  name: "piecewise_linear",
  doc: "A number for each bin between quantiles of the training split: 1 for those below the value, how far it has come in its own, 0 for those above; the first and the last go on beyond. Where quantiles are equal there are fewer bins, and the last numbers are 0. It is for features: what it makes of a number cannot be turned back.",
  formula: "z[i] = (x - b[i]) / (b[i + 1] - b[i]), at least 0 but for the first, at most 1 but for the last",
  example: "columns { Age: number(scale: piecewise_linear(bins: 16)) }",
  source: "Gorishniy, Rubachev, Babenko 2022; rtdl_num_embeddings, `PiecewiseLinearEncoding`",
  params: {
    bins: integer({ doc: "How many numbers a value becomes.", default: 48, min: 1, max: 10_000 }),
  },
  range: () => ({ min: null, max: null }),
  output: (_, { bins }) => numbersOf([bins]),
  fit(pieces, { bins }) {
    const sorted = sortedValues(pieces);
    const quantiles = Array.from({ length: bins + 1 }, (_, i) => quantileAt(sorted, i / bins));
    return { edges: [...new Set(quantiles)], bins };
  },
  open: openPiecewiseLinear,
});

export function openPiecewiseLinear(params: EncoderParams): NumberCoding | null {
  const read = readBins(params);
  if (read === null) return null;
  const { edges, bins } = read;
  const last = edges.length - 2;
  return {
    takes: "number",
    output: numbersOf([bins]),
    scaling: null,
    write(values, { into, at: first, width }) {
      let start = first;
      for (const x of values) {
        const own = Math.max(0, Math.min(countWhere(edges, (edge) => edge <= x) - 1, last));
        for (let i = 0; i < bins; i++) into[start + i] = i < own ? 1 : 0;
        if (last >= 0) into[start + own] = weightOf(x, at(edges, own), at(edges, own + 1));
        start += width;
      }
    },
  };
}

function readBins({ edges, bins }: Readonly<Record<string, unknown>>): Bins | null {
  if (!Array.isArray(edges) || !isFiniteNumber(bins) || !Number.isSafeInteger(bins)) return null;
  const ascends = edges.every((edge, i) => isFiniteNumber(edge) && (i === 0 || edge > edges[i - 1]));
  return ascends && edges.length > 0 && edges.length <= bins + 1 && bins <= 10_000 ? { edges, bins } : null;
}
