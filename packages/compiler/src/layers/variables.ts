// The variables that most layers have, and the parameters that say how they start, what they are charged with and what
// they may be.

import { type Instance, instance, optional, type Shape } from "@netwright/definitions";
import type { Variable } from "./layer.ts";

export const initializer = (doc: string, fallback: string) =>
  instance({ family: "initializer", doc, default: fallback });

export const regularizer = (doc: string) => optional(instance({ family: "regularizer", doc }));

export const constraint = (doc: string) => optional(instance({ family: "constraint", doc }));

export function weight(
  name: string,
  shape: Shape,
  start: Instance,
  penalty: Instance | null = null,
  limit: Instance | null = null,
): Variable {
  return { name, role: "weight", shape, initializer: start, regularizer: penalty, constraint: limit };
}

/** What a layer keeps of the rows that it has seen. */
export function statistic(name: string, shape: Shape, start: Variable["initializer"]): Variable {
  return { name, role: "statistic", shape, initializer: start, regularizer: null };
}
