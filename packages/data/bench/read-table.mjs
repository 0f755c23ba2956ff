// A table of a million rows and twenty columns, ten of them words: how long reading takes and how much memory, against
// another build of the project and pandas; then reading, splitting and one epoch on its numbers. Each run is a process of
// its own, all of them in turn, so that whatever else the machine does meets all alike. After `npm run build`:
//   node packages/data/bench/read-table.mjs [folder of another build] [a Python with pandas] [rows] [rounds]

import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const HERE = fileURLToPath(new URL("../../..", import.meta.url));
const [, self, ...args] = process.argv;

const NET = `netwright 1
data big {
  source: "numbers.csv"
  target: x9
  split: { train: 70%, validation: 15%, test: 15% }
}
model { dense(8, relu)
  dense(1) }
train { epochs: 1, batch: 256, loss: mse, optimizer: adam() }
`;

/** Numbers of three to seventeen digits, words of which there are two to twenty thousand, some of them quoted. */
function writeTables(folder, rows) {
  let seed = 12345;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    return (seed >>> 0) / 2 ** 32;
  };
  const stems = [
    "north",
    "south plant",
    "Élan",
    "gr-",
    "item",
    "city of ",
    "a",
    "product line ",
    "user-",
    "zip",
  ];
  const words = [2, 3, 5, 12, 30, 50, 100, 500, 2000, 20_000];
  const numberAt = (column) => {
    if (column < 3) return String(Math.floor(random() * 1000));
    const x = random() + random() - 1;
    if (column < 7) return (x * 100).toFixed(column - 1);
    return column < 9 ? (x * 1000).toFixed(6) : String(x);
  };
  const wordAt = (column, row) => {
    const word = `${stems[column]}${Math.floor(random() * words[column])}`;
    return column === 5 && row % 7 === 0 ? `"${word}, quoted"` : word;
  };
  const files = ["mixed.csv", "numbers.csv"].map((name) => openSync(join(folder, name), "w"));
  const columns = stems.map((_, column) => column);
  const lines = [columns.flatMap((c) => [`x${c}`, `w${c}`]).join(), columns.map((c) => `x${c}`).join()].map(
    (l) => [l],
  );
  const flush = () => {
    for (const [i, file] of files.entries()) {
      writeSync(file, `${lines[i].join("\n")}\n`);
      lines[i] = [];
    }
  };
  for (let row = 0; row < rows; row++) {
    const numbers = columns.map(numberAt);
    lines[0].push(columns.flatMap((c) => [numbers[c], wordAt(c, row)]).join());
    lines[1].push(numbers.join());
    if (row % 5000 === 4999) flush();
  }
  flush();
  for (const file of files) closeSync(file);
  writeFileSync(join(folder, "big.net"), NET);
}

/** The most memory that was resident, in megabytes; Linux alone says so of a process that runs. */
function peak() {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024;
}

const tasks = {
  async read(build, folder) {
    const { openTable, readTableText, tableOf } = await import(
      pathToFileURL(join(build, "packages/netwright/dist/node/index.js"))
    );
    const file = join(folder, "mixed.csv");
    return measured(async () => {
      const opened = openTable?.(file) ?? readTableText?.(file) ?? { text: readFileSync(file, "utf8") };
      const read = tableOf(opened.table ?? opened.text, file);
      if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
    });
  },
  async epoch(build, folder) {
    const { train } = await import(pathToFileURL(join(build, "packages/netwright/dist/node/index.js")));
    const file = join(folder, "big.net");
    return measured(() => train(file, { backend: "jit", threads: 1 }));
  },
};

async function measured(work) {
  const [idle, start, cpu] = [peak(), performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds: (performance.now() - start) / 1000,
    cpu: (user + system) / 1e6,
    megabytes: peak() - idle,
  };
}

const PANDAS = `
import json, sys, time, pandas as pd
t, c = time.perf_counter(), time.process_time()
pd.read_csv(sys.argv[1], engine="c")
print(json.dumps({"seconds": time.perf_counter() - t, "cpu": time.process_time() - c, "megabytes": float("nan")}).replace("NaN", "null"))
`;

function main([other, python, rows = "1000000", rounds = "3"]) {
  const folder = mkdtempSync(join(tmpdir(), "netwright-read-"));
  try {
    writeTables(folder, Number(rows));
    const size = statSync(join(folder, "mixed.csv")).size / 2 ** 20;
    console.log(`${rows} rows, ${size.toFixed(0)} MB`);
    const builds = [["this build", HERE], ...(other ? [["other build", other]] : [])];
    const runs = Object.keys(tasks).flatMap((task) => [
      ...builds.map(([name, build]) => ({
        name: `${task}, ${name}`,
        run: () => execFileSync(process.execPath, [self, "--run", task, build, folder], { encoding: "utf8" }),
      })),
      ...(task === "read" && python
        ? [
            {
              name: "read, pandas",
              run: () =>
                execFileSync(python, ["-c", PANDAS, join(folder, "mixed.csv")], { encoding: "utf8" }),
            },
          ]
        : []),
    ]);
    const found = new Map(runs.map(({ name }) => [name, []]));
    for (let round = 0; round < Number(rounds); round++) {
      for (const { name, run } of runs) found.get(name).push(JSON.parse(run().trim().split("\n").at(-1)));
    }
    const least = (all, key) => Math.min(...all.map((one) => one[key] ?? Number.NaN)).toFixed(2);
    for (const [name, all] of found) {
      console.log(
        name.padEnd(20),
        `${least(all, "seconds")} s, ${least(all, "cpu")} s of the processor, ${least(all, "megabytes")} MB`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (args[0] === "--run") console.log(JSON.stringify(await tasks[args[1]](args[2], args[3])));
else main(args);
