// `.npy`: an array of NumPy, whose columns have no names.

import { PLAIN_NUMBERS } from "../../table/number-text.ts";
import { numberedNames } from "../../table/numbered-names.ts";
import { allBytes } from "../bytes.ts";
import { inexact, orProblem } from "../cannot-read.ts";
import type { FormatReader } from "../format.ts";
import { namedByReading } from "../named-by-reading.ts";
import { npyArray } from "./npy-array.ts";
import { columnsOf } from "./npy-columns.ts";

export const npyFormat: FormatReader = namedByReading((input, { name, missingWords }) =>
  orProblem(name, () => {
    const array = npyArray(allBytes(input));
    const numbers = { ...PLAIN_NUMBERS, missingWords };
    const columns = columnsOf(array, numberedNames(array.columns), numbers);
    return {
      table: { name, rows: array.rows, columns, lines: null, numbers },
      warnings: array.inexact ? [inexact(name, "column1", MANY_DIGITS, [LOST])] : [],
    };
  }),
);

export const MANY_DIGITS = "or one beside it has whole numbers of more digits than a number holds";
export const LOST = "Beyond 9,007,199,254,740,992 the last digits are lost.";
