// Models in a compact text form for snapshots.

import type { Args, Argument, Instance } from "@netwright/definitions";
import type { Model, ModelNode } from "../src/index.ts";

export function compactModel(model: Model): string {
  const { name, params, data, input, outputs, nodes, output, train, expect } = model;
  return [
    `model ${name}: ${shape(input)} -> ${shape(output)}, outputs ${outputs}`,
    ...params.map((param) => `param ${param.name} = ${JSON.stringify(param.value)}`),
    ...(data === null ? [] : [`data ${data.name}: ${withoutSpans(data)}`]),
    ...nodes.flatMap((node) => compactNode(node, "  ")),
    ...(train === null ? [] : [`train: ${withoutSpans(train)}`]),
    ...expect.map(({ split, label, comparison, value }) => `expect ${split}.${label} ${comparison} ${value}`),
    "",
  ].join("\n");
}

function compactNode(node: ModelNode, indent: string): string[] {
  const shapes = `${shape(node.input)} -> ${shape(node.output)}`;
  if (node.kind === "layer") return [`${indent}${node.name}: ${node.layer}${argsText(node.args)} ${shapes}`];
  if (node.kind === "residual") {
    const project =
      node.project === null ? [] : [`${indent}  project:`, ...compactNode(node.project, `${indent}    `)];
    return [
      `${indent}residual ${shapes}`,
      ...node.body.flatMap((inner) => compactNode(inner, `${indent}  `)),
      ...project,
    ];
  }
  const branches = node.branches.flatMap(({ name, nodes, output }) => [
    `${indent}  ${name} -> ${shape(output)}`,
    ...nodes.flatMap((inner) => compactNode(inner, `${indent}    `)),
  ]);
  return [`${indent}parallel ${node.merge} ${shapes}`, ...branches];
}

function shape(sizes: readonly number[]): string {
  return `[${sizes.join(", ")}]`;
}

function argsText(args: Args): string {
  const shown = Object.entries(args).map(([name, value]) => `${name}: ${argumentText(value)}`);
  return shown.length === 0 ? "" : `(${shown.join(", ")})`;
}

function argumentText(argument: Argument): string {
  if (isInstance(argument)) return `${argument.name}${argsText(argument.args)}`;
  return JSON.stringify(argument);
}

function isInstance(argument: Argument): argument is Instance {
  return typeof argument === "object" && argument !== null && "family" in argument;
}

/** Spans are tested elsewhere; here they would hide what matters. */
function withoutSpans(settings: object): string {
  return JSON.stringify(settings, (key, value) =>
    key === "span" || key === "spans" || key === "family" ? undefined : value,
  );
}
