// A table of 1,000,000 rows, half of its 20 columns words, read and encoded into what the first batch is gathered from:
// Netwright beside pandas' C engine with scikit-learn's encoders, on one core each, in turn.
//   npx tsc -b && PYTHON=/path/to/python node tools/bench/read-encode.mjs FOLDER [ROUNDS] [ROWS]
// Python needs pandas and scikit-learn. Neither side makes one_hot dense: words are numbers of words here, and a sparse
// matrix there. Netwright also deals the rows out, looks for equal ones and for what is odd in the table, as training does.

import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./dist/rate.js";

const NUMBERS = 10;
const WORDS = 10;
const DISTINCT = [10, 100, 10_000];

const SCRIPT = `import sys, time
start = time.perf_counter()
import numpy as np, pandas as pd
from sklearn.preprocessing import OneHotEncoder, StandardScaler
loaded = time.perf_counter()
frame = pd.read_csv(sys.argv[1], engine="c")
words = [name for name in frame.columns if name.startswith("w")]
numbers = [name for name in frame.columns if name.startswith("x")]
x = StandardScaler().fit_transform(frame[numbers].to_numpy(np.float64)).astype(np.float32)
w = OneHotEncoder(dtype=np.float32).fit_transform(frame[words])
y = frame["y"].to_numpy(np.float32)
x[:128], w[:128].toarray(), y[:128]
print(time.perf_counter() - loaded)
`;

const [folder = ".", rounds = "5", rows = "1000000", one = ""] = process.argv.slice(2);
if (one === "") main();
else await readHere(one);

function main() {
  const python = process.env["PYTHON"];
  if (python === undefined) throw new Error("PYTHON names a Python that has pandas and scikit-learn");
  mkdirSync(folder, { recursive: true });
  for (const distinct of DISTINCT) {
    const csv = join(folder, `words-${distinct}-${rows}.csv`);
    if (!existsSync(csv)) writeCsv(csv, distinct);
    const here = [];
    const there = [];
    for (let round = 0; round < Number(rounds); round++) {
      here.push(seconds(process.execPath, [fileURLToPath(import.meta.url), folder, rounds, rows, csv]));
      there.push(seconds(python, ["-c", SCRIPT, csv]));
    }
    const ratio = median(there.map((time, round) => time / here[round]));
    console.log(
      `${distinct} words: netwright ${median(here).toFixed(2)} s, pandas and scikit-learn ${median(there).toFixed(2)} s, ${ratio.toFixed(2)} times as fast`,
    );
  }
}

/** On the first core alone; without what loads the libraries. */
function seconds(program, args) {
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const [command, given] =
    process.platform === "linux" ? ["taskset", ["-c", "0", program, ...args]] : [program, args];
  return Number(execFileSync(command, given, { env, encoding: "utf8" }).trim().split("\n").at(-1));
}

async function readHere(csv) {
  const { feedsOf, prepare, readCsv } = await import("@netwright/data");
  const start = performance.now();
  const read = readCsv(readFileSync(csv), { name: csv });
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  const words = read.table.columns.filter(({ name }) => name.startsWith("w"));
  const category = {
    name: "category",
    args: { values: null, encoder: null, missing: null },
  };
  const prepared = prepare(read.table, {
    target: ["y"],
    features: "all",
    columns: Object.fromEntries(words.map(({ name }) => [name, category])),
    scale: { name: "zscore", args: {} },
    missing: { name: "error", args: {} },
    split: { name: "random", args: { train: 1, validation: 0, test: 0, seed: 0 } },
    predicts: "number",
  });
  if ("problems" in prepared) throw new Error(JSON.stringify(prepared.problems));
  feedsOf(prepared.prepared.splits.train, 0, 128);
  console.log((performance.now() - start) / 1000);
}

/** The same bytes each time. */
function writeCsv(path, distinct) {
  const file = openSync(path, "w");
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const numbers = Array.from({ length: NUMBERS - 1 }, (_, i) => `x${i + 1}`);
  const words = Array.from({ length: WORDS }, (_, i) => `w${i + 1}`);
  writeSync(file, `${[...numbers, ...words, "y"].join(",")}\n`);
  for (let row = 0; row < Number(rows); row += 1000) {
    let text = "";
    for (let i = 0; i < 1000; i++) {
      const x = numbers.map(() => (random() * 100).toFixed(5));
      const w = words.map((_, j) => `word-${j}-${Math.floor(random() * distinct)}`);
      text += `${[...x, ...w, (random() * 10).toFixed(4)].join(",")}\n`;
    }
    writeSync(file, text);
  }
  closeSync(file);
}
