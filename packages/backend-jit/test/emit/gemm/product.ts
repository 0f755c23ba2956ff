// Runs an emitted product on numbers of ours, and computes the same in plain order, for comparison bit by bit.

import {
  type Axis,
  emitGemm,
  type GemmPlan,
  planGemm,
  storeTile,
  strided,
} from "../../../src/emit/gemm/index.ts";
import type { Local } from "../../../src/wasm/function-builder.ts";
import { build } from "../../wasm/run.ts";

const { fround } = Math;

export interface ProductCase {
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  /** Whether the operand lies along its contracted index, instead of along its free one. */
  readonly lhsInnerFirst: boolean;
  readonly rhsInnerFirst: boolean;
  readonly resultTransposed: boolean;
  readonly forced: Partial<GemmPlan>;
  readonly keepsOrder: boolean;
  /** Parts into which the tiles are shared out. */
  readonly parts: number;
}

const lhsAt = 1024;
const guard = -12345;

/** Small integers times odd fractions: sums are rounded, and differ in another order. */
function numbers(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return fround((state / 4294967296 - 0.5) * 3);
  });
}

export function axes(free: number, inner: number, innerFirst: boolean): { free: Axis; inner: Axis } {
  return innerFirst
    ? { free: strided(4 * inner), inner: strided(4) }
    : { free: strided(4), inner: strided(4 * free) };
}

/** The result as the emitted code gives it and in plain order; throws if anything outside the result is written. */
export function runProduct(spec: ProductCase): { readonly got: Float32Array; readonly want: Float32Array } {
  const { rows, columns, inner, resultTransposed, parts } = spec;
  const align = (address: number) => Math.ceil(address / 64) * 64;
  const rhsAt = align(lhsAt + 4 * rows * inner);
  const resultAt = align(rhsAt + 4 * columns * inner) + 64;
  const scratchAt = align(resultAt + 4 * rows * columns) + 64;
  const lhs = { address: { offset: lhsAt }, ...axes(rows, inner, spec.lhsInnerFirst) };
  const rhs = { address: { offset: rhsAt }, ...axes(columns, inner, spec.rhsInnerFirst) };
  const gemm = { rows, columns, inner, lhs, rhs };
  const plan = planGemm(gemm, spec.forced, spec);
  const result = {
    address: { offset: resultAt },
    row: strided(resultTransposed ? 4 : 4 * columns),
    column: strided(resultTransposed ? 4 * rows : 4),
  };
  const end = scratchAt + plan.scratchBytes + 64;
  const { memory, call } = build(
    ["i32", "i32"],
    [],
    (fn) => {
      const share: { from: Local; to: Local } = { from: fn.param(0), to: fn.param(1) };
      const hooks = {
        finish: (tile: Parameters<typeof storeTile>[1]) => storeTile(fn, tile, tile.registers, result),
      };
      emitGemm(fn, gemm, plan, { offset: scratchAt }, hooks, parts > 1 ? share : undefined);
    },
    false,
    Math.ceil(end / 65536),
  );
  const all = new Float32Array(memory.buffer).fill(Number.NaN);
  all.fill(guard, (resultAt - 64) / 4, scratchAt / 4);
  all.fill(guard, (end - 64) / 4);
  const [a, b] = [numbers(rows * inner, 1), numbers(columns * inner, 2)];
  all.set(a, lhsAt / 4);
  all.set(b, rhsAt / 4);
  const tiles = Math.ceil(plan.length / (4 * plan.tile.vectors));
  for (let p = 0; p < parts; p++) {
    call(Math.floor((tiles * p) / parts), Math.floor((tiles * (p + 1)) / parts));
  }
  const outside = [
    all.subarray((resultAt - 64) / 4, resultAt / 4),
    all.subarray(resultAt / 4 + rows * columns, scratchAt / 4),
    all.subarray((end - 64) / 4),
  ];
  if (outside.some((part) => part.some((x) => x !== guard))) throw new Error("written outside of the result");

  const got = new Float32Array(rows * columns);
  const want = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        const x = a[spec.lhsInnerFirst ? i * inner + k : k * rows + i] ?? 0;
        const y = b[spec.rhsInnerFirst ? j * inner + k : k * columns + j] ?? 0;
        sum = fround(sum + fround(x * y));
      }
      want[i * columns + j] = sum;
      got[i * columns + j] = all[resultAt / 4 + (resultTransposed ? j * rows + i : i * columns + j)] ?? 0;
    }
  }
  return { got, want };
}
