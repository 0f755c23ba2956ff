// Arrow IPC, as files and as streams, and Feather, which is the same since its version 2.

import { count } from "@netwright/definitions";
import { CompressionType, setCompressionCodec, tableFromIPC } from "@uwdata/flechette";
import { decompress } from "fzstd";
import { PLAIN_NUMBERS } from "../../table/number-text.ts";
import type { Column, InexactColumn } from "../../table/table.ts";
import { allBytes } from "../bytes.ts";
import { CannotRead, leftOut, lostDigits, noDates, orDamaged, orProblem } from "../cannot-read.ts";
import type { FormatReader } from "../format.ts";
import { namedByReading } from "../named-by-reading.ts";
import { numberColumn } from "../number-column.ts";
import { checkStatedSize, mostCells } from "../stated-size.ts";
import { WordCells } from "../word-cells.ts";
import { kindOf } from "./arrow-kind.ts";
import { checkMetadata } from "./check-metadata.ts";
import { unpackFrame } from "./lz4-frame.ts";

/** Bytes that what is packed in the file that is read may still become: each part says how many itself. */
let room = 0;

const unpacked = (decode: (packed: Uint8Array, size: number) => Uint8Array) => ({
  decode: (packed: Uint8Array, size: number) => {
    room -= size;
    if (!(room >= 0)) throw new CannotRead("is too large once it is unpacked");
    return decode(packed, size);
  },
  encode: (): never => {
    throw new Error("nothing is written");
  },
});
setCompressionCodec(CompressionType.LZ4_FRAME, unpacked(unpackFrame));
setCompressionCodec(
  CompressionType.ZSTD,
  unpacked((packed, size) => decompress(packed, new Uint8Array(size))),
);

export const arrowFormat: FormatReader = namedByReading((input, { name, missingWords }) =>
  orProblem(name, () =>
    orDamaged("Arrow file", () => {
      // As they lie: what it makes of numbers of 64 bits loses digits, or ends the reading.
      const raw = { useBigInt: true, useBigIntTimestamp: true, useDecimalInt: true };
      const bytes = allBytes(input);
      checkMetadata(bytes);
      room = 8 * mostCells(bytes.length);
      const table = tableFromIPC(bytes, raw);
      checkStatedSize(table.numRows, table.numCols, bytes.length);
      const numbers = { ...PLAIN_NUMBERS, missingWords };
      const warnings = [];
      const inexact: InexactColumn[] = [];
      const columns: Column[] = [];
      for (const [i, field] of table.schema.fields.entries()) {
        const kind = kindOf(field.type);
        // A field need not have a name, though the library says that it has one.
        const label: string | null = field.name;
        const called = label ?? "";
        const found = table.getChildAt(i);
        // The rows of the table and those of a column are said in two places.
        if (found.length !== table.numRows)
          throw new CannotRead(
            `is damaged: a column has ${count(found.length, "value")}, and the table ${count(table.numRows, "row")}`,
          );
        if (kind.kind === "other") warnings.push(leftOut(name, called, kind.what));
        else if (kind.kind === "word") {
          const words = new WordCells(table.numRows);
          for (const value of found) words.put(value, kind.read);
          columns.push(words.column(called, numbers));
          if (words.unwritten) warnings.push(noDates(name, called));
        } else {
          const { read, exact } = kind;
          let [row, lost] = [0, 0];
          const values = new Float64Array(table.numRows);
          for (const value of found) {
            values[row++] = value === null || value === undefined ? Number.NaN : read(value);
            if (exact?.(value) === false) lost++;
          }
          columns.push(numberColumn(called, values, numbers));
          if (lost > 0) {
            inexact.push({ name: called, rows: lost });
            warnings.push(lostDigits(name, called, lost));
          }
        }
      }
      return { table: { name, rows: table.numRows, columns, lines: null, numbers, inexact }, warnings };
    }),
  ),
);
