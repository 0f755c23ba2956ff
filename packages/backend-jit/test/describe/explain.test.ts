// What the backend tells of a program: which operations share a kernel, how, and what it costs.

import { describe, expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { parse } from "@netwright/ir";
import { canExplain, type FunctionExplanation, type ProgramExplanation } from "@netwright/runtime";
import { createJitBackend } from "../../src/jit-backend.ts";
import { programOf } from "../models.ts";
import { FREE, manyProcessors } from "../threads/one-by-one.ts";

const MODEL = {
  inputs: 8,
  flow: "dense(48, relu)\n dropout(0.5)\n dense(2)",
  train: "loss: mse\n optimizer: sgd(learning_rate: 0.1)",
};

const program = programOf(MODEL, { step: [16], predict: [1] });

async function explained(threads = 1): Promise<ProgramExplanation> {
  const backend = threads === 1 ? jitBackend : createJitBackend({ sharing: FREE, host: manyProcessors() });
  if (!canExplain(backend)) throw new Error("the jit backend explains");
  return backend.explain(program, { threads });
}

function functionOf({ functions }: ProgramExplanation, kind: string): FunctionExplanation {
  const found = functions.find((func) => func.kind === kind);
  if (found === undefined) throw new Error(`there is no ${kind}`);
  return found;
}

describe("the kernels of a training step", () => {
  test("name the layers and operations that they fuse", async () => {
    const { kernels, name, batch } = functionOf(await explained(), "step");
    expect([name, batch]).toEqual(["step_16", 16]);
    const [first] = kernels.filter(({ kind }) => kind === "product");
    expect(first).toMatchObject({
      layers: expect.arrayContaining(["dense_1"]),
      ops: expect.arrayContaining(["dot_general", "add", "maximum"]),
      shape: [16, 48, 8],
      layout: "NN",
      packed: ["rhs whole"],
      threads: 1,
    });
    expect(first?.ops[0]).toBe("dot_general");
    expect(kernels.find(({ kind }) => kind === "random")).toMatchObject({
      layers: ["dropout_1"],
      ops: ["rng_bit_generator"],
    });
    const update = kernels.find(({ updates }) => updates.includes("dense_1.kernel"));
    expect(update).toMatchObject({ kind: "product", layers: ["dense_1", "optimizer"], layout: "TN" });
    expect(update?.tile?.every((side) => side > 0)).toBe(true);
    expect(new Set(kernels.map((kernel) => kernel.name)).size).toBe(kernels.length);
  });

  test("cost what their operations and arrays do", async () => {
    const { kernels, flops, bytes } = functionOf(await explained(), "predict");
    // x [1 x 8], kernel [8 x 48], bias [48], result [1 x 48]; multiply-adds, the bias, the maximum.
    expect(kernels[0]).toMatchObject({
      shape: [1, 48, 8],
      bytes: 4 * (8 + 8 * 48 + 48 + 48),
      flops: 2 * 8 * 48 + 48 + 48,
    });
    expect(kernels[1]).toMatchObject({ flops: 2 * 48 * 2 + 2, bytes: 4 * (48 + 2 * 48 + 2 + 2) });
    expect(flops).toBe(864 + 194);
    expect(bytes).toBe(kernels.reduce((sum, kernel) => sum + kernel.bytes, 0));
  });

  test("count an array once that is read twice", async () => {
    const square = parse(`program square {
  func predict predict_3 batch 3 {
    %0 = parameter x : tensor<3x5xf32>
    %1 = multiply(%0, %0) : tensor<3x5xf32>
    result prediction = %1
  }
}
`);
    const explanation = await jitBackend.explain?.(square);
    expect(explanation?.functions[0]?.kernels).toMatchObject([
      { kind: "elementwise", layers: [], ops: ["multiply"], shape: [15], flops: 15, bytes: 4 * 30 },
    ]);
  });

  test("and the memory adds up", async () => {
    const { memory } = await explained();
    const weights = 8 * 48 + 48 + 48 * 2 + 2;
    // With the six words of the generator, and the counter of steps.
    expect(memory.state).toBeGreaterThanOrEqual(4 * (weights + 6));
    expect(memory.state).toBeLessThanOrEqual(4 * (weights + 7));
    expect(memory.arena).toBeGreaterThan(4 * 16 * 48);
    expect(memory.state + memory.constants + memory.arena).toBe(memory.total);
  });

  test("say how many threads share them", async () => {
    const explanation = await explained(2);
    expect(explanation.threads).toBe(2);
    const threads = functionOf(explanation, "step").kernels.map((kernel) => kernel.threads);
    expect(Math.max(...threads)).toBe(2);
    expect(Math.min(...threads)).toBe(1);
  });
});
