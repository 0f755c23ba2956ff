// Nanoseconds an element of what goes row by row, forward and with its gradient, beside a copy of the same bytes and the
// exponential alone, on one thread, of arrays that are four times the last cache. After `npm run build`:
//   node packages/backend-jit/bench/rows.mjs [--json] [--megabytes 128] [--width 1024] [--rounds 7] [--warm 1000]
// By the processor's time, the best of the rounds, as the machine is shared.

import { Builder, gradients, tensor } from "@netwright/ir";
import { compile } from "@netwright/runtime";
import { jitBackend } from "../dist/index.js";

const option = (name, other) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? other : Number(process.argv[at + 1]);
};
const bytes = option("megabytes", 128) * 2 ** 20;
const widths = process.argv.includes("--width") ? [option("width", 0)] : [64, 1024, 4096];
const ROUNDS = option("rounds", 7);
const warmMs = option("warm", 1000);

const onRows = (b, x, of) => b.broadcastInDim(of, x.type.shape, [0]);
const share = (b, of, width) => b.multiply(of, b.like(of, 1 / width));

/** As the activation is written. */
function softmax(b, x) {
  const e = b.exponential(b.subtract(x, onRows(b, x, b.stopGradient(b.reduce(x, "max", [1])))));
  return b.divide(e, onRows(b, x, b.sum(e, [1])));
}

/** As the layer is written, and its scale and offset. */
function layerNorm(b, x, scale, offset) {
  const [, width] = x.type.shape;
  const centred = b.subtract(x, onRows(b, x, share(b, b.sum(x, [1]), width)));
  const variance = share(b, b.sum(b.multiply(centred, centred), [1]), width);
  const length = b.sqrt(b.add(variance, b.like(variance, 1e-3)));
  const along = (of) => b.broadcastInDim(of, x.type.shape, [1]);
  return b.add(b.multiply(b.divide(centred, onRows(b, x, length)), along(scale)), along(offset));
}

/** Of each row: as the loss is written. */
function crossEntropy(b, x, classes) {
  const [rows, width] = x.type.shape;
  const shifted = b.subtract(x, onRows(b, x, b.stopGradient(b.reduce(x, "max", [1]))));
  const total = b.log(b.sum(b.exponential(shifted), [1]));
  const each = b.broadcastInDim(b.iota(tensor("f32", [width]), 0), [rows, width], [1]);
  const own = b.compare(each, "EQ", onRows(b, x, classes));
  return b.subtract(total, b.sum(b.select(own, shifted, b.like(shifted, 0)), [1]));
}

/** The arrays of its size that a kernel has to read and write, and what makes them. */
const KERNELS = {
  copy: { moved: 2, build: (b, { x }) => [b.add(x, b.like(x, 1))] },
  exponential: { moved: 2, build: (b, { x }) => [b.exponential(x)] },
  softmax: { moved: 2, build: (b, { x }) => [softmax(b, x)] },
  "softmax, gradient": {
    moved: 3,
    build: (b, { x, dy }) => {
      // Of the shares, as the backward pass has them.
      const dot = b.sum(b.multiply(dy, x), [1]);
      return [b.multiply(x, b.subtract(dy, onRows(b, x, dot)))];
    },
  },
  layer_norm: { moved: 2, build: (b, { x, scale, offset }) => [layerNorm(b, x, scale, offset)] },
  "layer_norm, gradient": {
    moved: 3,
    build: (b, { x, dy, scale, offset }) => {
      const y = layerNorm(b, x, scale, offset);
      return gradients(b, b.sum(b.multiply(y, dy), [0, 1]), [x]);
    },
  },
  cross_entropy: { moved: 1, build: (b, { x, classes }) => [crossEntropy(b, x, classes)] },
  "cross_entropy, gradient": {
    moved: 2,
    build: (b, { x, classes }) => gradients(b, b.sum(crossEntropy(b, x, classes), [0]), [x]),
  },
};

/** Operands and results are state, so that a step copies nothing else. */
async function prepared(rows, width, { build }) {
  const types = {
    x: tensor("f32", [rows, width]),
    dy: tensor("f32", [rows, width]),
    scale: tensor("f32", [width]),
    offset: tensor("f32", [width]),
    classes: tensor("f32", [rows]),
  };
  const b = new Builder();
  const values = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, b.read(name, type)]));
  const results = build(b, values);
  const writes = results.map((value, i) => ({ name: `result_${i}`, value }));
  const loss = b.reshape(b.parameter("one", tensor("f32", [1, 1])), []);
  const step = b.finish("step", "step", 1, [{ name: "loss", value: loss }], writes);
  const read = new Set(step.reads);
  const state = [
    ...Object.entries(types).filter(([name]) => read.has(name)),
    ...writes.map(({ name, value }) => [name, value.type]),
  ].map(([name, type]) => ({ name, role: "weight", type }));
  const program = { name: "rows", state, functions: [step, ...b.functions] };
  const executable = await compile(jitBackend, program, { threads: 1 });
  const filled = state.flatMap(({ name, type: { shape } }) => {
    const size = shape.reduce((product, each) => product * each, 1);
    if (!(name in types)) return [];
    const data = new Float32Array(size);
    for (let i = 0; i < Math.min(size, 1 << 16); i++) {
      data[i] = name === "classes" ? i % width : ((Math.imul(i, 2654435761) >>> 8) & 4095) / 1024 - 2;
    }
    // The same again and again: filling takes long, and the caches do not know.
    for (let done = 1 << 16; done < size; done *= 2) data.copyWithin(done, 0, Math.min(done, size - done));
    return [[name, data]];
  });
  executable.writeState(new Map(filled));
  const batch = { rows: 1, feeds: { one: new Float32Array(1) } };
  return { run: () => executable.step(batch), dispose: () => executable.dispose() };
}

async function timesOf(width) {
  const rows = Math.floor(bytes / 4 / width);
  const all = [];
  for (const [name, kernel] of Object.entries(KERNELS)) {
    const { run, dispose } = await prepared(rows, width, kernel);
    const warm = performance.now() + warmMs;
    do run();
    while (performance.now() < warm);
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round++) {
      const start = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(start);
      best = Math.min(best, (user + system) / 1000);
    }
    dispose();
    all.push({ name, width, moved: kernel.moved, nanoseconds: (1e6 * best) / (rows * width) });
  }
  return all;
}

const measured = [];
for (const width of widths) measured.push(...(await timesOf(width)));
if (process.argv.includes("--json")) console.log(JSON.stringify({ measured }));
else {
  for (const { name, width, moved, nanoseconds } of measured) {
    const rate = (4 * moved) / nanoseconds;
    console.log(
      `${String(width).padStart(5)}  ${name.padEnd(26)} ${nanoseconds.toFixed(3)} ns  ${rate.toFixed(1)} GB/s`,
    );
  }
}
