// What TensorFlow's operation XlaCallModule makes of our StableHLO, against the native and the xla backend: a training step of
// 8-512-512-512-1 with 128 rows, processor time and best wall time of a step, each way in processes that take turns.
//   npx tsc -b && node tools/bench/xla-call-module.mjs [ROUNDS]
// It needs `netwright setup native`, koffi beside Netwright, and for xla a plugin.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lower } from "@netwright/compiler";
import { batches, feedsOf } from "@netwright/data";
import { bytesOf } from "@netwright/ir";
import { compile } from "@netwright/runtime";
import { printStablehlo } from "@netwright/stablehlo";
import { findBackend, nodeFiles, openProject } from "netwright";

const FILE = fileURLToPath(new URL("../../examples/concrete/concrete.net", import.meta.url));
const ROWS = 128;
const STEPS = 100;
/** TensorFlow's numbers of types. */
const TYPES = { f32: 1, i32: 3, u32: 22 };
const WAYS = ["binding", "call-module", "native", "xla", "jit"];

const [rounds = "3", way] = process.argv.slice(2);
if (way === undefined) main();
else await run(way);

function main() {
  const self = fileURLToPath(import.meta.url);
  for (let round = 0; round < Number(rounds); round++) {
    for (const each of round === 0 ? WAYS : WAYS.slice(1)) {
      try {
        const told = execFileSync(process.execPath, [self, "1", each], { stdio: ["ignore", "pipe", "pipe"] });
        process.stdout.write(told);
      } catch (error) {
        const lines = String(error.stderr).split("\n");
        console.log(
          each,
          "fails:",
          lines.find((line) => /^Message|^BackendError/.test(line)) ?? lines.join(" "),
        );
      }
    }
  }
}

async function run(way) {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "3";
  const { program, batch } = await trainingStep();
  const step =
    way === "binding" || way === "call-module"
      ? await onTensorflow(way, program, batch)
      : await on(way, program, batch);
  const first = performance.now();
  step();
  const compiling = performance.now() - first;
  for (let i = 0; i < 20; i++) step();
  const before = process.cpuUsage();
  let best = Number.POSITIVE_INFINITY;
  let loss = 0;
  for (let i = 0; i < STEPS; i++) {
    const start = performance.now();
    loss = step();
    best = Math.min(best, performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  const memory = (process.memoryUsage().rss / 2 ** 20).toFixed(0);
  console.log(
    `${way.padEnd(12)} processor ${((user + system) / 1000 / STEPS).toFixed(2)} ms, best ${best.toFixed(2)} ms, first step ${compiling.toFixed(0)} ms, ${memory} MiB, loss ${loss.toFixed(6)} after ${STEPS + 21} steps`,
  );
  process.exit(0);
}

async function trainingStep() {
  const text = readFileSync(FILE, "utf8");
  const { model, prepared } = await openProject(
    { file: FILE, text },
    { files: nodeFiles([join(FILE, "..")]) },
  );
  const { train } = prepared.splits;
  const [{ start, count }] = batches(train.rows, ROWS);
  return {
    program: lower(model, { step: [ROWS], stepsPerEpoch: 1 }),
    batch: { rows: count, feeds: feedsOf(train, start, count) },
  };
}

/** The state that a training begins with. */
async function initial(program) {
  const { value: reference } = await findBackend("reference");
  const executable = await compile(reference, program);
  executable.init(0);
  return executable.readState();
}

async function on(name, program, batch) {
  const found = await findBackend(name);
  const executable = await compile(found.value, program, { threads: 2 });
  executable.writeState(await initial(program));
  return () => executable.step(batch).loss;
}

async function onTensorflow(way, program, { feeds }) {
  const step = program.functions.find(({ kind }) => kind === "step");
  const module = printStablehlo(program, step.name);
  const state = await initial(program);
  const given = step.parameters.map(({ name, value: { type } }) => ({
    type,
    data: state.get(name) ?? feeds[name],
  }));
  const folder = nativeFolder();
  return way === "binding"
    ? throughBinding(folder, module, given, step)
    : throughTheCApi(folder, module, given, step);
}

function nativeFolder() {
  const cache = process.env.XDG_CACHE_HOME ?? join(process.env.HOME, ".cache");
  const build = `tfjs-node-4.22.0-${process.platform}-${process.arch}`;
  const folder = process.env.NETWRIGHT_NATIVE ?? join(cache, "netwright", "native", build);
  return join(folder, "node_modules", "@tensorflow", "tfjs-node");
}

/** tfjs-node's addon sets single types and shapes, and lists of numbers alone; the operation wants lists of types and of shapes. */
function throughBinding(folder, module, given, step) {
  const binding = createRequire(import.meta.url)(join(folder, "lib", "napi-v8", "tfjs_binding.node"));
  const inputs = given.map(({ type, data }) => binding.createTensor(type.shape, TYPES[type.dtype], data));
  const types = step.results.map(({ value }) => TYPES[value.type.dtype]);
  const attributes = [
    { name: "version", type: binding.TF_ATTR_INT, value: 9 },
    { name: "module", type: binding.TF_ATTR_STRING, value: module },
    { name: "Tin", type: binding.TF_ATTR_INT, value: given.map(({ type }) => TYPES[type.dtype]) },
    { name: "Tout", type: binding.TF_ATTR_INT, value: types },
  ];
  return () => binding.executeOp("XlaCallModule", attributes, inputs, types.length);
}

async function throughTheCApi(folder, module, given, step) {
  const { default: koffi } = await import("koffi");
  const library = join(folder, "deps", "lib", "libtensorflow_cc.so.2");
  const old = join(folder, "deps", "lib", "libtensorflow.so.2");
  const tensorflow = koffi.load(existsSync(library) ? library : old, { global: true });
  const f = (declaration) => tensorflow.func(declaration);
  const api = {
    code: f("int TF_GetCode(void *)"),
    message: f("const char *TF_Message(void *)"),
    allocate: f("void *TF_AllocateTensor(int, const int64_t *, int, size_t)"),
    data: f("void *TF_TensorData(void *)"),
    handle: f("void *TFE_NewTensorHandle(void *, void *)"),
    freeHandle: f("void TFE_DeleteTensorHandle(void *)"),
    resolve: f("void *TFE_TensorHandleResolve(void *, void *)"),
    freeTensor: f("void TF_DeleteTensor(void *)"),
    newOp: f("void *TFE_NewOp(void *, const char *, void *)"),
    freeOp: f("void TFE_DeleteOp(void *)"),
    input: f("void TFE_OpAddInput(void *, void *, void *)"),
    int: f("void TFE_OpSetAttrInt(void *, const char *, int64_t)"),
    string: f("void TFE_OpSetAttrString(void *, const char *, const char *, size_t)"),
    types: f("void TFE_OpSetAttrTypeList(void *, const char *, const int *, int)"),
    shapes: f(
      "void TFE_OpSetAttrShapeList(void *, const char *, const int64_t **, const int *, int, void *)",
    ),
    strings: f("void TFE_OpSetAttrStringList(void *, const char *, const char **, const size_t *, int)"),
    execute: f("void TFE_Execute(void *, _Out_ void **, _Inout_ int *, void *)"),
  };
  const status = f("void *TF_NewStatus()")();
  const check = () => {
    if (api.code(status) !== 0) throw new Error(api.message(status));
  };
  const context = f("void *TFE_NewContext(void *, void *)")(f("void *TFE_NewContextOptions()")(), status);
  check();
  const tensor = ({ type, data }) => {
    const made = api.allocate(
      TYPES[type.dtype],
      BigInt64Array.from(type.shape, BigInt),
      type.shape.length,
      bytesOf(type),
    );
    new Uint8Array(koffi.view(api.data(made), bytesOf(type))).set(
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    );
    const handle = api.handle(made, status);
    check();
    return handle;
  };
  const inputs = given.map(tensor);
  const results = step.results.map(({ value }) => value.type);
  const tin = Int32Array.from(given, ({ type }) => TYPES[type.dtype]);
  const tout = Int32Array.from(results, ({ dtype }) => TYPES[dtype]);
  const shapes = results.map(({ shape }) => BigInt64Array.from(shape.length === 0 ? [0] : shape, BigInt));
  const ranks = Int32Array.from(results, ({ shape }) => shape.length);
  const written = step.writes.map((name) => step.reads.indexOf(name));
  return () => {
    const op = api.newOp(context, "XlaCallModule", status);
    check();
    api.int(op, "version", 9);
    api.string(op, "module", module, Buffer.byteLength(module));
    api.types(op, "Tin", tin, tin.length);
    api.types(op, "Tout", tout, tout.length);
    api.shapes(op, "Sout", shapes, ranks, shapes.length, status);
    api.strings(op, "platforms", ["CPU"], BigUint64Array.of(3n), 1);
    for (const input of inputs) api.input(op, input, status);
    check();
    const out = new Array(results.length).fill(null);
    api.execute(op, out, [results.length], status);
    check();
    api.freeOp(op);
    written.forEach((place, i) => {
      api.freeHandle(inputs[place]);
      inputs[place] = out[i];
    });
    const told = api.resolve(out[written.length], status);
    check();
    const loss = new Float32Array(koffi.view(api.data(told), 4))[0];
    api.freeTensor(told);
    for (const handle of out.slice(written.length)) api.freeHandle(handle);
    return loss;
  };
}
