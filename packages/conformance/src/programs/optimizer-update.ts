// Optimizer updates as composites, with the name, operands and settings that the compiler gives them: the kit
// trains with them, and checks backends that run them fused.
// Operands: weight, gradient, slots, then scalars that are the same for all weights of a step, the learning rate first.

import { Builder, type Func, type TensorType, tensor, type Value } from "@netwright/ir";

export interface OptimizerUpdate {
  readonly composite: string;
  readonly settings: Readonly<Record<string, number>>;
  readonly slots: readonly string[];
  /** Whether scalars are numbers for each member of an ensemble, which the first size of a weight counts. */
  readonly byMember?: true;
  /** The learning rate, and what follows from the number of the step, an f32 scalar that counts from 1. */
  readonly scalars: (b: Builder, t: Value) => readonly Value[];
  /** The new weight and slots; the scalars come repeated to the shape of the weight. */
  readonly update: (b: Builder, inputs: UpdateInputs) => readonly Value[];
}

export interface UpdateInputs {
  readonly weight: Value;
  readonly gradient: Value;
  readonly slots: readonly Value[];
  readonly scalars: readonly Value[];
}

/** v = momentum v - rate g; w = w + v. Without momentum there is no slot, and w = w - rate g. */
export function sgd(rate: number, momentum = 0): OptimizerUpdate {
  return {
    composite: "optimizer_update.sgd",
    settings: { momentum, nesterov: 0 },
    slots: momentum === 0 ? [] : ["velocity"],
    scalars: (b) => [b.scalar(rate)],
    update: (b, { weight, gradient, slots: [velocity], scalars: [size = weight] }) => {
      const step = b.multiply(gradient, size);
      if (velocity === undefined) return [b.subtract(weight, step)];
      const moved = b.subtract(b.multiply(velocity, b.like(weight, momentum)), step);
      return [b.add(weight, moved), moved];
    },
  };
}

/**
 * m = beta_1 m + (1 - beta_1) g; v = beta_2 v + (1 - beta_2) g^2; w = w - s m / (sqrt(v) + epsilon), with the
 * scalar s = rate sqrt(1 - beta_2^t) / (1 - beta_1^t). Source: Kingma, Ba 2015.
 */
export function adam(rate: number): OptimizerUpdate {
  const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-7];
  const average = (b: Builder, mean: Value, x: Value, decay: number) =>
    b.add(b.multiply(mean, b.like(mean, decay)), b.multiply(x, b.like(x, 1 - decay)));
  return {
    composite: "optimizer_update.adam",
    settings: { beta_1: beta1, beta_2: beta2, epsilon },
    slots: ["m", "v"],
    scalars: (b, t) => {
      const rest = (beta: number) => b.subtract(b.like(t, 1), b.power(b.like(t, beta), t));
      const correction = b.divide(b.sqrt(rest(beta2)), rest(beta1));
      return [b.scalar(rate), b.multiply(correction, b.scalar(rate))];
    },
    update: (
      b,
      { weight, gradient, slots: [oldM = gradient, oldV = gradient], scalars: [, size = weight] },
    ) => {
      const m = average(b, oldM, gradient, beta1);
      const v = average(b, oldV, b.multiply(gradient, gradient), beta2);
      const move = b.divide(b.multiply(size, m), b.add(b.sqrt(v), b.like(v, epsilon)));
      return [b.subtract(weight, move), m, v];
    },
  };
}

/** The same with a number for each member of an ensemble in the place of each scalar. */
export function byMember(optimizer: OptimizerUpdate): OptimizerUpdate {
  return { ...optimizer, composite: `${optimizer.composite}_by_member`, byMember: true };
}

/** Of one number for all of a weight, or of one for each of its first size. */
export function scalarType({ byMember }: OptimizerUpdate, shape: readonly number[]): TensorType {
  return tensor("f32", byMember === true ? shape.slice(0, 1) : []);
}

/** The decomposition for weights of that shape. */
export function updateFunc(name: string, optimizer: OptimizerUpdate, shape: readonly number[]): Func {
  const b = new Builder();
  const type = tensor("f32", shape);
  const weight = b.parameter("weight", type);
  const gradient = b.parameter("gradient", type);
  const slots = optimizer.slots.map((slot) => b.parameter(slot, type));
  const counts = new Builder();
  const scalarCount = optimizer.scalars(counts, counts.parameter("t", tensor("f32"))).length;
  const scalar = scalarType(optimizer, shape);
  const scalars = Array.from({ length: scalarCount }, (_, i) =>
    b.broadcastInDim(
      b.parameter(`scalar_${i}`, scalar),
      shape,
      scalar.shape.map(() => 0),
    ),
  );
  const updated = optimizer.update(b, { weight, gradient, slots, scalars });
  const names = ["weight", ...optimizer.slots];
  return b.finish(
    name,
    "composite",
    0,
    updated.map((value, i) => ({ name: names[i] ?? "", value })),
  );
}
