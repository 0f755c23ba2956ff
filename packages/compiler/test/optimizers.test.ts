// Every optimizer against its formula in double precision over several steps.

import { expect, test } from "@jest/globals";
import { compiled } from "./support.ts";

interface Slots {
  m: number;
  v: number;
}

/** From weight, gradient, slots and the number of the step to the next weight; changes the slots. */
type Formula = (w: number, g: number, s: Slots, t: number) => number;

function adam(w: number, g: number, s: Slots, t: number): number {
  s.m = 0.9 * s.m + 0.1 * g;
  s.v = 0.999 * s.v + 0.001 * g * g;
  return w - ((0.01 * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t)) * (s.m / (Math.sqrt(s.v) + 1e-7));
}

const cases: readonly (readonly [string, Formula])[] = [
  ["sgd(0.1)", (w, g) => w - 0.1 * g],
  [
    "sgd(0.1, momentum: 0.9)",
    (w, g, s) => {
      s.m = 0.9 * s.m - 0.1 * g;
      return w + s.m;
    },
  ],
  [
    "sgd(0.1, momentum: 0.9, nesterov: true)",
    (w, g, s) => {
      s.m = 0.9 * s.m - 0.1 * g;
      return w + 0.9 * s.m - 0.1 * g;
    },
  ],
  ["adam(0.01)", adam],
  ["adamw(0.01, weight_decay: 0.1)", (w, g, s, t) => adam(w - 0.01 * 0.1 * w, g, s, t)],
  [
    "rmsprop(0.01)",
    (w, g, s) => {
      s.v = 0.9 * s.v + 0.1 * g * g;
      return w - (0.01 * g) / Math.sqrt(s.v + 1e-7);
    },
  ],
  [
    "rmsprop(0.01, momentum: 0.5)",
    (w, g, s) => {
      s.v = 0.9 * s.v + 0.1 * g * g;
      s.m = 0.5 * s.m + (0.01 * g) / Math.sqrt(s.v + 1e-7);
      return w - s.m;
    },
  ],
];

test.each(cases)("%s", async (optimizer, formula) => {
  // One weight, y = w x with x = 1: the gradient of (w - target)^2 is 2 (w - target).
  const executable = await compiled(
    {
      input: 1,
      flow: "dense(1, use_bias: false, kernel_initializer: constant(2))",
      train: `loss: mse\n optimizer: ${optimizer}`,
    },
    { step: [1] },
  );
  executable.init(0);
  const slots = { m: 0, v: 0 };
  let weight = 2;
  for (let t = 1; t <= 25; t++) {
    const target = Math.sin(t);
    weight = formula(weight, 2 * (weight - target), slots, t);
    executable.step({ rows: 1, feeds: { x: Float32Array.of(1), y: Float32Array.of(target) } });
    expect(executable.readState().get("dense_1.kernel")?.[0]).toBeCloseTo(weight, 4);
  }
});

test("rmsprop, centered, stays finite where the gradient is the same for long", async () => {
  const executable = await compiled(
    {
      input: 1,
      flow: "dense(1, use_bias: false, kernel_initializer: constant(2))",
      train: "loss: mae\n optimizer: rmsprop(1e-6, centered: true)",
    },
    { step: [1] },
  );
  for (const gradient of [0.87, 3.7, 11.3, 50]) {
    executable.init(0);
    for (let t = 1; t <= 400; t++)
      executable.step({ rows: 1, feeds: { x: Float32Array.of(gradient), y: Float32Array.of(-1e6) } });
    expect(Number.isFinite(executable.readState().get("dense_1.kernel")?.[0])).toBe(true);
  }
});
