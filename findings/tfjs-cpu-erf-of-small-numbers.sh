#!/usr/bin/env bash
# @tensorflow/tfjs-backend-cpu 4.22.0 (tfjs-core 4.22.0).
# `tf.erf` is a polynomial with an error of 1e-7 wherever it is: at 1e-6 it is 0.09% off, at 1e-8 9%, and gelu near 0
# inherits it. The wasm backend, often taken for the rougher one, has all digits.
# One would have guessed an error in the last digits of the result, as for the other functions.
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
  const x = [1e-8, 1e-6];
  const { cpu, wasm } = await both(() => tf.erf(tf.tensor1d(x)));
  // Near 0 erf(x) is 2 / sqrt(pi) x.
  const error = (got, i) => Math.abs(got / ((2 / Math.sqrt(Math.PI)) * x[i]) - 1);
  expect("cpu is 9% off at 1e-8", error(cpu[0], 0) > 0.05);
  expect("cpu is 0.09% off at 1e-6", error(cpu[1], 1) > 5e-4);
  expect("wasm has six digits", wasm.every((value, i) => error(value, i) < 1e-6));
})();
JS
NODE_NO_WARNINGS=1 node look.cjs
