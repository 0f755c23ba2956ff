// Ten thousand steps: the tensors of the addon and the memory of the process stay where they were.

import { expect, test } from "@jest/globals";
import { lower } from "@netwright/compiler";
import { executableOf } from "@netwright/runtime";
import { createMachine } from "@netwright/tfjs-kernels";
import { memoryFiles, openProject } from "netwright";
import type { Binding } from "../src/node/device/binding.ts";
import { nativeDevice } from "../src/node/device/native-device.ts";
import { loadLibrary } from "../src/node/library/load-library.ts";
import { describeWithLibrary } from "./with-library.ts";

const TEXT = `netwright 1
model {
  input(8)
  dense(16, relu)
  dropout(0.1)
  dense(1)
}
train { loss: mae }
`;
const STEPS = 10_000;

/** The addon, with the number of its tensors that are alive. */
function counted(binding: Binding): { readonly binding: Binding; readonly live: () => number } {
  const live = new Set<number>();
  const counting: Binding = {
    ...numbersOf(binding),
    createTensor: (shape, dtype, values) => {
      const id = binding.createTensor(shape, dtype, values);
      live.add(id);
      return id;
    },
    deleteTensor: (id) => {
      live.delete(id);
      binding.deleteTensor(id);
    },
    tensorDataSync: (id) => binding.tensorDataSync(id),
    executeOp: (name, attrs, inputs, outputs) => {
      const results = binding.executeOp(name, attrs, inputs, outputs);
      for (const { id } of results) live.add(id);
      return results;
    },
  };
  return { binding: counting, live: () => live.size };
}

/** Its constants, which an object of the addon does not let be spread. */
function numbersOf(binding: Binding) {
  const { TF_Version, TF_FLOAT, TF_INT32, TF_BOOL, TF_ATTR_BOOL, TF_ATTR_FLOAT } = binding;
  const { TF_ATTR_INT, TF_ATTR_SHAPE, TF_ATTR_STRING, TF_ATTR_TYPE } = binding;
  const types = { TF_Version, TF_FLOAT, TF_INT32, TF_BOOL };
  return { ...types, TF_ATTR_BOOL, TF_ATTR_FLOAT, TF_ATTR_INT, TF_ATTR_SHAPE, TF_ATTR_STRING, TF_ATTR_TYPE };
}

describeWithLibrary("memory", () => {
  test("is flat over ten thousand steps, and free after disposal", () => {
    const { binding, live } = counted(loadLibrary(process.env).binding);
    const { model } = openProject({ file: "memory.net", text: TEXT }, { files: memoryFiles(new Map()) });
    if (model === undefined) throw new Error("the network is not sound");
    const program = lower(model, { step: [4, 3] });
    const executable = executableOf("native", program, createMachine(program, nativeDevice(binding)));
    executable.init(0);
    const step = (rows: number) =>
      executable.step({
        rows,
        feeds: { x: new Float32Array(rows * 8).fill(0.5), y: new Float32Array(rows).fill(1) },
      });
    const run = (steps: number) => {
      // Both steps of the program in turn, as at the end of every epoch, and the state read now and then.
      for (let i = 0; i < steps; i++) step(i % 10 === 9 ? 3 : 4);
      executable.readState();
      return { tensors: live(), resident: process.memoryUsage().rss };
    };
    run(100);
    const early = run(1000);
    const late = run(STEPS - 1100);
    expect(late.tensors).toBe(early.tensors);
    // A leak of one tensor for each step would be some 5 MB and grow; the heap of JavaScript moves by itself.
    expect(late.resident - early.resident).toBeLessThan(64e6);
    executable.dispose();
    expect(live()).toBe(0);
  }, 240_000);
});
