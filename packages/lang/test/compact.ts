// Models in a compact text form for snapshots.

import { type Args, type Argument, describeValueType, type Instance } from "@netwright/definitions";
import type { Model, Node } from "../src/index.ts";

export function compactModel(model: Model): string {
  const { name, params, data, inputs, nodes, outputs, train, expect } = model;
  const given = inputs.map((input) => `${input.name} ${describeValueType(input.type)}`);
  const results = outputs.map((output) => `${output.from} ${describeValueType(output.type)}`);
  return [
    `model ${name}: ${given.join(", ")} -> ${results.join(", ")}`,
    ...params.map((param) => `param ${param.name} = ${JSON.stringify(param.value)}`),
    ...(data === null ? [] : [`data ${data.name}: ${withoutSpans(data)}`]),
    ...nodes.map(compactNode),
    ...(train === null ? [] : [`train: ${withoutSpans(train)}`]),
    ...expect.map(({ split, label, comparison, value }) => `expect ${split}.${label} ${comparison} ${value}`),
    "",
  ].join("\n");
}

function compactNode({ name, layer, args, inputs, type, weights, path, closes }: Node): string {
  const from = inputs.map((input) => `${input.from} ${describeValueType(input.type)}`).join(", ");
  const notes = [
    ...(path.length === 0 ? [] : [`in ${path.join(" ")}`]),
    ...(closes === null ? [] : [`closes ${closes.kind} ${closes.name}: ${closes.parts.join(", ")}`]),
    ...(weights === name ? [] : [`weights of ${weights}`]),
  ];
  const note = notes.length === 0 ? "" : `; ${notes.join("; ")}`;
  return `  ${name}: ${layer}${argsText(args)} ${from} -> ${describeValueType(type)}${note}`;
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
