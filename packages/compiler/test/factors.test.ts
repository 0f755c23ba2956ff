// Factors of the learning rate and of the weight decay by the role of a weight: each weight moves as with an optimizer of
// its own, of these arguments. So are the parameter groups of PyTorch.

import { expect, test } from "@jest/globals";
import { lower } from "@netwright/compiler";
import { verify } from "@netwright/ir";
import { compiled, modelOf, textOf } from "./support.ts";

const flow = "embedding(3)\n flatten\n dense(4, tanh)\n batch_norm\n dense(2)";
const model = (train: string) => ({ input: "2, below: 5", flow, train: `loss: mse\n ${train}` });
const roles = {
  "embedding_1.embeddings": "embedding",
  "dense_1.kernel": "kernel",
  "dense_1.bias": "bias",
  "batch_norm_1.gamma": "scale",
  "batch_norm_1.beta": "bias",
  "dense_2.kernel": "kernel",
  "dense_2.bias": "bias",
} as const;

/** The weights before and after steps, all of which start with the gradients of the same weights. */
async function moved(train: string, steps = 1) {
  const executable = await compiled(model(train), { step: [6], stepsPerEpoch: 4 });
  executable.init(5);
  const feeds = {
    x: Int32Array.from({ length: 12 }, (_, i) => (i * 7) % 5),
    y: Float32Array.from({ length: 12 }, (_, i) => Math.cos(3 * i)),
  };
  // Biases other than 0, so that they decay.
  const start = new Map(
    Object.keys(roles).map((name) => [
      name,
      Float32Array.from(executable.readState().get(name) ?? [], (value, i) => value + 0.1 * Math.sin(i + 1)),
    ]),
  );
  executable.writeState(start);
  for (let i = 0; i < steps; i++) {
    executable.step({ rows: 6, feeds });
    if (i + 1 < steps) executable.writeState(start);
  }
  return { start, end: executable.readState() };
}

test.each([
  [
    "sgd(learning_rate: 0.1, weight_decay: 0.2)",
    (rate: number, decay: number) => `sgd(learning_rate: ${0.1 * rate}, weight_decay: ${0.2 * decay})`,
  ],
  [
    "sgd(learning_rate: 0.1, momentum: 0.9, nesterov: true)",
    (rate: number) => `sgd(learning_rate: ${0.1 * rate}, momentum: 0.9, nesterov: true)`,
  ],
  [
    "adamw(learning_rate: 0.1, weight_decay: 0.2)",
    (rate: number, decay: number) => `adamw(learning_rate: ${0.1 * rate}, weight_decay: ${0.2 * decay})`,
  ],
  [
    "nadam(learning_rate: 0.1, weight_decay: 0.2)",
    (rate: number, decay: number) => `nadam(learning_rate: ${0.1 * rate}, weight_decay: ${0.2 * decay})`,
  ],
  [
    "lamb(learning_rate: 0.1, weight_decay: 0.2)",
    (rate: number, decay: number) => `lamb(learning_rate: ${0.1 * rate}, weight_decay: ${0.2 * decay})`,
  ],
  ["adagrad(learning_rate: cosine(0.1))", (rate: number) => `adagrad(learning_rate: cosine(${0.1 * rate}))`],
])("%s moves each weight as one of its own would", async (optimizer, own) => {
  const rates = { kernel: 1, bias: 0.25, scale: 6, embedding: 2 };
  const decays = { kernel: 0.5, bias: 0, scale: 1, embedding: 3 };
  const braces = (factors: Readonly<Record<string, number>>) =>
    `{ ${Object.entries(factors)
      .map(([role, factor]) => `${role}: ${factor}`)
      .join(", ")} }`;
  const together = await moved(
    `optimizer: ${optimizer}\n learning_rate_factors ${braces(rates)}\n weight_decay_factors ${braces(decays)}`,
    3,
  );
  for (const [name, role] of Object.entries(roles)) {
    const alone = await moved(`optimizer: ${own(rates[role], decays[role])}`, 3);
    const [found, expected] = [together.end.get(name) ?? [], alone.end.get(name) ?? []];
    expect(found).toHaveLength(alone.start.get(name)?.length ?? -1);
    expect(found.length).toBeGreaterThan(0);
    for (const [i, value] of found.entries()) {
      const scale = Math.max(Math.abs(Number(expected[i])), Math.abs(Number(alone.start.get(name)?.[i])));
      expect(Math.abs(Number(value) - Number(expected[i])) / scale).toBeLessThan(1e-6);
    }
  }
});

test("factors of 1 leave the program as it is; others are sound, for several sizes of batches", () => {
  const plain = "optimizer: adamw";
  expect(
    textOf(
      model(`${plain}\n learning_rate_factors { kernel: 1, bias: 1 }\n weight_decay_factors { scale: 1 }`),
    ),
  ).toBe(textOf(model(plain)));
  const factors =
    "learning_rate_factors { bias: 0.1, scale: 6 }\n weight_decay_factors { bias: 0, embedding: 2 }";
  const program = lower(modelOf(model(`${plain}\n accumulate: 2\n ${factors}`)), {
    step: [4, 2],
    accumulate: [4],
    predict: [1],
  });
  expect(verify(program)).toEqual([]);
  // A weight that does not decay says so to a backend that has a kernel for the whole update.
  const updates = program.functions
    .flatMap(({ body }) => body)
    .flatMap((op) => (op.name === "composite" ? [op.attributes] : []));
  const decays = new Set(updates.map(({ settings }) => settings["weight_decay"]));
  expect(decays).toEqual(new Set([0.004, 0, 0.008]));
});

test("layers for tables have roles of their own", async () => {
  const flow = "periodic_embedding\n learned_scale\n dense(4)\n parametric_activation(mish)\n dense(2)";
  const executable = await compiled(
    {
      input: 3,
      flow,
      train: `loss: mse\n optimizer: sgd(learning_rate: 0.1)
        learning_rate_factors { kernel: 0, bias: 0, scale: 0, activation: 0, number_embedding: 0 }`,
    },
    { step: [6] },
  );
  executable.init(5);
  const weights = () => [...executable.readState()].filter(([name]) => name.includes("."));
  const before = weights();
  const [x, y] = [18, 12].map((length) => Float32Array.from({ length }, (_, i) => Math.cos(3 * i)));
  if (x === undefined || y === undefined) throw new Error("no rows");
  executable.step({ rows: 6, feeds: { x, y } });
  expect(weights()).toEqual(before);
});
