// Nanoseconds an element of what a pass over rows is made of, alone and in the nearest cache: what rows.mjs could reach. After
// `npm run build`:
//   node packages/backend-jit/bench/row-steps.mjs
//
// Node 20, a busy AMD EPYC (Zen 4): reading and writing 0.07; the exponential of one vector after the other 1.07, of two side by side
// 0.99, of four 0.84; a division 0.20; the largest by f32x4.max 0.22, by three instructions on the bits 0.08; a sum in order of
// four lines 0.20, of eight 0.10. So a softmax is at least 0.08 + 0.84 + 0.10 + 0.20 and its reading and writing.

import { exponentialFormula } from "@netwright/ir/numerics";
import { constantPool } from "../dist/emit/constant-pool.js";
import { emitTranspose } from "../dist/emit/gemm/index.js";
import { simdLanes } from "../dist/emit/lanes.js";
import { severalLanes } from "../dist/emit/several-lanes.js";
import { ModuleBuilder } from "../dist/wasm/module-builder.js";

const SOURCE = 65536;
const RESULT = 131072;
/** Bytes of a line, and elements of four. */
const LINE = 4096;
const ELEMENTS = 4096;

const load = ({ fn, place }, offset) => {
  const vector = fn.local("v128");
  fn.get(place)
    .mem("v128.load", SOURCE + offset)
    .set(vector);
  return vector;
};
const store = ({ fn, place }, vector, offset) =>
  fn
    .get(place)
    .get(vector)
    .mem("v128.store", RESULT + offset);
const taken = ({ fn, accumulators }, i, name, vector) =>
  fn.get(accumulators[i]).get(vector).op(name).set(accumulators[i]);

/** `count` vectors in a row. */
const exponentials = (count) => (step) => {
  const vectors = Array.from({ length: count }, (_, i) => load(step, 16 * i));
  exponentialFormula(severalLanes(step.lanes, count), vectors).forEach((result, i) => {
    store(step, result, 16 * i);
  });
};
const inOrder = (fours) => (step) => {
  for (let i = 0; i < fours; i++) {
    const vectors = [0, 1, 2, 3].map((lane) => load(step, LINE * (4 * i + lane)));
    emitTranspose(step.fn, vectors);
    for (const vector of vectors) taken(step, i, "f32x4.add", vector);
  }
};

/** `bytes` that one step goes on, of so many lines side by side. */
const STEPS = {
  "read and write": { bytes: 16, lines: 1, emit: (step) => store(step, load(step, 0), 0) },
  exponential: { bytes: 16, lines: 1, emit: exponentials(1) },
  "exponential, two side by side": { bytes: 32, lines: 1, emit: exponentials(2) },
  "exponential, four side by side": { bytes: 64, lines: 1, emit: exponentials(4) },
  divide: {
    bytes: 16,
    lines: 1,
    emit: (step) => store(step, step.lanes.divide(load(step, 0), step.lanes.f32(3.7)), 0),
  },
  "f32x4.max of four lines": {
    bytes: 16,
    lines: 4,
    emit: (step) => {
      for (let i = 0; i < 4; i++) taken(step, i, "f32x4.max", load(step, LINE * i));
    },
  },
  "the largest by its bits": {
    bytes: 16,
    lines: 1,
    emit: (step) => {
      const vector = load(step, 0);
      ["i32x4.max_s", "i32x4.max_u", "i32x4.min_s"].forEach((name, i) => {
        taken(step, i, name, vector);
      });
    },
  },
  "sum in order, four lines": { bytes: 16, lines: 4, emit: inOrder(1) },
  "sum in order, eight lines": { bytes: 16, lines: 8, emit: inOrder(2) },
};

function moduleOf({ bytes, lines, emit }) {
  const module = new ModuleBuilder();
  module.importMemory("env", "memory", { initial: 10 });
  const run = module.func("run", { params: ["i32"], results: [] }, (fn, [turns]) => {
    const place = fn.local("i32");
    const step = { fn, place, lanes: simdLanes(fn, constantPool(fn)), accumulators: fn.locals("v128", 4) };
    fn.loop((again) => {
      fn.i32(0).set(place);
      fn.loop((further) => {
        fn.scope(() => emit(step));
        fn.get(place)
          .i32(bytes)
          .op("i32.add")
          .tee(place)
          .i32(lines === 1 ? 4 * ELEMENTS : LINE)
          .op("i32.lt_u")
          .brIf(further);
      });
      fn.get(turns).i32(1).op("i32.sub").tee(turns).brIf(again);
    });
    // Read, so that they are computed.
    step.accumulators.forEach((accumulator, i) => {
      fn.i32(0)
        .get(accumulator)
        .mem("v128.store", 16 * i);
    });
  });
  module.exportFunction(run, "run");
  return module.toBytes();
}

const TURNS = 1500;
for (const [name, step] of Object.entries(STEPS)) {
  const memory = new WebAssembly.Memory({ initial: 10 });
  new Float32Array(memory.buffer).fill(1.37);
  const { instance } = await WebAssembly.instantiate(moduleOf(step), { env: { memory } });
  const { run } = instance.exports;
  const warm = performance.now() + 300;
  do run(20);
  while (performance.now() < warm);
  const elements = step.lines === 1 ? ELEMENTS : (LINE / 4) * step.lines;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 40; round++) {
    const start = process.cpuUsage();
    run(TURNS);
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (1000 * (user + system)) / (TURNS * elements));
  }
  console.log(`${name.padEnd(32)} ${best.toFixed(3)} ns`);
}
