#!/usr/bin/env bash
# @tensorflow/tfjs-backend-wasm 4.22.0 (tfjs-core 4.22.0).
# A cast to bool keeps the low byte of the whole part: 256 becomes false, 0.5 and NaN become false, and 2 becomes a
# bool that holds 2, which `dataSync` hands out.
# One would have guessed false for zero and true for everything else, as the cpu backend, NumPy and C have it.
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
  const { cpu, wasm } = await both(() => tf.cast(tf.tensor1d([1, 2, 0.5, 256, NaN, 0]), "bool"));
  expect("cpu: all but zero are true", cpu.join() === "1,1,1,1,1,0");
  expect("wasm: 2 stays 2", wasm[1] === 2);
  expect("wasm: a half, 256 and NaN are false", wasm[2] === 0 && wasm[3] === 0 && wasm[4] === 0);
})();
JS
NODE_NO_WARNINGS=1 node look.cjs
