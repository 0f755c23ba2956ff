// The benchmark's network and its training step by hand in jax-js, as its users write them: `jit` around
// `valueAndGrad`, and Adam in a `jit` of its own. Every function consumes its arrays, as the library asks;
// `ref` keeps one for another use.

import { jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";

/** A type, not an interface: the library's trees are index signatures. */
export type Dense = { weights: np.Array; bias: np.Array };
export type Network = Dense[];

const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-7];

/** Glorot uniform weights from given numbers between 0 and 1, no biases. */
export function initial(widths: readonly number[], random: () => number): Network {
  return widths.slice(1).map((outputs, i) => {
    const inputs = widths[i] ?? outputs;
    const limit = Math.sqrt(6 / (inputs + outputs));
    const weights = Float32Array.from({ length: inputs * outputs }, () => (2 * random() - 1) * limit);
    return { weights: np.array(weights).reshape([inputs, outputs]), bias: np.zeros([outputs]) };
  });
}

export function forward(network: Network, x: np.Array): np.Array {
  return network.reduce((inputs, { weights, bias }, i) => {
    const sums = np.dot(inputs, weights).add(bias);
    return i < network.length - 1 ? nn.relu(sums) : sums;
  }, x);
}

export const predict = jit(forward);

const meanAbsoluteError = (network: Network, x: np.Array, y: np.Array) =>
  np.mean(np.abs(forward(network, x).sub(y)));

/** Loss and gradients. */
export const gradients = jit(valueAndGrad(meanAbsoluteError));

/** `rate` with the correction for the zeros at the start, see `rateAt`. */
export const adam = jit(
  (
    network: Network,
    first: Network,
    second: Network,
    grads: Network,
    rate: np.Array,
  ): [Network, Network, Network] => {
    const m = tree.map(
      (old: np.Array, grad: np.Array) => old.mul(BETA1).add(grad.mul(1 - BETA1)),
      first,
      tree.ref(grads),
    );
    const v = tree.map(
      (old: np.Array, grad: np.Array) => old.mul(BETA2).add(grad.ref.mul(grad).mul(1 - BETA2)),
      second,
      grads,
    );
    const updated = tree.map(
      (old: np.Array, a: np.Array, b: np.Array) => old.sub(a.mul(rate.ref).div(np.sqrt(b).add(EPSILON))),
      network,
      tree.ref(m),
      tree.ref(v),
    );
    rate.dispose();
    return [updated, m, v];
  },
);

export function zerosLike(network: Network): Network {
  return network.map(({ weights, bias }) => ({
    weights: np.zeros(weights.shape),
    bias: np.zeros(bias.shape),
  }));
}

export function rateAt(step: number, rate: number): np.Array {
  const corrected = (rate * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step);
  return np.array(new Float32Array([corrected])).reshape([]);
}
