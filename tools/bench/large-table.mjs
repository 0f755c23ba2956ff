// A table that is larger than memory should be: how long it takes to be read and trained on, and how much memory. Makes the
// tables in a folder, then trains two epochs on each in a process of its own.
//   npx tsc -b && node tools/bench/large-table.mjs FOLDER [GIGABYTES] [MEMORY IN MB]
// With python and pyarrow (PYTHON=/path/to/python) the same rows as Parquet, too.

import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, statSync, writeSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const NUMBERS = 18;
const WORDS = ["north", "east", "south", "west"];

const [folder = ".", gigabytes = "2", memory = "", source = ""] = process.argv.slice(2);
if (source === "") main();
else await trainOn(source);

function main() {
  mkdirSync(folder, { recursive: true });
  const csv = join(folder, `large-${gigabytes}.csv`);
  if (!existsSync(csv)) writeCsv(csv, Number(gigabytes) * 1e9);
  const parquet = join(folder, `large-${gigabytes}.parquet`);
  const python = process.env["PYTHON"];
  if (python !== undefined && !existsSync(parquet)) {
    const script = `import pyarrow.csv as c, pyarrow.parquet as q
r = c.open_csv("${csv}")
w = None
import pyarrow as pa
for b in r:
    w = w or q.ParquetWriter("${parquet}", b.schema)
    w.write_table(pa.Table.from_batches([b]), row_group_size=1000000)
w.close()`;
    execFileSync(python, ["-c", script], { stdio: "inherit" });
  }
  for (const file of [csv, parquet].filter((file) => existsSync(file))) {
    const args = [fileURLToPath(import.meta.url), folder, gigabytes, memory, resolve(file)];
    console.log(file, `${(statSync(file).size / 1e9).toFixed(2)} GB`);
    execFileSync(process.execPath, args, { stdio: "inherit" });
  }
}

/** The same bytes each time. */
function writeCsv(path, bytes) {
  const file = openSync(path, "w");
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const names = Array.from({ length: NUMBERS }, (_, i) => `x${i + 1}`);
  let length = writeSync(file, `${[...names, "side", "y"].join(",")}\n`);
  while (length < bytes) {
    let text = "";
    for (let row = 0; row < 2000; row++) {
      const x = names.map(() => random() + random() / 2 ** 32);
      const side = Math.floor(random() * WORDS.length);
      text += `${x.join(",")},${WORDS[side]},${x[0] + 2 * x[1] - x[2] * side}\n`;
    }
    length += writeSync(file, text);
  }
  closeSync(file);
}

async function trainOn(table) {
  const { hashText } = await import("@netwright/runtime");
  const compute = memory === "" ? null : await computeOfRow();
  const start = now();
  const { project, seconds: prepared } = await open(
    table,
    memory === "" ? {} : { memory: Number(memory) * 1e6 },
  );
  const peak = () => `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`;
  console.log(`  read and prepared: ${spent(prepared)}, at most ${peak()}`);
  const { run, ends } = await train(project);
  const { bundle } = run.value;
  const weights = JSON.stringify(
    [...bundle.model.weights].map(([name, { data }]) => [name, ...(data ?? [])]),
  );
  const { rows } = project.prepared.splits.train;
  const first = since(start, ends[0]);
  const less =
    compute === null ? "" : `, less its compute ${spent(first.map((x, i) => x - rows * compute[i]))}`;
  console.log(`  to the end of the first epoch: ${spent(first)}${less}`);
  console.log(`  in all: ${spent(since(start))}, at most ${peak()}`);
  console.log(
    `  rows of the training: ${rows}; weights ${hashText(weights).slice(0, 12)}, data ${bundle.record.hash.data.slice(0, 12)}`,
  );
}

/** Seconds by the clock, and of processors: these say more on a machine that has other work. */
function now() {
  const { user, system } = process.cpuUsage();
  return [performance.now() / 1000, (user + system) / 1e6];
}

function since(start, end = now()) {
  return end.map((x, i) => x - start[i]);
}

function spent([clock, processors]) {
  return `${clock.toFixed(1)} s (of processors ${processors.toFixed(1)})`;
}

/** What a row takes when it lies in memory, in a second epoch. */
async function computeOfRow() {
  const csv = join(folder, "large-0.05.csv");
  if (!existsSync(csv)) writeCsv(csv, 0.05e9);
  const { project } = await open(csv, {});
  const { ends } = await train(project);
  return since(ends[0], ends[1]).map((x) => x / project.prepared.splits.train.rows);
}

async function open(table, options) {
  const { nodeFiles, openAnyProject } = await import("netwright");
  const text = `netwright 1
data large { source: ${JSON.stringify(table)}, target: y, columns { side: category }, split: { train: 90%, validation: 5%, test: 5% } }
model { dense(16, tanh) -> dense(1) }
train { epochs: 2, batch: 1024 }
`;
  const start = now();
  const project = await openAnyProject({ file: "large.net", text }, { files: nodeFiles(["."], options) });
  if (project.prepared === undefined) throw new Error(JSON.stringify(project.diagnostics));
  return { project, seconds: since(start) };
}

async function train(project) {
  const { runTraining, findBackend } = await import("netwright");
  const backend = await findBackend("jit");
  const ends = [];
  const callbacks = { onEpoch: () => ends.push(now()) };
  const run = await runTraining(project, { backend: backend.value, platform: {}, callbacks });
  if (!run.ok) throw new Error(JSON.stringify(run.diagnostics));
  return { run, ends };
}
