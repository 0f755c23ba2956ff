#!/usr/bin/env bash
# @tensorflow/tfjs-backend-wasm 4.22.0 (tfjs-core 4.22.0).
# `tf.selu` of a small negative number is 0, as it computes exp(x) - 1, while `tf.elu`, the same curve without its
# scale, keeps all digits on the same backend.
# One would have guessed that the two differ by a factor, as they do on the cpu backend.
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
  const SCALE = 1.0507009873554805 * 1.6732632423543772;
  const selu = await both(() => tf.selu(tf.tensor1d([-1e-8])));
  const elu = await both(() => tf.elu(tf.tensor1d([-1e-8])));
  const isScaled = (a, b) => Math.abs(a / b - SCALE) < 1e-4;
  expect("cpu: selu is a multiple of elu", isScaled(selu.cpu[0], elu.cpu[0]));
  expect("wasm: elu keeps -1e-8", Math.abs(elu.wasm[0] + 1e-8) < 1e-13);
  expect("wasm: selu is 0", selu.wasm[0] === 0);
})();
JS
NODE_NO_WARNINGS=1 node look.cjs
