// A weight decay that changes: w - rate * decay * w before the rule of the optimizer, with the decay of that step.

import { describe, expect, test } from "@jest/globals";
import { definitions, lower } from "@netwright/compiler";
import { verify } from "@netwright/ir";
import { compiled, modelOf, numbers } from "./support.ts";

const decaying = [...definitions.optimizer.values()].filter(({ params }) => "weight_decay" in params);

test("nearly every optimizer has one", () => {
  expect(decaying.map(({ name }) => name)).toEqual(expect.arrayContaining(["sgd", "adamw", "lamb", "lion"]));
});

describe.each(decaying.map(({ name }) => name))("%s", (name) => {
  const trained = async (decay: string, more = "") => {
    const train = `optimizer: ${name}(learning_rate: 0.1, weight_decay: ${decay})\n epochs: 2\n ${more}`;
    const executable = await compiled(
      { flow: "dense(3, tanh)\n batch_norm\n dense(2)", train },
      { step: [4], stepsPerEpoch: 3 },
    );
    executable.init(3);
    for (let i = 0; i < 4; i++)
      executable.step({ rows: 4, feeds: { x: numbers(12, i), y: numbers(8, 90 + i) } });
    return executable.readState();
  };

  test("with a schedule that gives one number is that number, to the bit", async () => {
    const constant = "piecewise_constant(boundaries: [2], values: [0.25, 0.25])";
    expect(await trained(constant)).toEqual(await trained("0.25"));
    const factors = "weight_decay_factors { bias: 0.5, scale: 2 }";
    expect(await trained(constant, factors)).toEqual(await trained("0.25", factors));
  });

  test("with one that falls is between none and all of it", async () => {
    const [none, falling, all] = [await trained("0"), await trained("cosine(0.25)"), await trained("0.25")];
    expect(falling).not.toEqual(none);
    expect(falling).not.toEqual(all);
  });
});

test.each([
  ["linear", "polynomial_decay(0.5, end_learning_rate: 0)", [0.5, 0.375, 0.25, 0.125]],
  ["in steps", "piecewise_constant(boundaries: [0, 1], values: [0.5, 0, 0.25])", [0.5, 0, 0.25, 0.25]],
  ["with a rise", "warmup(0.5, warmup_steps: 2)", [0, 0.25, 0.5, 0.5]],
])("the decay of each update, %s, also where several batches make one", async (_, schedule, decays) => {
  for (const accumulate of [1, 2]) {
    const train = `loss: mse\n epochs: 1\n accumulate: ${accumulate}\n optimizer: sgd(learning_rate: 0.5, weight_decay: ${schedule})`;
    const executable = await compiled(
      { input: 1, flow: "dense(1, use_bias: false, kernel_initializer: ones)", train },
      { step: [1], accumulate: accumulate > 1 ? [1] : [], stepsPerEpoch: 4 * accumulate },
    );
    executable.init(0);
    let expected = 1;
    for (const decay of decays) {
      for (let i = 1; i < accumulate; i++) {
        const { inputs, run } = executable.invocation("accumulate", 1);
        inputs.get("x")?.fill(0);
        inputs.get("y")?.fill(0);
        run();
      }
      // With x = 0 there is no gradient.
      executable.step({ rows: 1, feeds: { x: Float32Array.of(0), y: Float32Array.of(0) } });
      expected -= 0.5 * decay * expected;
      const found = executable.readState().get("dense_1.kernel")?.[0] ?? Number.NaN;
      expect(Math.abs(found - expected) / expected).toBeLessThan(1e-6);
    }
  }
});

test("is an operand under another name, so that no backend takes it for the update that it has a kernel for", () => {
  const program = lower(modelOf({ flow: "dense(1)", train: "optimizer: adamw(weight_decay: cosine(1))" }), {
    step: [2],
    stepsPerEpoch: 3,
  });
  expect(verify(program)).toEqual([]);
  const composites = program.functions
    .flatMap(({ body }) => body)
    .flatMap((op) => (op.name === "composite" ? [op.attributes] : []));
  expect(composites).toHaveLength(2);
  for (const { composite, settings } of composites) {
    expect(composite).toBe("optimizer_update.adamw_scheduled_decay");
    expect(settings).not.toHaveProperty("weight_decay");
  }
});
