// A foreign model as its layers compute it here, by the compiler alone: no `.net` file is between.

import { jitBackend } from "@netwright/backend-jit";
import { definitions, lower, modelVariables } from "@netwright/compiler";
import { rowStore } from "@netwright/data";
import { type Args, type Argument, some, type ValueType } from "@netwright/definitions";
import {
  type ForeignLayer,
  type ForeignModel,
  type Samples,
  SCALING_LAYER,
  scalingArgs,
  scalingTensor,
} from "@netwright/formats";
import type { Model, Node } from "@netwright/lang";
import { compile, predictRows, type ShapedTensor, withoutShapes } from "@netwright/runtime";

const NOWHERE = { file: "", start: 0, end: 0 };

/** [rows x numbers] of the output for rows of each input. */
export async function runForeign(
  model: ForeignModel,
  feeds: Samples["inputs"],
  rows: number,
): Promise<Float32Array> {
  const types = new Map<string, ValueType>(model.inputs.map(({ name, type }) => [name, type]));
  const nodes = model.layers.map((layer) => nodeOf(layer, types));
  const output = { name: "y", from: model.output, type: typeIn(types, model.output) };
  const whole: Model = {
    name: "m",
    params: [],
    data: null,
    inputs: model.inputs,
    nodes,
    outputs: [output],
    train: null,
    expect: [],
  };
  const weights = new Map<string, ShapedTensor>();
  const byName = new Map(model.layers.map((layer) => [layer.name, layer]));
  for (const { id, name, node, shape } of modelVariables(whole)) {
    const layer = byName.get(node.name);
    const tensor = layer === undefined ? null : weightOf(layer, name, shape);
    if (tensor === null) throw new Error(`${node.name} (${node.layer}) has no ${name}`);
    if (tensor.shape.join() !== shape.join())
      throw new Error(`${node.name}.${name} is [${tensor.shape}], and has to be [${shape}]`);
    weights.set(id, tensor);
  }
  const executable = await compile(jitBackend, lower(whole, { predict: [rows], definitions }));
  try {
    executable.writeState(withoutShapes(weights));
    const fields = model.inputs.map(({ name }) => {
      const data = feeds.get(name);
      if (data === undefined) throw new Error(`no feed ${name}`);
      return { name, width: data.length / rows, data };
    });
    return predictRows(executable, [rows], rowStore(rows, fields));
  } finally {
    executable.dispose();
  }
}

function typeIn(types: ReadonlyMap<string, ValueType>, name: string): ValueType {
  const type = types.get(name);
  if (type === undefined) throw new Error(`nothing gives ${name}`);
  return type;
}

function nodeOf(layer: ForeignLayer, types: Map<string, ValueType>): Node {
  const inputs = layer.inputs.map((from) => ({ from, type: typeIn(types, from) }));
  const name = layer.layer === "rescaling" ? SCALING_LAYER : layer.layer;
  const own = layer.layer === "rescaling" ? scalingArgs(layer) : layer.args;
  const definition = definitions.layer.get(name);
  if (definition === undefined) throw new Error(`no layer ${name}`);
  for (const key of Object.keys(own))
    if (!Object.hasOwn(definition.params, key)) throw new Error(`${name} has no argument ${key}`);
  const args = filled(definition.params, own);
  const type = definition.output(some(inputs.map((input) => input.type)), args);
  if ("problem" in type) throw new Error(`${layer.name}: ${type.problem}`);
  types.set(layer.name, type);
  return {
    name: layer.name,
    layer: name,
    args,
    inputs,
    type,
    weights: layer.sharedWith ?? layer.name,
    path: [],
    closes: null,
    span: NOWHERE,
  };
}

type Params = NonNullable<ReturnType<typeof definitions.layer.get>>["params"];

function filled(params: Params, given: Args): Args {
  const made: Record<string, Argument> = {};
  for (const [name, param] of Object.entries(params)) {
    const value = given[name] ?? (name in given ? null : (param.default ?? null));
    const isInstance = typeof value === "object" && value !== null && "args" in value;
    const family = param.type.kind === "instance" ? param.type.family : null;
    if (isInstance) made[name] = { ...value, args: filled(paramsOf(value.family, value.name), value.args) };
    else if (family !== null && typeof value === "string")
      made[name] = { family, name: value, args: filled(paramsOf(family, value), {}), span: NOWHERE };
    else made[name] = value;
  }
  return made;
}

function paramsOf(family: string, name: string): Params {
  const table = Object.entries(definitions).find(([key]) => key === family)?.[1];
  return table?.get(name)?.params ?? {};
}

function weightOf(layer: ForeignLayer, name: string, shape: readonly number[]): ShapedTensor | null {
  return layer.layer === "rescaling" ? scalingTensor(layer, name, shape) : (layer.weights.get(name) ?? null);
}
