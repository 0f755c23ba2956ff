#!/usr/bin/env bash
# @tensorflow/tfjs-backend-wasm 4.22.0 (tfjs-core 4.22.0).
# `tf.relu` keeps NaN, and the relu that is fused into `tf.fused.matMul` turns it into 0: XNNPACK clamps. tfjs-layers
# fuses the activation of every dense layer, so a network that diverges predicts clean zeros instead of NaN.
# One would have guessed that fusing changes the speed and not what comes out. The cpu backend gives NaN for both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error --ignore-scripts @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 >/dev/null
cat >look.cjs <<'JS'
const tf = require("@tensorflow/tfjs-core");
require("@tensorflow/tfjs-backend-cpu");
require("@tensorflow/tfjs-backend-wasm");

/** The same call on both backends, as plain numbers. */
async function both(call) {
  const results = {};
  for (const backend of ["cpu", "wasm"]) {
    await tf.setBackend(backend);
    results[backend] = [...call().dataSync()];
    console.log(backend.padEnd(5), results[backend].join(", "));
  }
  return results;
}
function expect(what, holds) {
  if (holds) return;
  console.error(`changed: ${what}`);
  process.exitCode = 1;
}
console.warn = () => {};

(async () => {
  const matrix = (x) => tf.tensor2d([[x]]);
  const plain = { transposeA: false, transposeB: false };
  const apart = await both(() => tf.relu(tf.matMul(matrix(NaN), matrix(1))));
  const fused = await both(() =>
    tf.fused.matMul({ a: matrix(NaN), b: matrix(1), ...plain, activation: "relu" }),
  );
  expect("relu alone keeps NaN", Number.isNaN(apart.wasm[0]) && Number.isNaN(apart.cpu[0]));
  expect("cpu keeps NaN when fused", Number.isNaN(fused.cpu[0]));
  expect("wasm gives 0 when fused", fused.wasm[0] === 0);
})();
JS
NODE_NO_WARNINGS=1 node look.cjs
