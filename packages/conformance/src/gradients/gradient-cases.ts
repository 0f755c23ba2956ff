// Gradient cases: each example's gradient, computed by the backend, against the reference. That the gradients
// themselves are right is a matter of the IR, checked by finite differences (`checkGradient`).

import type { OpName } from "@netwright/ir";
import type { Case, ConformanceOptions } from "../kit/case.ts";
import { graphOf, labelOf } from "../ops/application.ts";
import { checkGraph } from "../ops/op-case.ts";
import { gradientExamples } from "./examples/table.ts";
import { type Differentiable, gradientGraph } from "./gradient-graph.ts";
import { gradientPrograms } from "./programs.ts";

export interface NamedDifferentiable {
  /** `reduce/max of rows` */
  readonly name: string;
  /** For messages. */
  readonly label: string;
  readonly graph: Differentiable;
}

function examplesOf<K extends OpName>(name: K): readonly NamedDifferentiable[] {
  const examples = gradientExamples[name];
  if (typeof examples === "string") return [];
  return examples.map(({ variant, application, wrt }) => ({
    name: `${name}/${variant}`,
    label: `gradient of ${labelOf(name, application)}`,
    graph: {
      ...graphOf(name, application),
      wrt: wrt ?? application.operands.flatMap(({ type }, i) => (type.dtype === "f32" ? [i] : [])),
    },
  }));
}

/** Everything whose gradient the kit checks: examples of each operation, then whole programs. */
export function differentiables(): readonly NamedDifferentiable[] {
  return [
    // Object.keys loses the key type; the table is a literal, so there are no other keys.
    ...(Object.keys(gradientExamples) as OpName[]).flatMap((name) => examplesOf(name)),
    ...gradientPrograms.map(({ name, ...graph }) => ({
      name: `programs/${name}`,
      label: `gradient of ${name}`,
      graph,
    })),
  ];
}

export function gradientCases(options: ConformanceOptions): Case[] {
  return differentiables().map(({ name, label, graph }) => ({
    name: `gradient/${name}`,
    run: (backend) => checkGraph(backend, label, gradientGraph(graph), "composed", options),
  }));
}
