// A trained model as one WebAssembly module that needs nothing: weights and constants are its data, memory is its
// own, and rows go in and predictions come out in original units. docs/export.md describes it to its callers.

import { at, expand, optimize, type Program, sizeOf } from "@netwright/ir";
import { checkState, hashBytes, type NamedTensors } from "@netwright/runtime";
import { writeConstant } from "../arrays.ts";
import { emitFunctions } from "../emit/module.ts";
import { jitError } from "../error.ts";
import { hasLowering } from "../plan/lowering/table.ts";
import { byteSize, type ProgramPlan, planProgram } from "../plan/plan.ts";
import type { FunctionRef } from "../wasm/function-builder.ts";
import { ModuleBuilder } from "../wasm/module-builder.ts";
import { type ConversionStep, conversions, type EmitConversion } from "./conversion.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { withSection } from "./section.ts";

export interface InputColumn {
  /** From the number of the column to what the network takes, before it is rounded to f32. */
  readonly steps: readonly ConversionStep[];
  /** What stands for NaN; `null` where nothing does. */
  readonly fill: number | null;
  /** For an input of indices: the value is a whole number from 0 on and below this. Absent for numbers. */
  readonly below?: number;
}

export interface OutputColumn {
  /** From what the network gives to the number of the column. */
  readonly steps: readonly ConversionStep[];
}

export interface StandaloneModel {
  /** Has one function: `predict` for one row. */
  readonly program: Program;
  /** The whole state of the program. */
  readonly weights: NamedTensors;
  /** One for each number that the network takes, in the order of its inputs and row-major in each. */
  readonly inputs: readonly InputColumn[];
  /** In the order of the network's outputs. */
  readonly outputs: readonly OutputColumn[];
  /** Says what the module is: the content of its custom section `netwright`. */
  readonly description: Uint8Array;
}

/**
 * The bytes of the module. Without imports; exports
 * - `memory`;
 * - `input()`, `output()`: addresses of the rows, [capacity x inputs], and of the predictions, [capacity x outputs],
 *   both row-major f64; `capacity()`: how many rows there is room for;
 * - `predict(rows)`: predicts from the first row on and gives the number of rows done. It stops before a row with a
 *   value that is no finite f32 once it is scaled, or no index that the network takes, and at the capacity.
 *
 * Behind the section `netwright` a last one, `netwright.seal`, has the SHA-256 of all bytes before it, hexadecimal.
 * The same model gives the same bytes, on any machine.
 * @throws BackendError when the model needs more memory than WebAssembly has, or weights are missing.
 */
export function standaloneModule(model: StandaloneModel): Uint8Array<ArrayBuffer> {
  checkState(model.program, model.weights, (message, remedy) => {
    throw jitError(message, remedy);
  });
  const program = readOnly(optimize(expand(model.program, hasLowering)));
  // Fences cost nothing where they are not needed; so the bytes do not depend on who makes them.
  const plan = planProgram(program, { keepsOrder: false });
  const layout = layoutOf(plan, model.inputs.length, model.outputs.length);
  const module = new ModuleBuilder();
  module.ownMemory({ initial: layout.pages, maximum: layout.pages }, "memory");
  writeData(module, program, plan, model.weights);
  const [network] = emitFunctions(module, plan);
  if (network === undefined) throw new Error("the program has no function");
  emitPredict(module, network, { ...model, plan, layout, convert: conversions(module) });
  for (const name of ["input", "output", "capacity"] as const) {
    const ref = module.func(name, { params: [], results: ["i32"] }, (fn) => fn.i32(layout[name]));
    module.exportFunction(ref);
  }
  const whole = withSection(module.toBytes(), "netwright", model.description);
  const digits = Uint8Array.from(hashBytes(whole), (digit) => digit.charCodeAt(0));
  return withSection(whole, "netwright.seal", digits);
}

/** The hash that a module made here ends in: no two different ones have the same. */
export function sealIn(module: Uint8Array): string {
  return String.fromCharCode(...module.subarray(-SEAL_DIGITS));
}

const SEAL_DIGITS = 64;

/** Without state that nothing reads: weights in the place of which averages predict. */
function readOnly(program: Program): Program {
  const read = new Set(program.functions.flatMap(({ reads }) => reads));
  return { ...program, state: program.state.filter(({ name }) => read.has(name)) };
}

function writeData(module: ModuleBuilder, program: Program, plan: ProgramPlan, weights: NamedTensors): void {
  for (const variable of program.state) {
    const place = plan.state.get(variable.name);
    const data = weights.get(variable.name);
    if (place === undefined || data === undefined) {
      throw jitError(`the weights of ${variable.name} are missing`, "Export a whole run.");
    }
    module.data(place.address, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  for (const { place, values } of plan.constants) {
    const bytes = new ArrayBuffer(byteSize(place.type));
    writeConstant(bytes, { place: { ...place, address: 0 }, values });
    module.data(place.address, new Uint8Array(bytes));
  }
}

interface Parts extends Pick<StandaloneModel, "inputs" | "outputs"> {
  readonly plan: ProgramPlan;
  readonly layout: Layout;
  readonly convert: EmitConversion;
}

function emitPredict(
  module: ModuleBuilder,
  network: FunctionRef,
  { inputs, outputs, plan, layout, convert }: Parts,
): void {
  const y = plan.functions[0]?.outputs[0];
  if (y === undefined) throw new Error("the program does not predict");
  const places = (plan.functions[0]?.inputs ?? []).flatMap(({ address, type: { shape, dtype } }) =>
    Array.from({ length: sizeOf(shape) }, (_, i) => ({ address, offset: 4 * i, dtype })),
  );
  const fit = inputs.every(({ below }, i) => places[i]?.dtype === (below === undefined ? "f32" : "i32"));
  if (places.length !== inputs.length || !fit || sizeOf(y.type.shape) !== outputs.length) {
    throw new Error("the columns are not those of the network");
  }
  const predict = module.func("predict", { params: ["i32"], results: ["i32"] }, (fn) => {
    const asked = fn.param(0);
    const [row, from, to] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
    const [fits, value, scaled] = [fn.local("i32"), fn.local("f64"), fn.local("f32")];
    const index = inputs.some(({ below }) => below !== undefined) ? fn.local("i32") : fits;
    fn.i32(layout.capacity)
      .get(asked)
      .get(asked)
      .i32(layout.capacity)
      .op("i32.gt_u")
      .select("i32")
      .set(asked);
    fn.block((done) => {
      fn.loop((again) => {
        fn.get(row).get(asked).op("i32.ge_u").brIf(done);
        fn.i32(1).set(fits);
        inputs.forEach(({ steps, fill, below }, j) => {
          const { address, offset } = at(places, j);
          fn.i32(address);
          fn.get(from).mem("f64.load", layout.input + 8 * j);
          if (below !== undefined) {
            // NaN becomes 0, and what is beyond the nearest there is: neither is what was given.
            fn.tee(value).op("i32.trunc_sat_f64_u").tee(index).mem("i32.store", offset);
            fn.get(index).op("f64.convert_i32_u").get(value).op("f64.eq");
            fn.get(index).i32(below).op("i32.lt_u").op("i32.and");
            fn.get(fits).op("i32.and").set(fits);
            return;
          }
          // NaN alone differs from itself.
          if (fill !== null) fn.tee(value).f64(fill).get(value).get(value).op("f64.eq").select("f64");
          convert(fn, steps);
          fn.op("f32.demote_f64").tee(scaled).mem("f32.store", offset);
          fn.get(scaled).op("f32.abs").f32(Number.POSITIVE_INFINITY).op("f32.lt");
          fn.get(fits).op("i32.and").set(fits);
        });
        fn.get(fits).op("i32.eqz").brIf(done);
        fn.call(network);
        outputs.forEach(({ steps }, k) => {
          fn.get(to)
            .i32(y.address)
            .mem("f32.load", 4 * k)
            .op("f64.promote_f32");
          convert(fn, steps);
          fn.mem("f64.store", layout.output + 8 * k);
        });
        fn.get(from)
          .i32(8 * inputs.length)
          .op("i32.add")
          .set(from);
        fn.get(to)
          .i32(8 * outputs.length)
          .op("i32.add")
          .set(to);
        fn.get(row).i32(1).op("i32.add").set(row).br(again);
      });
    });
    fn.get(row);
  });
  module.exportFunction(predict);
}
