// Activations of recurrent layers, by the names that ONNX has for them.

import type { Args, Instance } from "@netwright/definitions";
import { instanceOf } from "../foreign-model.ts";
import { near } from "./line-of.ts";
import { misfit, type NodeContext } from "./node-context.ts";
import type { Cell } from "./recurrent-weights.ts";

export function activationsOf(c: NodeContext, { activations }: Cell, directions: number): Args {
  const stated = c.texts("activations");
  const [alphas, betas] = [[...c.floats("activation_alpha")], [...c.floats("activation_beta")]];
  const made: Record<string, Instance> = {};
  for (let side = 0; side < directions; side++)
    for (const [i, { argument, usual }] of activations.entries()) {
      const name = (stated[side * activations.length + i] ?? usual).toLowerCase();
      const known = cellActivation(name, alphas, betas);
      if (known === null)
        return misfit(`has the activation \`${name}\`, which Netwright has not in this form`);
      const before = made[argument];
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(known))
        return misfit("has several activations where a layer of Netwright has one");
      made[argument] = known;
    }
  return made;
}

/** Takes the numbers that are its own from the lists. */
function cellActivation(name: string, alphas: number[], betas: number[]): Instance | null {
  switch (name) {
    case "tanh":
    case "sigmoid":
    case "relu":
    case "softsign":
    case "softplus":
      return instanceOf("activation", name);
    case "affine": {
      const [alpha, beta] = [alphas.shift() ?? 1, betas.shift() ?? 0];
      return alpha === 1 && beta === 0 ? instanceOf("activation", "linear") : null;
    }
    case "hardsigmoid": {
      const [alpha, beta] = [alphas.shift() ?? 0.2, betas.shift() ?? 0.5];
      return near(alpha, 1 / 6) && near(beta, 0.5) ? instanceOf("activation", "hard_sigmoid") : null;
    }
    case "elu":
      return instanceOf("activation", "elu", { alpha: alphas.shift() ?? 1 });
    case "leakyrelu":
      return instanceOf("activation", "leaky_relu", { negative_slope: alphas.shift() ?? 0.01 });
    default:
      return null;
  }
}
