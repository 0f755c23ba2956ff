// How long analysis and formatting of a long file take, and how they grow with it:
//   npx tsc -b packages/netwright && node packages/lang/bench/analyze.mjs
// Prints the least of some rounds in milliseconds. Lines of 27 characters: 5,000 of them are about 136 KB.

import { catalog } from "../../netwright/dist/index.js";
import { analyze, format } from "../dist/index.js";

const host = { readFile: () => undefined, columns: () => undefined };

function valid(lines) {
  const head =
    "netwright 1\nparam width = 64 in [32, 64]\nblock hidden(units, act = relu) {\n  dense(units)\n  act\n}\n";
  const kinds = [
    (i) => `  dense(${8 + (i % 50)}, relu)\n`,
    (i) => `  dense(width) -> relu   # layer ${i}\n`,
    (i) => `  hidden(${16 + (i % 7)}, act: swish)\n`,
    () => "  residual(project: dense) { dense(16) }\n",
    () => "  dropout(10%)\n",
  ];
  const steps = Array.from({ length: lines - 10 }, (_, i) => kinds[i % kinds.length](i));
  return `${head}model {\n  input(8)\n${steps.join("")}  dense(1)\n}\n`;
}

const broken = (lines) => "@ } ) ] { ( [ = = -> foo 12ab\n".repeat(lines);

function least(rounds, run) {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best.toFixed(0).padStart(6);
}

for (const [name, make] of Object.entries({ valid, broken })) {
  console.log(`${name.padEnd(8)} ${"KB".padStart(6)}${" analyze".padStart(10)}${" format".padStart(9)}`);
  for (const lines of [5_000, 10_000, 20_000, 32_000]) {
    const text = make(lines).slice(0, 1_000_000);
    const rounds = lines === 5_000 ? 20 : 5;
    const analysis = least(rounds, () => analyze({ file: "bench.net", text }, { catalog, host }));
    const formatting = least(rounds, () => format(text));
    const size = (text.length / 1000).toFixed(0).padStart(6);
    console.log(`${String(lines).padEnd(8)} ${size}${analysis.padStart(10)}${formatting.padStart(9)}`);
  }
}
