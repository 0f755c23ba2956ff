// Nanoseconds an element of reductions on one thread: why lanes take blocks and lines of their own. The state holds
// the operand, so that a step copies next to nothing. After `npm run build`:
//   node packages/backend-jit/bench/reduce.mjs [folder of another build of the project, to compare]

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

async function prepared({ ir, compiled }, { shape, dimensions }) {
  const { Builder, tensor } = ir;
  const make = (known) => {
    const b = new Builder();
    const x = b.parameter("operand", tensor("f32", shape));
    const row = tensor("f32", [1, 1]);
    const old = known === undefined ? undefined : b.parameter("result", known);
    b.parameter("x", row);
    b.parameter("y", row);
    const result = b.sum(x, dimensions);
    const results = [
      { name: "operand", value: x },
      { name: "result", value: result },
      { name: "loss", value: b.scalar(0) },
    ];
    return { type: result.type, func: b.finish("step", "step", 1, results), old };
  };
  const { type } = make();
  const { func } = make(type);
  const init = new Builder();
  init.parameter("seed", tensor("u32", []));
  const zeros = (of) => init.fill(of, 0);
  const operand = tensor("f32", shape);
  const state = [
    { name: "operand", role: "weight", type: operand },
    { name: "result", role: "weight", type },
  ];
  const first = init.finish("init", "init", 0, [
    { name: "operand", value: zeros(operand) },
    { name: "result", value: zeros(type) },
  ]);
  const program = { name: "reduce", state, functions: [first, func] };
  const executable = await compiled(program, { threads: 1 });
  executable.init(0);
  const size = shape.reduce((product, each) => product * each, 1);
  const numbers = Float32Array.from({ length: size }, (_, i) => Math.sin(i));
  executable.writeState(new Map([["operand", numbers]]));
  const batch = { rows: 1, feeds: { x: new Float32Array(1), y: new Float32Array(1) } };
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

const here = await buildAt(process.cwd());
const there = process.argv[2] === undefined ? undefined : await buildAt(process.argv[2]);
for (const one of SHAPES) {
  const ours = best(await prepared(here, one));
  const theirs = there === undefined ? undefined : best(await prepared(there, one));
  const compared =
    theirs === undefined ? "" : `, there ${theirs.toFixed(3)}: ${(theirs / ours).toFixed(2)} x`;
  console.log(`[${one.shape}] over ${one.dimensions}: ${ours.toFixed(3)}${compared}`);
}
