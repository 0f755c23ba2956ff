// Runs an emitted product on numbers of ours, and computes the same in plain order, for comparison bit by bit.

import { at } from "@netwright/ir";
import { fusedMultiplyAdd } from "@netwright/ir/numerics";
import {
  type Axes,
  emitGemm,
  type GemmOperand,
  type GemmPlan,
  gemmScratch,
  lanesOf,
  modulePacking,
  planGemm,
  type Tile,
} from "../../../src/emit/gemm/index.ts";
import { moduleHelpers } from "../../../src/emit/helpers.ts";
import { type ProductSums, productSum } from "../../../src/emit/product-sum.ts";
import type { FunctionBuilder, Local } from "../../../src/wasm/function-builder.ts";
import { build } from "../../wasm/run.ts";

const { fround } = Math;

/** Where the elements of an operand are, from `start` on, in elements. */
export interface Layout {
  readonly start: number;
  readonly free: readonly (readonly [size: number, stride: number])[];
  readonly inner: readonly (readonly [size: number, stride: number])[];
}

export interface ProductCase {
  readonly lhs: Layout;
  readonly rhs: Layout;
  /** What is not as planned. */
  readonly change: Partial<GemmPlan>;
  readonly keepsOrder: boolean;
  readonly productSums?: ProductSums;
  /** Parts into which the tiles are shared out. */
  readonly parts: number;
  readonly mayRepeat?: boolean;
}

const guard = -12345;

/** Small integers times odd fractions: sums are rounded, and differ in another order. */
function numbers(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return fround((state / 4294967296 - 0.5) * 3);
  });
}

/** An operand that lies along one of its indices, row by row. */
export function plain(free: number, inner: number, innerFirst: boolean): Layout {
  return {
    start: 0,
    free: [[free, innerFirst ? inner : 1]],
    inner: [[inner, innerFirst ? 1 : free]],
  };
}

function size(axes: Layout["free"]): number {
  return axes.reduce((product, [count]) => product * count, 1);
}

/** Of each index. */
function places(axes: Layout["free"]): number[] {
  return axes.reduce(
    (outer, [count, stride]) =>
      outer.flatMap((from) => Array.from({ length: count }, (_, i) => from + i * stride)),
    [0],
  );
}

/** One more than the last element. */
function extent({ start, free, inner }: Layout): number {
  return [...free, ...inner].reduce(
    (end, [count, stride]) => end + Math.max(0, (count - 1) * stride),
    start + 1,
  );
}

function operand(address: number, { start, free, inner }: Layout): GemmOperand {
  const axes = (of: Layout["free"]): Axes =>
    of.map(([count, stride]) => ({ size: count, bytes: 4 * stride }));
  return { address: { offset: address + 4 * start }, free: axes(free), inner: axes(inner) };
}

function store(fn: FunctionBuilder, tile: Tile, columns: number, address: number): void {
  const to = fn.local("i32");
  fn.get(tile.line).i32(columns).op("i32.mul").get(tile.element).op("i32.add");
  fn.i32(4).op("i32.mul").set(to);
  tile.registers.forEach((register, i) => {
    const offset = address + 4 * Math.floor(i / tile.vectors) * columns + 16 * (i % tile.vectors);
    for (let lane = 0; lane < lanesOf(tile, i); lane++) {
      fn.get(to).get(register);
      fn.memLane("v128.store32_lane", offset + 4 * lane, lane);
    }
  });
}

/** The result as the emitted code gives it and in plain order; throws if anything outside the result is written. */
export function runProduct({
  lhs,
  rhs,
  change,
  keepsOrder,
  productSums = "separate",
  parts,
  mayRepeat = false,
}: ProductCase): {
  readonly got: Float32Array;
  readonly want: Float32Array;
  readonly plan: GemmPlan;
} {
  const [rows, columns, inner] = [size(lhs.free), size(rhs.free), size(lhs.inner)];
  const align = (address: number) => Math.ceil(address / 64) * 64;
  const lhsAt = 1024;
  const rhsAt = align(lhsAt + 4 * extent(lhs)) + 64;
  const resultAt = align(rhsAt + 4 * extent(rhs)) + 64;
  const scratchAt = align(resultAt + 4 * rows * columns) + 64;
  const gemm = { rows, columns, inner, lhs: operand(lhsAt, lhs), rhs: operand(rhsAt, rhs) };
  const plan = { ...planGemm(gemm, { keepsOrder }), ...change };
  const end = scratchAt + gemmScratch(plan).bytes + 64;
  const { memory, call } = build(
    ["i32", "i32"],
    [],
    (fn, module) => {
      const share: { from: Local; to: Local } = { from: fn.param(0), to: fn.param(1) };
      const tools = {
        fn,
        packing: modulePacking(module),
        productSum: productSum(fn, productSums, moduleHelpers(module)),
        scratch: { offset: scratchAt },
      };
      const finish = (tile: Tile): void => fn.scope(() => store(fn, tile, columns, resultAt));
      emitGemm(tools, gemm, plan, finish, { mayRepeat, ...(parts > 1 ? { share } : {}) });
    },
    false,
    Math.ceil(end / 65536),
  );
  const all = new Float32Array(memory.buffer).fill(Number.NaN);
  all.fill(guard, (resultAt - 64) / 4, scratchAt / 4);
  all.fill(guard, (end - 64) / 4);
  const [a, b] = [numbers(extent(lhs), 1), numbers(extent(rhs), 2)];
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

  const [lines, steps] = [places(lhs.free), places(lhs.inner)];
  const [elements, otherSteps] = [places(rhs.free), places(rhs.inner)];
  const want = Float32Array.from({ length: rows * columns }, (_, flat) => {
    const i = lhs.start + at(lines, Math.floor(flat / columns));
    const j = rhs.start + at(elements, flat % columns);
    let sum = 0;
    for (let k = 0; k < inner; k++) {
      const [left, right] = [at(a, i + at(steps, k)), at(b, j + at(otherSteps, k))];
      sum =
        productSums === "separate" ? fround(sum + fround(left * right)) : fusedMultiplyAdd(left, right, sum);
    }
    return sum;
  });
  return { got: all.slice(resultAt / 4, resultAt / 4 + rows * columns), want, plan };
}
