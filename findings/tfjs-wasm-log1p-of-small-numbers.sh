#!/usr/bin/env bash
# @tensorflow/tfjs-backend-wasm 4.22.0 (tfjs-core 4.22.0).
# `tf.log1p` computes log(1 + x) in float32: 5e-8 gives 0, 1e-6 is 5% off, and even 1e-3 has four digits right.
# One would have guessed what the function exists for: all digits of a small x, as the cpu backend gives.
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
  const { cpu, wasm } = await both(() => tf.log1p(tf.tensor1d([1e-3, 1e-6, 5e-8])));
  const error = (got, want) => Math.abs(got - want) / want;
  expect("cpu has the digits", [1e-3, 1e-6, 5e-8].every((x, i) => error(cpu[i], Math.log1p(x)) < 1e-6));
  expect("wasm gives 0 for 5e-8", wasm[2] === 0);
  expect("wasm is 5% off at 1e-6", error(wasm[1], 1e-6) > 0.04);
})();
JS
NODE_NO_WARNINGS=1 node look.cjs
