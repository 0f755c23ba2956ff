// Rows from a file are the rows from memory, in every order.

import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { type Field, rowStore } from "@netwright/data";
import { rowFileWriter } from "@netwright/runtime/node";
import fc from "fast-check";
import { mountSmallDisk } from "./full-disk.ts";

const folder = mkdtempSync(join(tmpdir(), "rows-"));
const LAYOUT = [
  { name: "x", width: 3, array: "Float32Array" },
  { name: "word", width: 1, array: "Int32Array" },
  { name: "y", width: 2, array: "Float32Array" },
] as const;
let files = 0;

function fieldsOf(rows: number): readonly Field[] {
  const numbers = (width: number) =>
    Float32Array.from({ length: rows * width }, (_, i) => Math.sin(i + width));
  return [
    { name: "x", width: 3, data: numbers(3) },
    { name: "word", width: 1, data: Int32Array.from({ length: rows }, (_, i) => (i * 7) % 5) },
    { name: "y", width: 2, data: numbers(2) },
  ];
}

/** Row-major, the fields side by side. */
function wordsOf(fields: readonly Field[], start: number, count: number): Uint32Array {
  const rows = Array.from({ length: count }, (_, i) =>
    fields.flatMap(({ width, data }) => {
      const own = data.slice((start + i) * width, (start + i + 1) * width);
      return [...new Uint32Array(own.buffer)];
    }),
  );
  return Uint32Array.from(rows.flat());
}

/** Written in pieces. */
function stored(fields: readonly Field[], rows: number, piece: number, ahead?: number) {
  const writer = rowFileWriter(join(folder, `${files++}`), LAYOUT, { ahead });
  for (let start = 0; start < rows; start += piece) {
    const count = Math.min(piece, rows - start);
    writer.append(wordsOf(fields, start, count));
  }
  return writer.finish();
}

const arrays = (count: number) =>
  new Map<string, Float32Array | Int32Array>([
    ["y", new Float32Array(2 * count)],
    ["x", new Float32Array(3 * count)],
    ["word", new Int32Array(count)],
  ]);

test("whatever the order, and however it was written", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.gen(),
      (rows, piece, g) => {
        const fields = fieldsOf(rows);
        const [file, memory] = [stored(fields, rows, piece), rowStore(rows, fields)];
        const order = Uint32Array.from(
          g(() => fc.shuffledSubarray([...Array(rows).keys()], { minLength: rows })),
        );
        const start = g(() => fc.nat({ max: rows - 1 }));
        for (const by of [order, null]) {
          const [found, expected] = [arrays(rows - start), arrays(rows - start)];
          file.gather(by, start, rows - start, found);
          memory.gather(by, start, rows - start, expected);
          expect(found).toEqual(expected);
        }
        expect([file.rows, file.fields]).toEqual([memory.rows, memory.fields]);
        file.dispose();
      },
    ),
    { numRuns: 40 },
  );
});

test("what is not there is refused, and the file goes with its store", () => {
  const file = stored(fieldsOf(4), 4, 4);
  const into = (name: string, data: Float32Array) => new Map([[name, data]]);
  expect(() => file.gather(null, 2, 3, arrays(3))).toThrow(RangeError);
  expect(() => file.gather(null, 0, 1, into("z", new Float32Array(1)))).toThrow("no field z");
  expect(() => file.gather(null, 0, 1, into("word", new Float32Array(1)))).toThrow("Int32Array");
  const path = join(folder, `${files - 1}`);
  expect(existsSync(path)).toBe(true);
  file.dispose();
  expect(existsSync(path)).toBe(false);
  const writer = rowFileWriter(join(folder, "short"), LAYOUT);
  expect(() => writer.append(new Uint32Array(11))).toThrow("11 words in rows of 6");
});

test("a file that cannot be written whole is gone", async () => {
  const mountPoint = mkdtempSync(join(tmpdir(), "rows-disk-"));
  const disk = await mountSmallDisk(mountPoint);
  if (typeof disk === "string") {
    console.warn(`no small disk: ${disk}`);
    return;
  }
  try {
    const path = join(disk.path, "rows");
    const writer = rowFileWriter(path, LAYOUT);
    writer.append(new Uint32Array(600));
    expect(() => writer.append(new Uint32Array(24_000))).toThrow(/ENOSPC/);
    expect(existsSync(path)).toBe(false);
  } finally {
    await disk.release();
  }
});

test("batches of an order are the same when the rows of many are taken at once, also where it is changed meanwhile", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 7 }),
      fc.gen(),
      (rows, size, g) => {
        const fields = fieldsOf(rows);
        // Of three rows to all and more.
        const ahead = 24 * g(() => fc.integer({ min: 3, max: 80 }));
        const [file, memory] = [stored(fields, rows, 9, ahead), rowStore(rows, fields)];
        const any = fc.array(fc.nat({ max: rows - 1 }), { minLength: rows, maxLength: rows });
        const order = Uint32Array.from(
          g(() => fc.oneof(fc.shuffledSubarray([...Array(rows).keys()], { minLength: rows }), any)),
        );
        for (let epoch = 0; epoch < 2; epoch++) {
          for (let start = 0; start < rows; start += size) {
            const count = Math.min(size, rows - start);
            const [found, expected] = [arrays(count), arrays(count)];
            file.gather(order, start, count, found);
            memory.gather(order, start, count, expected);
            expect(found).toEqual(expected);
            if (g(() => fc.nat({ max: 9 })) === 0) order.reverse();
          }
        }
        file.dispose();
      },
    ),
    { numRuns: 100 },
  );
});

test("rows that are not there are refused when many are taken at once, too", () => {
  const file = stored(fieldsOf(9), 9, 9);
  const order = Uint32Array.of(0, 1, 2, 3, 99, 4);
  file.gather(order, 0, 2, arrays(2));
  file.gather(order, 2, 2, arrays(2));
  expect(() => file.gather(order, 4, 2, arrays(2))).toThrow("ends before its rows");
  file.dispose();
});
