// How the product of a contraction will be computed, decided before anything has an address: what is packed, the
// register tile, the order of the tiles.

import {
  type Address,
  type GemmEngine,
  type GemmPlan,
  type GemmSpec,
  planGemm,
  strided,
} from "../emit/gemm/index.ts";
import type { ContractionKernel, ContractionOperand } from "./kernel.ts";

export type Product = Omit<ContractionKernel, "body">;

function operand({ free, inner }: ContractionOperand, address: Address): GemmSpec["lhs"] {
  return { address, free: strided(4 * free), inner: strided(4 * inner) };
}

export function gemmSpec(
  { rows, columns, inner, lhs, rhs }: Product,
  left: Address,
  right: Address,
): GemmSpec {
  return { rows, columns, inner, lhs: operand(lhs, left), rhs: operand(rhs, right) };
}

/** Vectors always run along the columns, as the elementwise body wants them. */
export function productPlan(product: Product, engine: GemmEngine): GemmPlan {
  const nowhere = { offset: 0 };
  const spec = gemmSpec(product, nowhere, nowhere);
  return planGemm(spec, { transposed: false }, engine);
}

/** Nothing to add up, or nowhere to put it. */
export function isEmpty({ batch, rows, columns, inner }: Product): boolean {
  return batch * rows * columns * inner === 0;
}

/** One row, and neighbours of rhs side by side: better read in the order of memory than in tiles. */
export function isVectorProduct({ batch, rows, columns, rhs }: Product): boolean {
  return batch === 1 && rows === 1 && rhs.free === 1 && columns >= 32;
}
