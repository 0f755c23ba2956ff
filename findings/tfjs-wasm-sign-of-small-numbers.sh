#!/usr/bin/env bash
# @tensorflow/tfjs-backend-wasm 4.22.0 (tfjs-core 4.22.0).
# `tf.sign` is 0 for every number whose size is below about 1e-6: the kernel compares with an epsilon.
# One would have guessed 1 and -1 for all numbers but zero, as its own cpu backend gives, down to the smallest.
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
  const { cpu, wasm } = await both(() => tf.sign(tf.tensor1d([1e-7, -1e-7, 5e-7, 2e-6, -2e-6])));
  expect("cpu knows the sign of 1e-7", cpu[0] === 1 && cpu[1] === -1);
  expect("wasm gives 0 for 1e-7", wasm[0] === 0 && wasm[1] === 0);
  expect("wasm knows the sign of 2e-6", wasm[3] === 1 && wasm[4] === -1);
})();
JS
NODE_NO_WARNINGS=1 node look.cjs
