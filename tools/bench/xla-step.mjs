// What a training step on xla costs, and what other ways of compiling it would: epochs of each way in turns within one process,
// processor time of all threads and time by the clock of a step, and whether the state after an epoch is in the same bits.
//   npx tsc -b && NETWRIGHT_XLA_PLUGIN=... node tools/bench/xla-step.mjs [BATCH] [SECONDS] [WAY,WAY ...] [FILE.net]
// The first way is what the others are compared with: medians of pairs, above 1 is faster. Ways beside those of `WAYS` are options of
// XLA's: FLAGS="xla_cpu_ftz=false;xla_cpu_prefer_vector_width=512" makes two. THREADS: how many, 2 by default.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { lower } from "@netwright/compiler";
import { rowsOf } from "@netwright/data";
import { batchSizes, compile } from "@netwright/runtime";
import { nodeFiles, openProject } from "netwright";
import { machineOn } from "../../packages/backend-xla/dist/node/machine.js";
import { Client } from "../../packages/backend-xla/dist/node/pjrt/client.js";
import { compileOptions } from "../../packages/backend-xla/dist/node/pjrt/compile-options.js";
import { placed } from "../../packages/backend-xla/dist/node/pjrt/memory.js";
import { loadNative } from "../../packages/backend-xla/dist/node/pjrt/native.js";
import { updatesLast } from "../../packages/backend-xla/dist/node/updates-last.js";
import { createBatchFeed } from "../../packages/runtime/dist/training/batch-feed.js";
import { createStepRuns } from "../../packages/runtime/dist/training/step-runs.js";

const varint = (value) => (value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]);
const bytes = (field, content) => [...varint((field << 3) | 2), ...varint(content.length), ...content];
const text = (field, content) => bytes(field, [...new TextEncoder().encode(content)]);
const flag = ([name, value]) => {
  const told =
    typeof value === "boolean"
      ? [16, value ? 1 : 0]
      : typeof value === "number"
        ? [24, ...varint(value)]
        : text(1, value);
  return bytes(7, [...text(1, name), ...bytes(2, told)]);
};

/** A way: options of XLA's that are changed, and what is changed in the text. */
const WAYS = {
  // Weights are copied before their update.
  base: {},
  // What noise there is.
  again: {},
  // As the backend does.
  ordered: { pass: updatesLast },
  // New memory for large weights in each step.
  kept: {
    change: (given) =>
      given.replace(
        /(tensor<\d+x512xf32> \{netwright.name = "[^"]*kernel", netwright.state = "weight"), tf.aliasing_output = \d+ : i32/g,
        "$1",
      ),
  },
  // For all state.
  new: { change: (given) => given.replace(/, tf.aliasing_output = \d+ : i32/g, "") },
};
for (const spec of process.env.FLAGS?.split(";") ?? []) {
  const flags = Object.fromEntries(
    spec.split(",").map((each) => {
      const [name, value] = each.split("=");
      return [
        name,
        value === "true" ? true : value === "false" ? false : /^\d+$/.test(value) ? Number(value) : value,
      ];
    }),
  );
  WAYS[spec] = { flags, pass: updatesLast };
}

const [batch = "32", seconds = "10", names, file = "examples/concrete/concrete.net"] = process.argv.slice(2);
const chosen = names?.split(",") ?? Object.keys(WAYS);
const root = fileURLToPath(new URL("../../", import.meta.url));
process.chdir(root);
const { model, prepared } = openProject({ file, text: readFileSync(file, "utf8") }, { files: nodeFiles() });
const native = loadNative(process.env);
native.setVariable("TF_CPP_MIN_LOG_LEVEL", "3");
const client = new Client(
  native,
  process.env.NETWRIGHT_XLA_PLUGIN,
  { asynchronous: true },
  Number(process.env.THREADS ?? 2),
);
const rows = prepared.splits.train.rows;
const program = lower(model, { step: batchSizes(rows, Number(batch)) });

function compiledBy(source, { flags = {}, change = (t) => t }) {
  const [code, format] = [placed(native, change(source)), placed(native, "mlir")];
  const options = placed(
    native,
    Uint8Array.from([...compileOptions(), ...Object.entries(flags).flatMap(flag)]),
  );
  const program = client.api.struct("Program", {
    code,
    code_size: code.size,
    format,
    format_size: format.size,
  });
  return client.api
    .invoke("Client_Compile", { client: client.pointer, program, options, options_size: options.size })
    .get("executable");
}

async function opened(name) {
  const way = WAYS[name];
  const backend = {
    name: "xla",
    supports: () => true,
    load: async (program) =>
      machineOn(client, (way.pass ?? ((p) => p))(program), {
        threads: 2,
        compile: (t, take) => take(compiledBy(t, way), false),
      }),
  };
  const executable = await compile(backend, program);
  executable.init(0);
  const feed = createBatchFeed(rowsOf(prepared.splits.train), Number(batch), 0);
  const runs = createStepRuns(executable, feed, () => performance.now());
  let number = 0;
  const epoch = () => {
    number++;
    let step = 0;
    let ahead = null;
    let sum = 0;
    while (step < feed.steps) {
      const current = ahead ?? runs.begin(number, step);
      const next = step + current.count;
      ahead = current.isRunning && next < feed.steps ? runs.begin(number, next) : null;
      for (const loss of current.losses()) {
        sum += loss;
        step++;
      }
    }
    return sum;
  };
  epoch();
  const hash = createHash("sha256");
  for (const array of executable.readState().values()) hash.update(array);
  for (let i = 0; i < 3; i++) epoch();
  return {
    name,
    epoch,
    steps: feed.steps,
    hash: hash.digest("hex").slice(0, 12),
    cpu: [],
    wall: [],
    faults: [],
    executable,
  };
}

const threads = () =>
  new Map(
    readdirSync("/proc/self/task").map((id) => [
      `${id} ${readFileSync(`/proc/self/task/${id}/comm`, "utf8").trim()}`,
      Number(readFileSync(`/proc/self/task/${id}/schedstat`, "utf8").split(" ")[0]) / 1e6,
    ]),
  );
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

const ways = [];
for (const name of chosen) {
  try {
    ways.push(await opened(name));
  } catch (error) {
    console.log(name, "fails:", error.message.slice(0, 200));
  }
}
const perWay = Math.max(2, Math.round(60 / ways[0].steps));
const before = threads();
let steps = 0;
const end = performance.now() + Number(seconds) * 1000;
for (let round = 0; performance.now() < end; round++) {
  const order = round % 2 === 0 ? ways : ways.toReversed();
  for (const way of order) {
    way.epoch();
    const { minorPageFault } = process.resourceUsage();
    const [cpu, wall] = [process.cpuUsage(), performance.now()];
    for (let i = 0; i < perWay; i++) way.epoch();
    const used = process.cpuUsage(cpu);
    way.wall.push((performance.now() - wall) / perWay / way.steps);
    way.cpu.push((used.user + used.system) / 1000 / perWay / way.steps);
    way.faults.push((process.resourceUsage().minorPageFault - minorPageFault) / perWay / way.steps);
    steps += (perWay + 1) * way.steps;
  }
}
const after = threads();
const [first] = ways;
for (const { name, cpu, wall, faults, hash } of ways) {
  const ratio = (list, key) => median(list.map((value, i) => first[key][i] / value)).toFixed(3);
  console.log(
    `${name}: CPU ${median(cpu).toFixed(3)} ms, wall ${median(wall).toFixed(3)} ms (best ${Math.min(...wall).toFixed(3)}); speed CPU ${ratio(cpu, "cpu")}, wall ${ratio(wall, "wall")}; ${hash === first.hash ? "same bits" : "OTHER BITS"}; ${median(faults).toFixed(0)} page faults a step; ${cpu.length} pairs`,
  );
}
for (const [name, ms] of after) {
  const used = ms - (before.get(name) ?? 0);
  if (used > 20) console.log(`  thread ${name}: ${(used / steps).toFixed(4)} ms a step`);
}
for (const { executable } of ways) executable.dispose();
