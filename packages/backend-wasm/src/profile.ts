// What @tensorflow/tfjs-backend-wasm 4.22 does otherwise than the IR means it, or slowly: found by comparing
// every kernel over edge values and by timing (see bench/matmul-transpose.mjs for the products).

import type { Profile } from "@netwright/tfjs-kernels";

export const wasmProfile: Profile = {
  onHost: {
    maximum: "std::max, so max(x, NaN) is x; also slower than a JavaScript loop",
    minimum: "std::min, so min(x, NaN) is x; also slower than a JavaScript loop",
    sign: "gives 0 for NaN and for numbers below about 1e-6",
    log_plus_one: "computes log(1 + x), which loses all digits of a small x",
    sine: "takes remainders with the digits of f64, of which nothing is left from about 1e15 on",
    cosine: "takes remainders with the digits of f64, of which nothing is left from about 1e15 on",
    compare: "calls a function pointer with two remainders for each element, 5 times slower than a loop",
    select: "3 times slower than a loop without branches",
    broadcast_in_dim: "Tile walks indices in vectors on the heap",
    slice: "StridedSlice reads every element type as f32",
    reverse: "reads every element type as f32, and walks indices in vectors on the heap",
    pad: "cannot remove elements nor pad between neighbours",
  },
  transposedOperands: "explicit",
  shapes: "free",
  sumRowsByProduct: true,
  // The kernel clamps NaN to 0, which would hide a diverging network, and takes a bias only if it was
  // created with one dimension. An addition costs 0.4% of a step.
  fusedProduct: "none",
};
