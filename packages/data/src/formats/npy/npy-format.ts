// `.npy`: an array of NumPy, whose columns have no names.

import { PLAIN_NUMBERS } from "../../table/number-text.ts";
import { numberedNames } from "../../table/numbered-names.ts";
import { allBytes } from "../bytes.ts";
import { lostDigitsIn, orProblem } from "../cannot-read.ts";
import type { FormatReader } from "../format.ts";
import { namedByReading } from "../named-by-reading.ts";
import { npyArray } from "./npy-array.ts";
import { columnsOf } from "./npy-columns.ts";

export const npyFormat: FormatReader = namedByReading((input, { name, missingWords }) =>
  orProblem(name, () => {
    const array = npyArray(allBytes(input));
    const numbers = { ...PLAIN_NUMBERS, missingWords };
    const read = columnsOf(array, numberedNames(array.columns), numbers);
    const table = { name, rows: array.rows, ...read, lines: null, numbers };
    return { table, warnings: lostDigitsIn(table) };
  }),
);
