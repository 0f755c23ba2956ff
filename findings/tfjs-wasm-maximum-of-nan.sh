#!/usr/bin/env bash
# @tensorflow/tfjs-backend-wasm 4.22.0 (tfjs-core 4.22.0).
# `tf.maximum(1, NaN)` is 1, and `tf.maximum(NaN, 1)` is NaN; `minimum` does the same. Which one wins depends on the
# side, so a gradient that was lost can look healthy after a clip by maximum and minimum.
# One would have guessed NaN for both, as IEEE 754-2019's maximum, NumPy and the cpu backend have it.
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
  const vector = (x) => tf.tensor1d([x]);
  const right = await both(() => tf.maximum(vector(1), vector(NaN)));
  const left = await both(() => tf.maximum(vector(NaN), vector(1)));
  const least = await both(() => tf.minimum(vector(1), vector(NaN)));
  expect("cpu keeps NaN on both sides", Number.isNaN(right.cpu[0]) && Number.isNaN(left.cpu[0]));
  expect("wasm drops NaN on the right", right.wasm[0] === 1 && least.wasm[0] === 1);
  expect("wasm keeps NaN on the left", Number.isNaN(left.wasm[0]));
})();
JS
NODE_NO_WARNINGS=1 node look.cjs
