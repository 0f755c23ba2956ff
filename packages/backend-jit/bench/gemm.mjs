// GFLOP/s of the emitted products, by shape, plan and register tile, against the peak of multiplications and
// additions in registers. After `npm run build`: node packages/backend-jit/bench/gemm.mjs [shapes|tiles|plans] [--fused] [--json]
//
// What it shows, on one core of an EPYC of family 25 (Zen 3), 51.8 GFLOP/s in registers, tiles of 2x20, packing included:
// - Node 24 (Turboshaft keeps the order of instructions): 82 to 85% of the peak for the products of a dense layer of
//   512, 79 to 80% at batch 32. Other tiles, 4x8: 75%, 2x16: 82%.
// - Node 20 and 22 (Turbofan puts all loads of a block first): 77 to 81% with fences (inner-loop.ts), 72 to 76% at
//   batch 32. Without them 2x20 reaches 53%, as operands and sums do not fit in 15 registers, and 4x8, which fits, 70
//   to 75%. A turn is 20 multiplications and additions in 33 instructions, at most six of which start in a cycle: 92%
//   would be the most.
// - Fused (Node 22, 24, 26): 2x24 reaches 95% of that peak, 2x20 91%, 2x16 and 4x8 89%. A processor that multiplies and
//   adds on separate ports makes as many of either without: what is saved is instructions, and a register.
// - V8 unrolls these loops itself; unrolling by hand gained nothing anywhere. Blocks of the contracted index, so that
//   panels stay in the nearest cache, and numbers that are splat in memory, gained nothing either up to 4096 indices.
// - Products the other way round, columns as lines, gained nothing, and epilogues would have to be turned.
// - A load that splats costs one instruction more than one of a vector, as its offset is not folded: flat, wide
//   tiles are better than tall ones of the same size.
// - Packing the right operand panel by panel costs 2 to 5% at 128 rows, 8% at 32.
// - One row is bound by reading the matrix: 15 to 18 GFLOP/s, 30 GB/s.

import { measurePeak } from "../dist/describe/peak.js";
import { emitGemm, gemmScratch, lanesOf, modulePacking, planGemm } from "../dist/emit/gemm/index.js";
import { moduleHelpers } from "../dist/emit/helpers.js";
import { productSum } from "../dist/emit/product-sum.js";
import { ModuleBuilder } from "../dist/wasm/module-builder.js";

/** With `--fused`: by `f32x4.relaxed_madd`. */
const productSums = process.argv.includes("--fused") ? "fused" : "separate";
const engine = { keepsOrder: "f16round" in Math, fuses: productSums === "fused" };
const pages = 2048;
const at = { lhs: 1 << 20, rhs: 33 << 20, result: 65 << 20, scratch: 97 << 20 };
const memory = new WebAssembly.Memory({ initial: pages });
const numbers = new Float32Array(memory.buffer);
for (let i = 0; i < numbers.length; i++) numbers[i] = ((Math.imul(i, 2654435761) >>> 8) & 1023) / 1024 - 0.5;

function compile(body) {
  const module = new ModuleBuilder();
  module.importMemory("env", "memory", { initial: pages });
  const main = module.func("main", { params: [], results: [] }, (fn) =>
    body({
      fn,
      packing: modulePacking(module),
      productSum: productSum(fn, productSums, moduleHelpers(module)),
      scratch: { offset: at.scratch },
    }),
  );
  module.exportFunction(main);
  return new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()), { env: { memory } }).exports.main;
}

/** Best of many: the machine is shared. */
function gigaflops(run, flops) {
  const times = Math.max(1, Math.round(4e7 / flops));
  const warm = performance.now() + 80;
  while (performance.now() < warm) run();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 25; round++) {
    const start = performance.now();
    for (let i = 0; i < times; i++) run();
    best = Math.min(best, (performance.now() - start) / times);
  }
  return flops / best / 1e6;
}

/** What the tile holds goes to the result, row by row. */
function store(fn, tile, columns) {
  const to = fn.local("i32");
  fn.get(tile.line).i32(columns).op("i32.mul").get(tile.element).op("i32.add").i32(4).op("i32.mul").set(to);
  tile.registers.forEach((register, i) => {
    const offset = at.result + 4 * Math.floor(i / tile.vectors) * columns + 16 * (i % tile.vectors);
    const lanes = lanesOf(tile, i);
    if (lanes === 4) fn.get(to).get(register).mem("v128.store", offset);
    else
      for (let lane = 0; lane < lanes; lane++) {
        fn.get(to)
          .get(register)
          .memLane("v128.store32_lane", offset + 4 * lane, lane);
      }
  });
}

/** `change`: what is not as planned. */
function product({ rows, columns, inner, lhs = "inner", rhs = "free" }, change = {}) {
  const axes = (kind, free) => ({
    free: [{ size: free, bytes: kind === "inner" ? 4 * inner : 4 }],
    inner: [{ size: inner, bytes: kind === "inner" ? 4 : 4 * free }],
  });
  const spec = {
    rows,
    columns,
    inner,
    lhs: { address: { offset: at.lhs }, ...axes(lhs, rows) },
    rhs: { address: { offset: at.rhs }, ...axes(rhs, columns) },
  };
  const plan = { ...planGemm(spec, engine), ...change };
  if (gemmScratch(plan).bytes > 65536 * pages - at.scratch) throw new Error("not enough scratch memory");
  const run = compile((tools) => {
    const { fn } = tools;
    emitGemm(tools, spec, plan, (tile) => fn.scope(() => store(fn, tile, columns)));
  });
  return { plan, gflops: gigaflops(run, 2 * rows * columns * inner) };
}

const json = process.argv.includes("--json");
const found = [];
const line = (label, gflops, top, note = "") => {
  found.push({ label, gflops, note });
  if (json) return;
  console.log(
    label.padEnd(40),
    gflops.toFixed(1).padStart(6),
    `${((100 * gflops) / top).toFixed(0)}%`.padStart(5),
    note,
  );
};
const planNote = ({ tile, packAlong, packAcross, lineBlock }) =>
  `${tile.lines}x${4 * tile.vectors} ${packAlong ? "A " : ""}${packAcross} block ${lineBlock}`;

const [what = "shapes"] = process.argv.slice(2).filter((each) => !each.startsWith("--"));
// Once more at the end: the machine may have slowed down in between.
const top = (await measurePeak()) / 1e9;
line("registers alone", top, top);
if (what === "shapes") {
  const training = (batch, width) => [
    ["forward", { rows: batch, columns: width, inner: width }],
    ["input gradient", { rows: batch, columns: width, inner: width, rhs: "inner" }],
    ["weight gradient", { rows: width, columns: width, inner: batch, lhs: "free" }],
  ];
  for (const [batch, width] of [
    [32, 512],
    [128, 512],
    [256, 512],
    [128, 509],
    [128, 64],
    [128, 2048],
    [2048, 512],
  ]) {
    for (const [name, shape] of training(batch, width)) {
      const { gflops, plan } = product(shape);
      line(`${name} ${batch} x ${width}`, gflops, top, planNote(plan));
    }
  }
  for (const [name, shape] of [
    ["first layer 128 x 8 -> 512", { rows: 128, columns: 512, inner: 8 }],
    ["last layer 128 x 512 -> 1", { rows: 128, columns: 1, inner: 512 }],
    ["one row 512 -> 512", { rows: 1, columns: 512, inner: 512 }],
    ["two rows", { rows: 2, columns: 512, inner: 512 }],
    ["three rows", { rows: 3, columns: 512, inner: 512 }],
    ["five rows", { rows: 5, columns: 512, inner: 512 }],
  ]) {
    const { gflops, plan } = product(shape);
    line(name, gflops, top, planNote(plan));
  }
} else if (what === "tiles") {
  for (const [lines, vectors] of [
    [4, 2],
    [2, 4],
    [5, 2],
    [4, 3],
    [8, 1],
    [6, 2],
    [4, 4],
  ]) {
    const change = { tile: { lines, vectors }, fence: undefined };
    const { gflops, plan } = product({ rows: 480, columns: 480, inner: 512 }, change);
    line(`480 x 480 x 512, ${lines}x${4 * vectors}`, gflops, top, planNote(plan));
  }
} else {
  for (const batch of [32, 128]) {
    for (const [name, shape] of [
      ["forward", { rows: batch, columns: 512, inner: 512 }],
      ["input gradient", { rows: batch, columns: 512, inner: 512, rhs: "inner" }],
      ["weight gradient", { rows: 512, columns: 512, inner: batch, lhs: "free" }],
    ]) {
      for (const packAlong of [false, true]) {
        for (const packAcross of ["panel", "whole"]) {
          const { gflops, plan } = product(shape, { packAlong, packAcross });
          line(`${name} ${batch}`, gflops, top, planNote(plan));
        }
      }
    }
  }
}
const after = (await measurePeak()) / 1e9;
if (json) console.log(JSON.stringify({ peak: Math.max(top, after), products: found.slice(1) }));
else line("registers alone, once more", after, top);
