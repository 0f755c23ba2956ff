// The gradient that training uses, for every activation, loss and regularizer, and layers that no other library has values of: read off a step of plain
// gradient descent and compared with central differences of the loss that the same step reports.

import { expect, test } from "@jest/globals";
import { activations, losses, regularizers } from "@netwright/compiler";
import { lookUp, withDefaults } from "@netwright/definitions";
import type { Batch, Executable } from "@netwright/runtime";
import { compiled, numbers } from "./support.ts";

const ROWS = 6;
const RATE = 2 ** -10;

const classesFor = (loss: string) => losses.get(loss)?.classes ?? 3;

/** Losses of several columns take two. */
const columnsFor = (loss: string) =>
  ["distribution", "direction"].includes(losses.get(loss)?.target ?? "") ? 2 : 1;

/** Numbers, shares of a whole, or classes where the loss is for them. */
function batchFor(loss: string): Batch {
  const isClass = ["class", "ordinal"].includes(losses.get(loss)?.target ?? "");
  const classes = classesFor(loss);
  const y = isClass
    ? Int32Array.from({ length: ROWS }, (_, i) => i % classes)
    : numbers(ROWS * (losses.get(loss)?.target === "labels" ? classes : columnsFor(loss)), 100);
  if (losses.get(loss)?.target === "distribution")
    for (let i = 0; i < y.length; i++) y[i] = i % 2 === 0 ? ((y[i] ?? 0) + 1) / 2 : 1 - (y[i - 1] ?? 0);
  return { rows: ROWS, feeds: { x: numbers(ROWS * 3), y } };
}

async function network(first: string, loss: string): Promise<Executable> {
  const definition = lookUp(losses, loss);
  const target = { columns: columnsFor(loss), classes: classesFor(loss) };
  const width = definition.width(target, withDefaults(definition.params, {})) ?? 1;
  const executable = await compiled(
    {
      flow: `${first}\n dense(${width})`,
      train: `loss: ${loss}\n optimizer: sgd(learning_rate: ${RATE})`,
    },
    { step: [ROWS] },
  );
  executable.init(7);
  return executable;
}

/** The loss with one element of a weight moved. */
function lossAt(
  executable: Executable,
  batch: Batch,
  name: string,
  weight: Float32Array,
  i: number,
  shift: number,
): number {
  const moved = weight.slice();
  moved[i] = (moved[i] ?? 0) + shift;
  executable.writeState(new Map([[name, moved]]));
  return executable.step(batch).loss;
}

async function check(first: string, loss: string): Promise<void> {
  const executable = await network(first, loss);
  const batch = batchFor(loss);
  const start = executable.readState();
  const reset = () => executable.writeState(start);
  executable.step(batch);
  const moved = executable.readState();
  for (const [name, before] of start) {
    const after = moved.get(name);
    if (!(before instanceof Float32Array) || after === undefined) continue;
    for (let i = 0; i < before.length; i++) {
      const gradient = ((before[i] ?? 0) - (after[i] ?? 0)) / RATE;
      const h = 2 ** -8;
      reset();
      const above = lossAt(executable, batch, name, before, i, h);
      reset();
      const below = lossAt(executable, batch, name, before, i, -h);
      const difference = (above - below) / (2 * h);
      expect(Math.abs(gradient - difference)).toBeLessThan(2e-3 * Math.max(1, Math.abs(difference)));
    }
  }
  executable.dispose();
}

/** With a threshold that no sum here comes near, as differences know nothing of a step or a bend. */
const steps: Readonly<Record<string, string>> = {
  hard_shrink: "hard_shrink(threshold: 0.2)",
  soft_shrink: "soft_shrink(threshold: 0.2)",
};

test.each([...activations.keys()])("activation %s", (name) =>
  check(`dense(4, ${steps[name] ?? name})`, "mse"),
);

test.each([...losses.keys()])("loss %s", (name) => check("dense(4, tanh)", name));

test.each([...regularizers.keys()])("regularizer %s", (name) =>
  check(
    `dense(4, tanh, kernel_regularizer: ${name}(0.1), bias_initializer: constant(0.5), bias_regularizer: ${name})`,
    "mse",
  ),
);

test.each([
  "dense(4) -> highway(tanh)",
  "highway(use_bias: false, activation: tanh)",
  "dense(6, kernel_initializer: random_normal(stddev: 3)) -> maxout(2)",
  "dense(6) -> swiglu",
  "dense(6) -> glu(tanh)",
  "dense(6) -> reshape([3, 2]) -> permute([2, 1]) -> slice(1, axis: -1) -> flatten",
  "dense(3) -> repeat_vector(2) -> layer_norm(axis: [1, 2]) -> flatten",
])("layer %s", (first) => check(first, "mse"));
