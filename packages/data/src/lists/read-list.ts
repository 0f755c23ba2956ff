// A cell that holds a list of numbers.

import { count, quote } from "@netwright/definitions";
import { LARGEST_FLOAT32 } from "@netwright/ir/numerics";
import type { CellProblem } from "../reading/cell-reading.ts";
import { parseNumber } from "../table/number-text.ts";

/** `1 2 3`, `[1, 2, 3]`, `(1;2;3)`: as many numbers as `length` says. Numbers have a decimal point. */
export function readList(cell: string, length: number): Float64Array | CellProblem {
  const items = itemsOf(cell);
  const values = items.map(parseNumber);
  const wrong = values.findIndex((value) => typeof value !== "number");
  if (wrong !== -1) {
    const what = items[wrong] === "" ? "nothing" : quote(items[wrong] ?? "");
    return {
      code: "NW0653",
      says: `is ${quote(cell)}, which has ${what} where number ${wrong + 1} of a list is expected`,
      notes: [
        "Taken are `1 2 3`, `1;2;3`, `1, 2, 3` and the same in brackets; numbers have a decimal point.",
      ],
    };
  }
  if (values.length !== length) {
    return {
      code: "NW0655",
      says: `is a list of ${count(values.length, "number")}, and the model states ${length}`,
      notes: [`It is ${quote(cell)}.`],
    };
  }
  const numbers = Float64Array.from(values, Number);
  if (numbers.every((x) => Math.abs(x) <= LARGEST_FLOAT32)) return numbers;
  return {
    code: "NW0635",
    says: `is ${quote(cell)}, with a number that is too large for the 32-bit numbers of the network`,
    notes: ["Check the number; if it is right, use a larger unit."],
  };
}

/** Commas and semicolons separate, with blanks or without; where there is neither, blanks do. */
function itemsOf(cell: string): string[] {
  const inside = /^\[[^[\]]*\]$|^\([^()]*\)$/.test(cell) ? cell.slice(1, -1).trim() : cell;
  if (inside === "") return [];
  const separator = [";", ","].find((sign) => inside.includes(sign));
  return separator === undefined ? inside.split(/\s+/) : inside.split(separator).map((item) => item.trim());
}
