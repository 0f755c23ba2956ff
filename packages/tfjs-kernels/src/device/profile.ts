// What one tfjs backend is good at: data that the rules consult when they choose between a tfjs kernel and
// a host kernel, and how to multiply matrices.

import type { OpName } from "@netwright/ir";

export interface Profile {
  /**
   * Operations that run as host kernels although tfjs has a kernel for f32, each with the reason: a
   * meaning other than that of the IR, or a slow implementation. Integers and pred always run on the host.
   */
  readonly onHost: { readonly [K in OpName]?: string };
  /**
   * `flags`: BatchMatMul takes transposed operands at full speed. `explicit`: it does not, so that
   * operands are transposed by a kernel of its own, and it repacks its second operand whenever that is a
   * new tensor.
   */
  readonly transposedOperands: "flags" | "explicit";
  /**
   * `free`: a tensor is its elements, and kernels take the shape from the handle. `fixed`: a tensor has the
   * shape under which it came to be, and another shape takes a Reshape.
   */
  readonly shapes: "free" | "fixed";
  /** Sums over the rows of a matrix run as a product with a row of ones. */
  readonly sumRowsByProduct: boolean;
  /** What _FusedMatMul may take over beyond the product, exactly as the IR means it. */
  readonly fusedProduct: "none" | "bias" | "bias and relu";
}
