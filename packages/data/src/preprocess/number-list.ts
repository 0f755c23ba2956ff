// Lists of numbers, as many in each cell, all by one scale.

import { type ByName, instance, integer, numbersOf } from "@netwright/definitions";
import { readList } from "../lists/read-list.ts";
import type { CheckCell, Encoder, EncoderParams, WordCoding } from "./encoder.ts";
import { fitScale, openScale } from "./inner-scale.ts";
import { defineTextEncoder, isCount, textCoding } from "./text-encoder.ts";

export const MOST_NUMBERS = 100_000;

export const numberList = defineTextEncoder({
  name: "number_list",
  doc: "The numbers of a list, one by one, all by the same scale, which is learned from the numbers of all places together.",
  formula: "z[i] = scale(x[i])",
  example: "columns { Rooms: category(encoder: number_list(2)) }",
  source: "pandas, `Series.str.split(expand=True)`",
  params: {
    length: integer({ min: 1, max: MOST_NUMBERS, doc: "How many numbers each list has." }),
    scale: instance({ family: "encoder", default: "zscore", doc: "Scale of the numbers." }),
  },
  output: (_, { length }) => numbersOf([length]),
  // A list that is not there has no numbers to be scaled.
  gaps: false,
  check: ({ length }) => checkList(Number(length)),
  fit(pieces, { length, scale }, _, __, encoders = new Map()) {
    const numbers = {
      *[Symbol.iterator]() {
        for (const { codes, words } of pieces) {
          const values = new Float64Array(codes.length * length);
          const firstOf = new Map<number, number>();
          for (const [row, code] of codes.entries()) {
            const known = firstOf.get(code) ?? row;
            if (known === row) values.set(numbersIn(words[code] ?? "", length), row * length);
            else values.copyWithin(row * length, known * length, (known + 1) * length);
            firstOf.set(code, known);
          }
          yield values;
        }
      },
    };
    return { length, scales: [fitScale(scale, numbers, encoders)] };
  },
  open: openNumberList,
});

export function openNumberList(
  { length, scales }: EncoderParams,
  encoders: ByName<Encoder> = new Map(),
): WordCoding | null {
  if (!isCount(length, MOST_NUMBERS) || !Array.isArray(scales) || scales.length !== 1) return null;
  const scale = openScale(scales[0], encoders);
  if (scale === null) return null;
  const coding = textCoding(numbersOf([length]), "read", (cell) => numbersIn(cell, length).map(scale.apply));
  return { ...coding, check: checkList(length) };
}

function checkList(length: number): CheckCell {
  return (cell) => {
    const read = readList(cell, length);
    return read instanceof Float64Array ? null : read;
  };
}

/** What is no list has been told before. */
function numbersIn(cell: string, length: number): Float64Array {
  const read = readList(cell, length);
  return read instanceof Float64Array ? read : new Float64Array(length).fill(Number.NaN);
}
