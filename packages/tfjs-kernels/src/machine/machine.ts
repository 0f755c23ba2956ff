// A program with its state on a device. The state is one tensor for each variable; a step hands them to
// its plan and takes the new ones, so nothing is copied and only the loss is read back.

import { at, feedsOf, outputsOf, type Program, sizeOf, type TensorType } from "@netwright/ir";
import { arrayFor, type Machine, type TensorData } from "@netwright/runtime";
import type { DataId } from "@tensorflow/tfjs-core";
import type { Device } from "../device/device.ts";
import { allocate, tensorInfo } from "../device/storage.ts";
import { runPlan } from "../plan/run.ts";
import { planFunctions } from "./functions.ts";

export function createMachine(program: Program, device: Device): Machine {
  const functions = planFunctions(program, device);
  const state = new Map<string, DataId>(
    program.state.map(({ name, type }) => [
      name,
      device.upload(type, allocate(type.dtype, sizeOf(type.shape))).dataId,
    ]),
  );
  const variable = (name: string): DataId => {
    const dataId = state.get(name);
    if (dataId === undefined) throw new Error(`${program.name} has no state variable ${name}`);
    return dataId;
  };

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
      const parameters = feedsOf(func).map(({ value }) => value.type);
      const results = outputsOf(func).map(({ value }) => value.type);
      // The plan consumes what is read and written; what is only written is freed here.
      const replaced = func.writes.filter((name) => !func.reads.includes(name));
      const [inputs, outputs] = [parameters.map(arrayOf), results.map(arrayOf)];
      return {
        inputs,
        outputs,
        run: () => {
          const uploaded = parameters.map((type, i) => device.upload(type, at(inputs, i)).dataId);
          const made = runPlan(plan, device, [...func.reads.map(variable), ...uploaded]);
          releaseAll(replaced.map(variable));
          for (const [i, name] of func.writes.entries()) state.set(name, at(made, i));
          take(made.slice(func.writes.length), results, outputs);
        },
      };
    },
    readState: () =>
      new Map(
        program.state.map(({ name, type }): [string, TensorData] => {
          const data = arrayOf(type);
          data.set(device.download(tensorInfo(variable(name), type), type));
          return [name, data];
        }),
      ),
    writeState: (written) => {
      for (const { name, type } of program.state) {
        const data = written.get(name);
        if (data === undefined) continue;
        device.release(variable(name));
        state.set(name, device.upload(type, data).dataId);
      }
    },
    dispose: () => {
      releaseAll([...state.values()]);
      functions.dispose();
      state.clear();
    },
  };
}

/** Zeros. `compile` of the runtime lets no truth values out. */
function arrayOf({ dtype, shape }: TensorType): TensorData {
  const array = arrayFor(dtype, sizeOf(shape));
  if (array === undefined) throw new Error(`${dtype} cannot leave a program`);
  return array;
}
