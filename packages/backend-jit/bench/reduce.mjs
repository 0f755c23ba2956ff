// Nanoseconds an element of reductions on one thread: why lanes take blocks and lines of their own. The state holds
// the operand, so that a step copies next to nothing. After `npm run build`:
//   node packages/backend-jit/bench/reduce.mjs [folder of another build of the project, to compare]
//   node packages/backend-jit/bench/reduce.mjs --sum FOLDER
// `--sum` prints those of the sum of a million elements in the build of that folder alone, as JSON.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

const SHAPES = [
  { shape: [1_000_000], dimensions: [0] },
  { shape: [5_000], dimensions: [0] },
  { shape: [400], dimensions: [0] },
  { shape: [256, 512], dimensions: [1] },
  { shape: [256, 10], dimensions: [1] },
  { shape: [256, 512], dimensions: [0] },
  { shape: [10_000, 64], dimensions: [0] },
  { shape: [100_000, 3], dimensions: [1] },
];

async function buildAt(folder) {
  const of = (name) => import(pathToFileURL(join(folder, "packages", name, "dist", "index.js")).href);
  const [ir, { jitBackend: jit }, { compile }] = [
    await of("ir"),
    await of("backend-jit"),
    await of("runtime"),
  ];
  // A backend of contract 1, as in older builds, compiles by itself.
  const compiled = (program, options) =>
    compile === undefined ? jit.compile(program, options) : compile(jit, program, options);
  return { ir, compiled };
}

/** Of older builds all state is a parameter and a result of each function; of newer ones it is read and written. */
async function prepared({ ir, compiled }, { shape, dimensions }) {
  const { Builder, tensor } = ir;
  const operand = tensor("f32", shape);
  const step = (known) => {
    const b = new Builder();
    const isOlder = b.read === undefined;
    const x = isOlder ? b.parameter("operand", operand) : b.read("operand", operand);
    if (isOlder && known !== undefined) b.parameter("result", known);
    b.parameter("x", tensor("f32", [1, 1]));
    b.parameter("y", tensor("f32", [1, 1]));
    const result = b.sum(x, dimensions);
    const written = { name: "result", value: result };
    const loss = { name: "loss", value: b.scalar(0) };
    const func = isOlder
      ? b.finish("step", "step", 1, [{ name: "operand", value: x }, written, loss])
      : b.finish("step", "step", 1, [loss], [written]);
    return { type: result.type, functions: [func, ...(b.functions ?? [])] };
  };
  const { type } = step();
  const state = [
    { name: "operand", role: "weight", type: operand },
    { name: "result", role: "weight", type },
  ];
  const init = new Builder();
  init.parameter("seed", tensor("u32", []));
  const zeros = state.map(({ name, type }) => ({ name, value: init.fill(type, 0) }));
  const first =
    init.read === undefined
      ? init.finish("init", "init", 0, zeros)
      : init.finish("init", "init", 0, [], zeros);
  const program = { name: "reduce", state, functions: [first, ...step(type).functions] };
  const executable = await compiled(program, { threads: 1 });
  executable.init(0);
  const size = shape.reduce((product, each) => product * each, 1);
  const numbers = Float32Array.from({ length: size }, (_, i) => Math.sin(i));
  executable.writeState(new Map([["operand", numbers]]));
  const feeds = { x: new Float32Array(1), y: new Float32Array(1) };
  const batch = { rows: 1, ...feeds, feeds };
  return { size, run: () => executable.step(batch) };
}

function best({ size, run }) {
  const warm = performance.now() + 150;
  while (performance.now() < warm) run();
  const times = Math.max(1, Math.ceil(2e6 / size));
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 25; round++) {
    const start = performance.now();
    for (let i = 0; i < times; i++) run();
    fastest = Math.min(fastest, (performance.now() - start) / times);
  }
  return (1e6 * fastest) / size;
}

const [first, folder] = process.argv.slice(2);
if (first === "--sum") {
  const nanoseconds = best(await prepared(await buildAt(folder), SHAPES[0]));
  console.log(JSON.stringify({ nanoseconds }));
} else await comparedWith(first);

async function comparedWith(other) {
  const here = await buildAt(process.cwd());
  const there = other === undefined ? undefined : await buildAt(other);
  for (const one of SHAPES) {
    const ours = best(await prepared(here, one));
    const theirs = there === undefined ? undefined : best(await prepared(there, one));
    const compared =
      theirs === undefined ? "" : `, there ${theirs.toFixed(3)}: ${(theirs / ours).toFixed(2)} x`;
    console.log(`[${one.shape}] over ${one.dimensions}: ${ours.toFixed(3)}${compared}`);
  }
}
