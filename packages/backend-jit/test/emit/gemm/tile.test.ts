// Hooks read arrays at the place of a tile: whole, repeated along rows or columns, either way round; operands may
// lie in panels.

import { describe, expect, test } from "@jest/globals";
import { emitGemm, planGemm, storeTile, strided, tileReader } from "../../../src/emit/gemm/index.ts";
import { build } from "../../wasm/run.ts";

const { fround } = Math;
const at = { lhs: 1024, rhs: 9216, old: 17408, bias: 25600, result: 33792, scratch: 41984 };

function filled(memory: ArrayBufferLike, address: number, count: number): Float32Array {
  const view = new Float32Array(memory, address, count);
  for (let i = 0; i < count; i++) view[i] = fround(((i * 37 + address / 1024) % 23) / 7 - 1.5);
  return view;
}

describe("tiles", () => {
  const ways = [true, false].flatMap((transposed) =>
    [true, false].flatMap((oldTransposed) =>
      (["row", "column", "scalar"] as const).map((bias) => ({ transposed, oldTransposed, bias })),
    ),
  );

  test.each(ways)(
    "sums start from an array and take a repeated one, %j",
    ({ transposed, oldTransposed, bias }) => {
      for (const [rows, columns] of [
        [8, 12],
        [5, 7],
        [4, 1],
        [1, 9],
        [4, 4],
      ] as const) {
        const inner = 3;
        const spec = {
          rows,
          columns,
          inner,
          lhs: { address: { offset: at.lhs }, free: strided(4 * inner), inner: strided(4) },
          rhs: { address: { offset: at.rhs }, free: strided(4), inner: strided(4 * columns) },
        };
        const old = {
          address: { offset: at.old },
          row: strided(oldTransposed ? 4 : 4 * columns),
          column: strided(oldTransposed ? 4 * rows : 4),
        };
        const added = {
          address: { offset: at.bias },
          row: strided(bias === "column" ? 4 : 0),
          column: strided(bias === "row" ? 4 : 0),
        };
        const result = { address: { offset: at.result }, row: strided(4 * columns), column: strided(4) };
        const forced = { transposed, tile: { lines: 4, vectors: 2 } };
        const { memory, call } = build([], [], (fn) =>
          emitGemm(
            fn,
            spec,
            planGemm(spec, forced),
            { offset: at.scratch },
            {
              start: (tile) => {
                const read = tileReader(fn, tile, old);
                tile.registers.forEach((register, position) => {
                  read(position);
                  fn.set(register);
                });
              },
              finish: (tile) => {
                const read = tileReader(fn, tile, added);
                tile.registers.forEach((register, position) => {
                  fn.get(register);
                  read(position);
                  fn.op("f32x4.add").set(register);
                });
                storeTile(fn, tile, tile.registers, result);
              },
            },
          ),
        );
        const [a, b] = [
          filled(memory.buffer, at.lhs, rows * inner),
          filled(memory.buffer, at.rhs, inner * columns),
        ];
        const before = filled(memory.buffer, at.old, rows * columns);
        const plus = filled(memory.buffer, at.bias, Math.max(rows, columns));
        call();
        const want = Float32Array.from({ length: rows * columns }, (_, flat) => {
          const [i, j] = [Math.floor(flat / columns), flat % columns];
          let sum = before[oldTransposed ? j * rows + i : flat] ?? 0;
          for (let k = 0; k < inner; k++) {
            sum = fround(sum + fround((a[i * inner + k] ?? 0) * (b[k * columns + j] ?? 0)));
          }
          return fround(sum + (plus[{ row: j, column: i, scalar: 0 }[bias]] ?? 0));
        });
        expect(new Float32Array(memory.buffer, at.result, rows * columns)).toEqual(want);
      }
    },
  );

  test("operands in panels are read where they lie", () => {
    const [rows, columns, inner] = [10, 19, 11];
    const panelled = (size: number) => ({
      free: { inner: 4, blocks: { size, outer: 4 * size * inner } },
      inner: strided(4 * size),
    });
    // [inner / 4][rows][4]: the contracted index runs in blocks.
    const innerBlocks = { free: strided(16), inner: { inner: 4, blocks: { size: 4, outer: 16 * rows } } };
    for (const lhsAxes of [panelled(4), innerBlocks]) {
      for (const width of [4, 8]) {
        for (const keepsOrder of [true, false]) {
          const spec = {
            rows,
            columns,
            inner,
            lhs: { address: { offset: at.lhs }, ...lhsAxes },
            rhs: { address: { offset: at.rhs }, ...panelled(width) },
          };
          const plan = planGemm(spec, { transposed: false }, { keepsOrder });
          expect(plan).toMatchObject({ packAlong: false, packAcross: "none", scratchBytes: 0 });
          const result = { address: { offset: at.result }, row: strided(4 * columns), column: strided(4) };
          const { memory, call } = build([], [], (fn) =>
            emitGemm(
              fn,
              spec,
              plan,
              { offset: at.scratch },
              {
                finish: (tile) => storeTile(fn, tile, tile.registers, result),
              },
            ),
          );
          const [a, b] = [filled(memory.buffer, at.lhs, 256), filled(memory.buffer, at.rhs, 512)];
          call();
          const lhsPlace = (i: number, k: number) =>
            lhsAxes === innerBlocks
              ? Math.floor(k / 4) * 4 * rows + i * 4 + (k % 4)
              : Math.floor(i / 4) * 4 * inner + k * 4 + (i % 4);
          const rhsPlace = (j: number, k: number) =>
            Math.floor(j / width) * width * inner + k * width + (j % width);
          const want = Float32Array.from({ length: rows * columns }, (_, flat) => {
            const [i, j] = [Math.floor(flat / columns), flat % columns];
            let sum = 0;
            for (let k = 0; k < inner; k++) {
              sum = fround(sum + fround((a[lhsPlace(i, k)] ?? 0) * (b[rhsPlace(j, k)] ?? 0)));
            }
            return sum;
          });
          expect(new Float32Array(memory.buffer, at.result, rows * columns)).toEqual(want);
        }
      }
    }
  });
});
