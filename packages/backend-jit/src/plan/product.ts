// How the product of a contraction will be computed, decided before anything has an address: what is packed, the
// register tile, the order of the tiles.

import { type Address, type GemmPlan, type GemmSpec, planGemm, strided } from "../emit/gemm/index.ts";
import type { ContractionKernel, ContractionOperand } from "./kernel.ts";

export type Product = Omit<ContractionKernel, "body">;

/**
 * Two rows of 16 keep 8 sums, 4 vectors of rhs and a number of lhs in the 16 vector registers. Engines load all
 * operands of a turn of the loop before they multiply, so that larger tiles and unrolled loops spill.
 */
const TILE = { lines: 2, vectors: 4 };

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
export function productPlan(product: Product): GemmPlan {
  const nowhere = { offset: 0 };
  const spec = gemmSpec(product, nowhere, nowhere);
  const forced = { transposed: false, unroll: 1 };
  if (product.rows === 1) return planGemm(spec, { transposed: false });
  const plan = planGemm(spec, { ...forced, tile: TILE });
  // Rows are packed by fours.
  return plan.packAlong ? planGemm(spec, forced) : plan;
}

/** Nothing to add up, or nowhere to put it. */
export function isEmpty({ batch, rows, columns, inner }: Product): boolean {
  return batch * rows * columns * inner === 0;
}
