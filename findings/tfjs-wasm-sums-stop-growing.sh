#!/usr/bin/env bash
# @tensorflow/tfjs-backend-wasm 4.22.0 (tfjs-core 4.22.0).
# A sum has one float32 accumulator for all elements: the sum of 20 million ones is 16,777,216, and the mean of as
# many 0.1 comes out as 0.1049. A mean over a large table is 5% off without a word.
# One would have guessed a sum in pieces or in float64, as NumPy, XLA and the cpu backend do.
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
  const count = 20_000_000;
  const sums = await both(() => tf.sum(tf.ones([count])));
  const means = await both(() => tf.mean(tf.fill([count], 0.1)));
  expect("cpu adds all ones", sums.cpu[0] === count);
  expect("wasm stops at 2^24", sums.wasm[0] === 2 ** 24);
  expect("the mean on wasm is 4% off or more", Math.abs(means.wasm[0] - 0.1) > 0.004);
})();
JS
NODE_NO_WARNINGS=1 node look.cjs
