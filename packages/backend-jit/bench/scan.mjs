// A recurrent layer over T steps, as a loop and with its steps written out: milliseconds to lower and to load a training,
// size of its memory, and milliseconds of a step of 32 rows, on one thread. After `npm run build`:
//   node packages/backend-jit/bench/scan.mjs [units, default 64] [folder of another build of the project, to compare]
// Other builds have only their own way: those before scan was a loop write steps out, in fresh processes as here.
//
// Node 20, a busy machine, 500 steps of 64 units: a step takes 22 ms as a loop, 26 written out, and 2056 in the build
// before the gradient was a scan, which added up a whole sequence for every step; to load it takes 0.2, 6.3 and 3.1 s;
// memory is 21, 13 and 1969 MB. 50 steps take 1.7, 1.8 and 12 ms.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const LENGTHS = [10, 50, 200, 500];
const NUMBERS = 8;
const ROWS = 32;

async function measure({ folder, way, length, units }) {
  const of = (name) => import(pathToFileURL(join(folder, "packages", name, "dist", "index.js")).href);
  const [{ expand }, { jitBackend }, { compile }] = [
    await of("ir"),
    await of("backend-jit"),
    await of("runtime"),
  ];
  const [{ definitions, lower }, { analyze }] = [await of("compiler"), await of("lang")];
  const text =
    `netwright 1\nmodel {\n input(${length}, ${NUMBERS})\n simple_rnn(${units})\n dense(1)\n}\n` +
    "train {\n optimizer: adam(0.001)\n loss: mse\n}\n";
  const catalog = {
    layer: definitions.layer,
    definitions: {
      ...definitions,
      encoder: new Map([["zscore", { name: "zscore", doc: "", params: {} }]]),
      missing: new Map(),
      column: new Map(),
    },
    metrics: new Map(),
  };
  const host = { readFile: () => undefined, columns: () => undefined };
  const { model, diagnostics } = analyze({ file: "bench.net", text }, { catalog, host });
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));

  let before = performance.now();
  const passed = () => {
    const since = performance.now() - before;
    before += since;
    return since;
  };
  const lowered = lower(model, { step: [ROWS] });
  const lowering = passed();
  const program = way === "written out" ? expand(lowered, ({ name }) => name !== "scan") : lowered;
  const executable = await compile(jitBackend, program, { threads: 1 });
  const loading = passed();
  executable.init(1);
  const feeds = {
    x: Float32Array.from({ length: ROWS * length * NUMBERS }, (_, i) => Math.sin(i)),
    y: Float32Array.from({ length: ROWS }, (_, i) => Math.cos(i)),
  };
  const explained = await jitBackend.explain(program, { threads: 1 });
  const step = () => executable.step({ rows: ROWS, feeds });
  let best = Number.POSITIVE_INFINITY;
  const end = performance.now() + 3000;
  for (let i = 0; i < 30 || performance.now() < end; i++) {
    passed();
    step();
    best = Math.min(best, passed());
  }
  const { kernels } = explained.functions.find(({ kind }) => kind === "step");
  const { loss } = step();
  return {
    lowering,
    loading,
    step: best,
    kernels: kernels.length,
    megabytes: explained.memory.total / 2 ** 20,
    loss,
  };
}

if (process.argv[2] === "once") {
  console.log(JSON.stringify(await measure(JSON.parse(process.argv[3]))));
} else {
  const units = Number(process.argv[2] ?? 64);
  const here = process.cwd();
  const there = process.argv[3];
  const ways = [
    { folder: here, way: "loop" },
    { folder: here, way: "written out" },
    ...(there === undefined ? [] : [{ folder: there, way: "there" }]),
  ];
  const numbers = (...texts) => texts.map((text) => String(text).padStart(11)).join("");
  console.log("".padEnd(18) + numbers("lower, ms", "load, ms", "step, ms", "kernels", "memory, MB"));
  for (const length of LENGTHS) {
    for (const { folder, way } of ways) {
      const script = fileURLToPath(import.meta.url);
      const settings = JSON.stringify({ folder, way, length, units });
      const { stdout } = spawnSync(process.execPath, [script, "once", settings], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      });
      if (stdout === "") {
        console.log(`${length} ${way}`.padEnd(18) + numbers("failed"));
        continue;
      }
      const { lowering, loading, step, kernels, megabytes } = JSON.parse(stdout);
      const cells = [lowering.toFixed(0), loading.toFixed(0), step.toFixed(3), kernels, megabytes.toFixed(1)];
      console.log(`${length} ${way}`.padEnd(18) + numbers(...cells));
    }
  }
}
