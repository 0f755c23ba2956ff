// How the product of a contraction will be computed, decided before anything has an address: what is packed, the
// register tile, the order of the tiles.

import {
  type Axes,
  type GemmEngine,
  type GemmOperand,
  type GemmPlan,
  type GemmSizes,
  type GemmSpec,
  gemmSizes,
  linearBytes,
  planGemm,
} from "../emit/gemm/index.ts";
import type { ContractionKernel, ContractionOperand } from "../kernels/contraction.ts";
import type { BufferId } from "../kernels/rule.ts";
import type { Share } from "../threads/share.ts";
import { linearStride, type Run } from "./strides.ts";

export type Product = Omit<ContractionKernel, "body">;

/** The same axes in bytes. */
export function byteAxes(axes: readonly Run[]): Axes {
  return axes.map(({ size, stride }) => ({ size, bytes: 4 * stride }));
}

function operand({ free, inner }: ContractionOperand, place: Place): GemmOperand {
  return { ...place, free: byteAxes(free), inner: byteAxes(inner) };
}

type Place = Pick<GemmOperand, "address" | "firstLine">;

export function gemmSpec({ rows, columns, inner, lhs, rhs }: Product, left: Place, right: Place): GemmSpec {
  return { rows, columns, inner, lhs: operand(lhs, left), rhs: operand(rhs, right) };
}

const known = new WeakMap<GemmEngine, WeakMap<Product, GemmPlan>>();

/** Vectors always run along the columns, as the elementwise body wants them. */
export function productPlan(product: Product, engine: GemmEngine): GemmPlan {
  let plans = known.get(engine);
  if (plans === undefined) {
    plans = new WeakMap();
    known.set(engine, plans);
  }
  let plan = plans.get(product);
  if (plan === undefined) {
    const nowhere = { address: { offset: 0 } };
    plan = planGemm(gemmSpec(product, nowhere, nowhere), engine);
    plans.set(product, plan);
  }
  return plan;
}

/** So many rows of it. */
export function someRows<P extends Product>(product: P, rows: number): P {
  return rows === product.rows ? product : { ...product, rows };
}

/**
 * The plan of the product, and its sizes, which may be left open in its code where the code is that of one product along single
 * axes, whole or shared by tiles.
 */
export function openProduct(
  product: Product,
  share: Share | undefined,
  engine: GemmEngine,
): { readonly plan: GemmPlan; readonly sizes: GemmSizes } | undefined {
  const { batch, lhs, rhs } = product;
  const axes = [lhs.free, lhs.inner, rhs.free, rhs.inner];
  if (batch !== 1 || isEmpty(product) || isVectorProduct(product)) return undefined;
  if (share !== undefined && share.by !== "tiles") return undefined;
  if (axes.some((each) => linearStride(each) === undefined)) return undefined;
  const plan = productPlan(product, engine);
  return plan.split === undefined
    ? { plan, sizes: gemmSizes(plan, linearBytes(byteAxes(rhs.inner))) }
    : undefined;
}

/** Nothing to add up, or nowhere to put it. */
export function isEmpty({ batch, rows, columns, inner }: Product): boolean {
  return batch * rows * columns * inner === 0;
}

/** One row, and neighbours of rhs side by side: better read in the order of memory than in tiles. */
export function isVectorProduct({ batch, rows, columns, lhs, rhs }: Product): boolean {
  // An offset cannot be negative.
  const along = [lhs.inner, rhs.inner].every((axes) => (linearStride(axes) ?? -1) >= 0);
  return batch === 1 && rows === 1 && linearStride(rhs.free) === 1 && along && columns >= 32;
}

/** Products of so many rows are emitted for the kernel: one size, or whole chunks and the rest. */
export function chunkRows({ rows }: Product, share: Share | undefined): readonly number[] {
  if (share?.by !== "chunks") return [rows];
  const rest = rows % share.size;
  return rest === 0 ? [share.size] : [share.size, rest];
}

/** Whether rows may be computed twice: nothing that is read of them is written over. `placeOf`: the same for arrays in one place. */
export function mayRepeatRows(
  { body: { ops, stores } }: ContractionKernel,
  placeOf: (buffer: BufferId) => number,
): boolean {
  const written = stores.map(placeOf);
  return ops.every(({ inputs }) =>
    inputs.every(
      (input) =>
        input.kind === "constant" ||
        stores.includes(input.buffer) ||
        !written.includes(placeOf(input.buffer)),
    ),
  );
}
