// A program with its state on a device. The state is one tensor for each variable; a step hands them to
// its plan and takes the new ones, so nothing is copied and only the loss is read back.

import { type FuncKind, formatType, type Program, sizeOf, tensor } from "@netwright/ir";
import type { Batch, Executable, NamedTensors } from "@netwright/runtime";
import type { DataId } from "@tensorflow/tfjs-core";
import type { Device } from "../device/device.ts";
import { allocate, type Elements } from "../device/storage.ts";
import { runPlan } from "../plan/run.ts";
import { type Planned, planFunctions } from "./functions.ts";
import { arrayKind, misuse } from "./misuse.ts";
import { checkStateArray, readTensor } from "./state-array.ts";

/** The state is all zeros until `init` or `writeState`. */
export function createExecutable(program: Program, device: Device): Executable {
  const functions = planFunctions(program, device);
  let state: readonly DataId[] | undefined = program.state.map(
    ({ type }) => device.upload(type, allocate(type.dtype, sizeOf(type.shape))).dataId,
  );

  const live = (): readonly DataId[] => {
    if (state !== undefined) return state;
    throw misuse(device.name, "the executable was disposed", "Compile the program again.");
  };

  const planned = (kind: FuncKind, rows: number): Planned => {
    live();
    return functions.find(kind, rows);
  };

  /** Uploads the arrays as the parameters from `first` on. All are checked before any is uploaded. */
  const upload = ({ func }: Planned, first: number, arrays: Readonly<Record<string, Elements>>): DataId[] => {
    const typed = Object.entries(arrays).map(([name, data], i) => {
      const type = func.parameters[first + i]?.value.type ?? tensor("f32", [0]);
      const expected = sizeOf(type.shape);
      const isOfKind = arrayKind(data) === arrayKind(allocate(type.dtype, 0));
      if (!isOfKind || data.length !== expected) {
        throw misuse(
          device.name,
          `${name} is ${arrayKind(data)} of ${data.length} elements, ${func.kind} for ${func.batch} rows takes ${formatType(type)}`,
          `Pass ${name} row-major with ${func.batch} rows.`,
        );
      }
      return { type, data };
    });
    return typed.map(({ type, data }) => device.upload(type, data).dataId);
  };

  const run = (found: Planned, arrays: Readonly<Record<string, Elements>>): readonly DataId[] => {
    const inputs = upload(found, program.state.length, arrays);
    return runPlan(found.plan, device, [...live(), ...inputs]);
  };

  /** Reads the results and frees them. */
  const take = ({ func }: Planned, results: readonly DataId[], first = 0): NamedTensors => {
    const taken = func.results.slice(first).flatMap(({ name, value }, i) => {
      const dataId = results[first + i];
      return dataId === undefined ? [] : [{ name, type: value.type, dataId }];
    });
    try {
      return new Map(taken.map(({ name, type, dataId }) => [name, readTensor(device, name, dataId, type)]));
    } finally {
      for (const { dataId } of taken) device.release(dataId);
    }
  };

  const releaseAll = (tensors: readonly DataId[]): void => {
    for (const dataId of tensors) device.release(dataId);
  };

  return {
    init(seed) {
      const found = planned("init", 0);
      if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
        throw misuse(device.name, `seed ${seed} is not a u32`, "Pass an integer from 0 to 4294967295.");
      }
      const next = runPlan(found.plan, device, upload(found, 0, { seed: Uint32Array.of(seed) }));
      releaseAll(live());
      state = next;
    },

    step({ rows, x, y }: Batch) {
      const found = planned("step", rows);
      const results = run(found, { x, y });
      const count = program.state.length;
      state = results.slice(0, count);
      const [loss] = [...take(found, results, count).values()];
      return { loss: loss?.[0] ?? Number.NaN };
    },

    predict(x, rows) {
      const found = planned("predict", rows);
      const [prediction] = [...take(found, run(found, { x })).values()];
      return floats(prediction);
    },

    evaluate({ rows, x, y }: Batch) {
      const found = planned("evaluate", rows);
      const [loss, prediction] = [...take(found, run(found, { x, y })).values()];
      return { loss: loss?.[0] ?? Number.NaN, prediction: floats(prediction) };
    },

    trace(x, rows) {
      const found = planned("trace", rows);
      return take(found, run(found, { x }));
    },

    readState() {
      const current = live();
      return new Map(
        program.state.flatMap(({ name, type }, i) => {
          const dataId = current[i];
          return dataId === undefined ? [] : [[name, readTensor(device, name, dataId, type)]];
        }),
      );
    },

    writeState(written: NamedTensors) {
      const current = live();
      const unknown = [...written.keys()].filter(
        (name) => !program.state.some((known) => known.name === name),
      );
      if (unknown.length > 0) {
        throw misuse(
          device.name,
          `program ${program.name} has no state variable ${unknown.join(", ")}`,
          `Write only its variables: ${program.state.map(({ name }) => name).join(", ")}.`,
        );
      }
      for (const variable of program.state) {
        const data = written.get(variable.name);
        if (data !== undefined) checkStateArray(device, variable, data);
      }
      state = program.state.flatMap(({ name, type }, i) => {
        const [dataId, data] = [current[i], written.get(name)];
        if (dataId === undefined) return [];
        if (data === undefined) return [dataId];
        device.release(dataId);
        return [device.upload(type, data).dataId];
      });
    },

    dispose() {
      if (state === undefined) return;
      releaseAll(state);
      functions.dispose();
      state = undefined;
    },
  };
}

function floats(data: ArrayLike<number> | undefined): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data ?? []);
}
