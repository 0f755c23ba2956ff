// A program with its state on a device. The state is one tensor for each variable; a step hands them to
// its plan and takes the new ones, so nothing is copied and only the loss is read back.

import { at, type Program, sizeOf, type TensorType } from "@netwright/ir";
import { arrayFor, type Machine, type TensorData } from "@netwright/runtime";
import type { DataId } from "@tensorflow/tfjs-core";
import type { Device } from "../device/device.ts";
import { allocate, tensorInfo } from "../device/storage.ts";
import { runPlan } from "../plan/run.ts";
import { planFunctions } from "./functions.ts";

export function createMachine(program: Program, device: Device): Machine {
  const functions = planFunctions(program, device);
  let state: readonly DataId[] = program.state.map(
    ({ type }) => device.upload(type, allocate(type.dtype, sizeOf(type.shape))).dataId,
  );

  const releaseAll = (tensors: readonly DataId[]): void => {
    for (const dataId of tensors) device.release(dataId);
  };

  /** Reads the results into the arrays and frees them. */
  const take = (
    results: readonly DataId[],
    types: readonly TensorType[],
    into: readonly TensorData[],
  ): void => {
    try {
      types.forEach((type, i) => {
        at(into, i).set(device.download(tensorInfo(at(results, i), type), type));
      });
    } finally {
      releaseAll(results);
    }
  };

  return {
    call: (name) => {
      const { func, plan } = functions.named(name);
      const takesState = func.kind !== "init";
      const givesState = func.kind === "init" || func.kind === "step";
      const count = program.state.length;
      const first = takesState ? count : 0;
      const parameters = func.parameters.slice(first).map(({ value }) => value.type);
      const results = func.results.slice(givesState ? count : 0).map(({ value }) => value.type);
      const [inputs, outputs] = [parameters.map(arrayOf), results.map(arrayOf)];
      return {
        inputs,
        outputs,
        run: () => {
          const uploaded = parameters.map((type, i) => device.upload(type, at(inputs, i)).dataId);
          const made = runPlan(plan, device, [...(takesState ? state : []), ...uploaded]);
          if (givesState) {
            // A step has consumed the old state.
            if (!takesState) releaseAll(state);
            state = made.slice(0, count);
          }
          take(givesState ? made.slice(count) : made, results, outputs);
        },
      };
    },
    readState: () =>
      new Map(
        program.state.map(({ name, type }, i): [string, TensorData] => {
          const data = arrayOf(type);
          data.set(device.download(tensorInfo(at(state, i), type), type));
          return [name, data];
        }),
      ),
    writeState: (written) => {
      state = program.state.map(({ name, type }, i) => {
        const data = written.get(name);
        if (data === undefined) return at(state, i);
        device.release(at(state, i));
        return device.upload(type, data).dataId;
      });
    },
    dispose: () => {
      releaseAll(state);
      functions.dispose();
      state = [];
    },
  };
}

/** Zeros. `compile` of the runtime lets no truth values out. */
function arrayOf({ dtype, shape }: TensorType): TensorData {
  const array = arrayFor(dtype, sizeOf(shape));
  if (array === undefined) throw new Error(`${dtype} cannot leave a program`);
  return array;
}
