// A network of dense layers as layers of neurons, each with a bias and a weight for every value that it takes.

import { at } from "@netwright/definitions";
import type { Activation, DenseNetwork, DenseStep } from "../dense/network.ts";
import { type Tag, tag } from "../xml.ts";

/** The functions that neurons have. */
export type NeuronFunction = "identity" | "rectifier" | "logistic" | "tanh" | "exponential" | "Elliott";

interface Neuron {
  readonly id: string;
  readonly bias: number;
  readonly from: readonly (readonly [id: string, weight: number])[];
}

interface Layer {
  readonly neurons: readonly Neuron[];
  activation: NeuronFunction;
  isSoftmax: boolean;
}

const FUNCTIONS: Readonly<Record<string, NeuronFunction>> = {
  linear: "identity",
  sigmoid: "logistic",
  tanh: "tanh",
  exponential: "exponential",
  softsign: "Elliott",
};

/** Null for an activation that no neuron has. */
export function neuronFunction({ name, args }: Activation): NeuronFunction | null {
  if (name === "relu") {
    const isPlain =
      args["negative_slope"] === 0 && args["threshold"] === 0 && typeof args["max_value"] !== "number";
    return isPlain ? "rectifier" : null;
  }
  return FUNCTIONS[name] ?? null;
}

/** Layers in order, to which more are added; what a step gives are the neurons of one of them, or of several. */
export class Neurons {
  readonly #layers: Layer[] = [];

  /** The names of what goes in. */
  static input(width: number): readonly string[] {
    return Array.from({ length: width }, (_, i) => `0,${i}`);
  }

  /** Neurons of sums; `weight(i, j)` from the value i to the neuron j, 0 for no connection at all. */
  sums(
    from: readonly string[],
    width: number,
    weight: (i: number, j: number) => number,
    bias: (j: number) => number,
  ) {
    const layer = this.#layers.length + 1;
    const neurons = Array.from({ length: width }, (_, j) => ({
      id: `${layer},${j}`,
      bias: bias(j),
      from: from.flatMap((id, i): readonly (readonly [string, number])[] => {
        const own = weight(i, j);
        return own === 0 ? [] : [[id, own]];
      }),
    }));
    this.#layers.push({ neurons, activation: "identity", isSoftmax: false });
    return neurons.map(({ id }) => id);
  }

  /** Of values that are a whole layer of sums so far the layer itself becomes that; else it is a layer of its own. */
  each(from: readonly string[], activation: NeuronFunction): readonly string[] {
    const own = this.#plain(from);
    const ids = own === null ? this.#same(from, 1) : from;
    at(this.#layers, this.#layers.length - 1).activation = activation;
    return ids;
  }

  /** Shares of `factor` times the values. */
  softmax(from: readonly string[], factor = 1): readonly string[] {
    const ids = factor !== 1 || this.#plain(from) === null ? this.#same(from, factor) : from;
    at(this.#layers, this.#layers.length - 1).isSoftmax = true;
    return ids;
  }

  #same(from: readonly string[], factor: number): readonly string[] {
    return this.sums(
      from,
      from.length,
      (i, j) => (i === j ? factor : 0),
      () => 0,
    );
  }

  /** The last layer, where these are all that it gives, and nothing is made of them yet. */
  #plain(from: readonly string[]): Layer | null {
    const last = this.#layers.at(-1);
    if (last === undefined || last.activation !== "identity" || last.isSoftmax) return null;
    const isWhole = last.neurons.length === from.length && last.neurons.every(({ id }, i) => id === from[i]);
    return isWhole ? last : null;
  }

  tags(): readonly Tag[] {
    return this.#layers.map(({ neurons, activation, isSoftmax }) =>
      tag(
        "NeuralLayer",
        {
          numberOfNeurons: neurons.length,
          activationFunction: activation,
          ...(isSoftmax ? { normalizationMethod: "softmax" } : {}),
        },
        neurons.map(({ id, bias, from }) =>
          tag(
            "Neuron",
            { id, bias },
            from.map(([own, weight]) => tag("Con", { from: own, weight })),
          ),
        ),
      ),
    );
  }
}

/** What the last layer gives. */
export function throughLayers(neurons: Neurons, { width, steps, output }: DenseNetwork): readonly string[] {
  const made: (readonly string[])[] = [Neurons.input(width)];
  // A layer whose sums are used by themselves keeps them: its activation is a layer of its own.
  const uses = usesOf(steps, output);
  for (const step of steps) made.push(stepIn(neurons, step, made, (place) => uses[place] === 1));
  const last = at(made, output);
  return uses[output] === 1 && output > 0 ? last : copied(neurons, last);
}

function usesOf(steps: readonly DenseStep[], output: number): readonly number[] {
  const uses = Array.from({ length: steps.length + 1 }, () => 0);
  const use = (place: number) => {
    uses[place] = (uses[place] ?? 0) + 1;
  };
  for (const step of steps)
    for (const place of typeof step.from === "number" ? [step.from] : step.from) use(place);
  use(output);
  return uses;
}

function stepIn(
  neurons: Neurons,
  step: DenseStep,
  made: readonly (readonly string[])[],
  isUsedOnce: (place: number) => boolean,
): readonly string[] {
  switch (step.kind) {
    case "product": {
      const { matrix, factor, bias, width } = step;
      return neurons.sums(
        at(made, step.from),
        width,
        (i, j) => at(matrix.data, i * width + j) * factor,
        (j) => (bias === null ? 0 : at(bias.data, j)),
      );
    }
    case "each": {
      const own = neuronFunction(step.activation);
      if (own === null) throw new Error(`${step.activation.name} is refused`);
      return isUsedOnce(step.from)
        ? neurons.each(at(made, step.from), own)
        : neurons.each(copied(neurons, at(made, step.from)), own);
    }
    case "softmax":
      return isUsedOnce(step.from)
        ? neurons.softmax(at(made, step.from))
        : neurons.softmax(copied(neurons, at(made, step.from)));
    case "join": {
      const parts = step.from.map((place) => at(made, place));
      if (step.by === "concat") return parts.flat();
      if (step.by === "multiply") throw new Error("a product of values is refused");
      const share = step.by === "average" ? 1 / parts.length : 1;
      const ids = [...new Set(parts.flat())];
      return neurons.sums(
        ids,
        step.width,
        (i, j) => parts.filter((part) => (part[j] ?? part[0]) === ids[i]).length * share,
        () => 0,
      );
    }
  }
}

function copied(neurons: Neurons, from: readonly string[]): readonly string[] {
  return neurons.sums(
    from,
    from.length,
    (i, j) => (i === j ? 1 : 0),
    () => 0,
  );
}
