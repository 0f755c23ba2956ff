#!/usr/bin/env bash
# @tensorflow/tfjs-backend-wasm 4.22.0 (tfjs-core 4.22.0).
# `tf.sin` and `tf.cos` take the remainder of their argument with too few digits of 2/pi: from about 1e15 on the result
# has nothing to do with the argument, and it is still a number between -1 and 1.
# One would have guessed the values that C's sinf, and its own cpu backend, give for every f32.
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
  const close = (x, y) => Math.abs(x - y) < 1e-5;
  // All three are f32.
  const [small, large, huge] = [1000, 2 ** 66, 2 ** 100];
  const { cpu, wasm } = await both(() => tf.sin(tf.tensor1d([small, large, huge])));
  expect("cpu gives the sine of all three", [small, large, huge].every((x, i) => close(cpu[i], Math.sin(x))));
  expect("wasm gives the sine of 1000", close(wasm[0], Math.sin(small)));
  expect("wasm does not give that of 2^66 and 2^100", ![large, huge].some((x, i) => close(wasm[i + 1], Math.sin(x))));
})();
JS
NODE_NO_WARNINGS=1 node look.cjs
