// Padded steps: what stands there changes nothing, and what is made of the others is what a shorter sequence gives.

import { describe, expect, test } from "@jest/globals";
import { lower } from "@netwright/compiler";
import { verify } from "@netwright/ir";
import type { Executable } from "@netwright/runtime";
import { compiled, modelOf, numbers } from "./support.ts";

const STEPS = 6;

async function predicting(flow: string, steps: number): Promise<Executable> {
  const executable = await compiled(
    { input: `${steps}, below: 9`, flow: `embedding(4, mask_zero: true)\n ${flow}` },
    { step: [2], predict: [2] },
  );
  executable.init(7);
  return executable;
}

/** Behind two rows of words. */
function outputs(executable: Executable, words: readonly number[]): readonly number[] {
  return [...executable.predict({ rows: 2, feeds: { x: Int32Array.from(words) } })];
}

const last = [
  "simple_rnn(3)",
  "lstm(3)",
  "gru(3)",
  "gru(3, reset_after: false)",
  "lstm(3, return_sequences: true)\n gru(3)",
  "bidirectional(lstm(3))",
  "bidirectional(gru(3, return_sequences: true), merge_mode: sum)\n lstm(2)",
  "dense(5, tanh)\n dropout(20%)\n layer_norm\n lstm(3)",
  "residual { multi_head_attention(2) }\n residual { dense(4, relu) }\n lstm(3)",
  "multi_head_attention(2, causal: true, rotary: true)\n lstm(3)",
  "parallel { query { dense(4) } value { } } -> multi_head_attention(1)\n lstm(3)",
  "parallel { a { lstm(4, return_sequences: true) } b { } } -> concat\n lstm(3)",
  "simple_rnn(3, return_sequences: true, go_backwards: true)\n simple_rnn(2, go_backwards: true)",
];

describe.each(last)("%s", (flow) => {
  test("gives behind padding what it gives without", async () => {
    const [long, short] = [await predicting(flow, STEPS), await predicting(flow, 3)];
    const expected = outputs(short, [5, 2, 8, 1, 1, 4]);
    const found = outputs(long, [5, 2, 8, 0, 0, 0, 1, 1, 4, 0, 0, 0]);
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5);
    expect(found).not.toEqual(outputs(long, [5, 2, 8, 3, 0, 0, 1, 1, 4, 0, 0, 0]));
  });
});

describe("a mask", () => {
  test("ends where the steps do, and where numbers of several steps come together", async () => {
    const ends = async (flow: string) => {
      const executable = await predicting(flow, STEPS);
      const state = new Map(executable.readState());
      const vectors = state.get("embedding_1.embeddings");
      const words = [5, 2, 8, 0, 0, 0, 1, 1, 4, 0, 0, 0];
      const before = outputs(executable, words);
      // The vector of the padding is seen where nothing says what padding is.
      state.set(
        "embedding_1.embeddings",
        Float32Array.from(vectors ?? [], (x, i) => (i < 4 ? x + 1 : x)),
      );
      executable.writeState(state);
      return outputs(executable, words).some((value, i) => value !== before[i]);
    };
    expect(await ends("lstm(3)")).toBe(false);
    expect(await ends("flatten -> dense(2)")).toBe(true);
    expect(await ends("conv1d(4, 2, padding: same) -> lstm(3)")).toBe(true);
    // Every step is there in one of the branches.
    expect(await ends("parallel { a { conv1d(4, 1) } b { } } -> add -> lstm(3)")).toBe(true);
  });

  test("is made of the numbers of a step by `masking`, and the numbers become 0", async () => {
    const x = Float32Array.of(1, 2, -1, -1, -1, 3, -1, -1);
    const masked = await compiled({ input: "4, 2", flow: "masking(-1)" }, { predict: [1] });
    expect([...masked.predict({ rows: 1, feeds: { x } })]).toEqual([1, 2, 0, 0, -1, 3, 0, 0]);
    const run = async (steps: number, flow: string, feed: Float32Array) => {
      const executable = await compiled({ input: `${steps}, 2`, flow }, { step: [1], predict: [1] });
      executable.init(2);
      return [...executable.predict({ rows: 1, feeds: { x: feed } })];
    };
    expect(await run(4, "masking(-1) -> lstm(3)", x)).toEqual(
      await run(2, "lstm(3)", Float32Array.of(1, 2, -1, 3)),
    );
  });

  test("of a row without words leaves the states at 0, and lets attention see nothing", async () => {
    const words = [0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6];
    expect(outputs(await predicting("lstm(3)", STEPS), words).slice(0, 3)).toEqual([0, 0, 0]);
    const attention = outputs(await predicting("multi_head_attention(2)", STEPS), words);
    expect(attention.slice(0, 24).every((value) => value === 0)).toBe(true);
    expect(attention.slice(24).every((value) => value !== 0)).toBe(true);
    const some = outputs(await predicting("multi_head_attention(2)", STEPS), [
      5,
      2,
      0,
      0,
      0,
      0,
      ...words.slice(6),
    ]);
    expect(some.slice(0, 8).every((value) => value !== 0)).toBe(true);
    expect(some.slice(8, 24).every((value) => value === 0)).toBe(true);
  });

  test("costs nothing where no layer heeds it", () => {
    const ops = (flow: string) =>
      lower(modelOf({ input: "5, below: 9", flow }), { predict: [2] }).functions[0]?.body.map(
        ({ name }) => name,
      );
    expect(ops("embedding(4, mask_zero: true) -> flatten -> dense(2)")).toEqual(
      ops("embedding(4) -> flatten -> dense(2)"),
    );
  });

  test("is of steps: an index for each", () => {
    expect(() => modelOf({ input: "2, 3, below: 9", flow: "embedding(4, mask_zero: true)" })).toThrow(
      "an index for each step",
    );
    expect(() => modelOf({ input: 3, flow: "masking" })).toThrow("steps and numbers");
  });
});

describe("recurrent layers", () => {
  test("start with orthogonal recurrent kernels, and an lstm with the gate that forgets open", async () => {
    const executable = await compiled({ input: "4, 2", flow: "lstm(3)" }, { step: [1] });
    executable.init(1);
    expect([...(executable.readState().get("lstm_1.bias") ?? [])]).toEqual([
      0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0,
    ]);
    const plain = await compiled({ input: "4, 2", flow: "lstm(3, unit_forget_bias: false)" }, { step: [1] });
    plain.init(1);
    expect(
      plain
        .readState()
        .get("lstm_1.bias")
        ?.every((value) => value === 0),
    ).toBe(true);
  });

  test("in both directions are layers of a sequence", () => {
    const shapes = (flow: string) => modelOf({ input: "5, 2", flow }).outputs[0]?.type.shape;
    expect(shapes("bidirectional(lstm(3))")).toEqual([6]);
    expect(shapes("bidirectional(gru(3, return_sequences: true))")).toEqual([5, 6]);
    expect(shapes("bidirectional(simple_rnn(3), merge_mode: mul)")).toEqual([3]);
    expect(() => shapes("bidirectional(dense(3))")).toThrow("`dense` is none");
    expect(() => shapes("bidirectional(lstm)")).toThrow("units");
  });

  test.each([
    "lstm(3, dropout: 50%)",
    "gru(3, recurrent_dropout: 50%)",
    "bidirectional(lstm(3, dropout: 50%))",
  ])("%s drops while training, the same in all steps, and not when predicting", async (flow) => {
    const program = lower(modelOf({ input: "5, 2", flow }), { step: [2], predict: [2] });
    expect(verify(program)).toEqual([]);
    const executable = await compiled({ input: "5, 2", flow }, { step: [2], predict: [2] });
    executable.init(1);
    const x = numbers(20);
    const before = executable.predict({ rows: 2, feeds: { x } });
    expect(before).toEqual(executable.predict({ rows: 2, feeds: { x } }));
    const train = "loss: mse\n optimizer: sgd(learning_rate: 1e-30)";
    const still = await compiled({ input: "5, 2", flow, train }, { step: [2] });
    still.init(1);
    const y = new Float32Array(before.length);
    const losses = [1, 2, 3, 4].map(() => still.step({ rows: 2, feeds: { x, y } }).loss);
    expect(new Set(losses).size).toBeGreaterThan(1);
  });

  test("have code that does not grow with the steps", () => {
    const sizes = [5, 50, 500].map((steps) => {
      const flow = "bidirectional(lstm(3, return_sequences: true))\n gru(3)";
      const model = modelOf({ input: `${steps}, below: 9`, flow: `embedding(4, mask_zero: true)\n ${flow}` });
      return lower(model, { step: [2] }).functions.map(({ body }) => body.length);
    });
    expect(sizes[1]).toEqual(sizes[0]);
    expect(sizes[2]).toEqual(sizes[0]);
  });
});
