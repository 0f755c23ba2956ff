// How the branches of `parallel` come together. The resolver has checked the shapes.

import type { Builder, Value } from "@netwright/ir";
import type { ParallelNode } from "@netwright/lang";

type Merge = (b: Builder, branches: readonly Value[]) => Value;

function pairwise(combine: (b: Builder, x: Value, y: Value) => Value): Merge {
  return (b, branches) => branches.reduce((x, y) => combine(b, x, y));
}

export const merges: { readonly [M in ParallelNode["merge"]]: Merge } = {
  concat: (b, branches) => b.concatenate(branches, (branches[0]?.type.shape.length ?? 1) - 1),
  add: pairwise((b, x, y) => b.add(x, y)),
  multiply: pairwise((b, x, y) => b.multiply(x, y)),
};
