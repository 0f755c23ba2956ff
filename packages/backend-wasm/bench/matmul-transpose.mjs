// Why products of matrices are planned as they are (packages/tfjs-kernels/src/product). Times the three
// products of a dense layer, batch x 512 by 512 x 512, in each form that the wasm backend of tfjs offers.
// Run: node packages/backend-wasm/bench/matmul-transpose.mjs [batch]
//
// What it shows, with batch 128 on one EPYC core:
// - transposed operands run in scalar code, forty times slower than XNNPACK;
// - XNNPACK packs its second operand once for each tensor and keeps that until the tensor is freed; a weight
//   that changes must be a new tensor, and is packed again, for 40% of the time of its product;
// - so g W^T is best as (W g^T)^T: g is transposed and packed instead of W, which is four times larger;
// - a sum over rows is cheapest as a product with ones, when the matrix is packed for another product anyway.

import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";

const batch = Number(process.argv[2] ?? 128);
const width = 512;

await tf.setBackend("wasm");
const backend = tf.backend();

/** A tensor of that shape; the contents do not matter. */
function make(...shape) {
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(i));
  return { dataId: backend.write(values, shape, "float32"), shape, dtype: "float32" };
}

/** The same memory as far as the clock can tell, but a new identity, so that nothing is packed yet. */
const renew = ({ shape, dtype }) => ({ dataId: backend.write(null, shape, dtype), shape, dtype });
const free = (...tensors) => {
  for (const { dataId } of tensors) backend.disposeData(dataId);
};
const call = (name, inputs, attrs) => tf.getKernel(name, "wasm").kernelFunc({ inputs, backend, attrs });
const multiply = (a, b, transposeA = false, transposeB = false) =>
  call("BatchMatMul", { a, b }, { transposeA, transposeB });
const transpose = (x) => {
  const flat = { ...x, shape: x.shape.slice(1) };
  const result = call("Transpose", { x: flat }, { perm: [1, 0] });
  return { ...result, shape: [1, ...result.shape] };
};

const w = make(1, width, width);
const x = make(1, batch, width);
const g = make(1, batch, width);
const ones = make(1, 1, batch);

const forms = {
  "x W, W packed before": () => free(multiply(x, w)),
  "x W, W new": () => {
    const fresh = renew(w);
    free(multiply(x, fresh), fresh);
  },
  "g W^T by flag": () => free(multiply(g, w, false, true)),
  "g W^T, W transposed": () => {
    const turned = transpose(w);
    free(multiply(g, turned), turned);
  },
  "g W^T as (W g^T)^T": () => {
    const turned = transpose(g);
    const product = multiply(w, turned);
    free(transpose(product), product, turned);
  },
  "x^T g by flag": () => free(multiply(x, g, true, false)),
  "x^T g, x transposed, g new": () => {
    const [turned, fresh] = [transpose(x), renew(g)];
    free(multiply(turned, fresh), turned, fresh);
  },
  "sum over rows by Sum": () => free(call("Sum", { x: { ...g, shape: [batch, width] } }, { axis: [0] })),
  "sum over rows by product": () => free(multiply(ones, g)),
};

for (const [name, run] of Object.entries(forms)) {
  for (let i = 0; i < 3; i++) run();
  const times = Array.from({ length: 20 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  console.log(`${name.padEnd(30)} ${Math.min(...times).toFixed(3)} ms`);
}
