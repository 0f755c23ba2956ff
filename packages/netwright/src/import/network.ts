// The network of a foreign model apart from what its ends are: columns side by side and their scaling in front, scaling of the target or
// shares of classes behind.

import { type ForeignLayer, type ForeignModel, numbersIn, type Scaling, scalingOf } from "@netwright/formats";
import type { ModelInput } from "@netwright/lang";

export interface ForeignNetwork {
  /** What a row has, in the order of the file. */
  readonly columns: readonly ModelInput[];
  /** What the network begins with: one value, or the inputs of which each branch takes one. */
  readonly inputs: readonly ModelInput[];
  /** In front of the only input; null for none. */
  readonly scaled: Scaling | null;
  readonly layers: readonly ForeignLayer[];
  readonly output: string;
  /** Behind the last layer, from its numbers to the prediction: the `rescaling` rule of a target. */
  readonly unscaled: Scaling | null;
  /** What is made of the numbers of the last layer. */
  readonly link: "softmax" | "sigmoid" | null;
}

/** Without what stands behind the output, or beside the way to it. */
function used({ layers, output }: Pick<ForeignModel, "layers" | "output">): readonly ForeignLayer[] {
  const wanted = new Set([output]);
  for (const layer of [...layers].reverse())
    if (wanted.has(layer.name)) for (const input of layer.inputs) wanted.add(input);
  // One whose weights another uses may itself be of no use: its weights are.
  const owners = new Map(layers.map((layer) => [layer.name, layer]));
  const kept = layers.filter(({ name }) => wanted.has(name));
  const moved = new Map<string, string>();
  return kept.map((layer) => {
    const owner =
      layer.sharedWith === null || wanted.has(layer.sharedWith) ? null : owners.get(layer.sharedWith);
    if (owner === undefined || owner === null) return layer;
    const first = moved.get(owner.name);
    if (first !== undefined) return { ...layer, sharedWith: first };
    moved.set(owner.name, layer.name);
    return { ...layer, sharedWith: null, weights: owner.weights };
  });
}

/** `isStated` says that the file states its input in its shape, so that nobody deals out a row of numbers to it. */
export function networkOf(model: ForeignModel, isStated = false): ForeignNetwork {
  let layers = used(model);
  let { output } = model;
  let columns = model.inputs;
  let inputs = columns;
  const takersOf = (name: string) => layers.filter((layer) => layer.inputs.includes(name));

  const together = joinedColumns(inputs, layers, isStated);
  if (together !== null && together.name !== output) {
    layers = layers.filter((layer) => layer !== together.join);
    inputs = [together.input];
    columns = together.columns;
  }
  const [only, another] = inputs;
  let scaled: Scaling | null = null;
  if (only !== undefined && another === undefined && only.type.kind === "number") {
    const [first, second] = takersOf(only.name);
    const scaling =
      first === undefined || second !== undefined || first.name === output ? null : scalingOf(first, false);
    if (scaling !== null && first !== undefined && scaling.by.every((by) => by > 0)) {
      scaled = scaling;
      layers = renamed(layers, first, only.name);
    }
    const [shaped, more] = takersOf(only.name);
    const shape =
      shaped?.layer === "reshape" && more === undefined && shaped.name !== output ? shapeIn(shaped) : null;
    // The numbers of a row in another shape are the same row; a scaling of each of them is told by their places before.
    if (
      shape !== null &&
      shaped !== undefined &&
      (scaled === null ||
        scaled.by.length === 1 ||
        shape.at(-1) === scaled.by.length ||
        only.type.shape.length === 1)
    ) {
      layers = renamed(layers, shaped, only.name);
      inputs = [{ name: only.name, type: { kind: "number", shape } }];
    }
  }

  const last = layers.find(({ name }) => name === output);
  const isEnd = (layer: ForeignLayer | undefined): layer is ForeignLayer =>
    layer !== undefined && layer.inputs.length === 1 && takersOf(layer.name).length === 0;
  let unscaled: Scaling | null = null;
  let link: ForeignNetwork["link"] = null;
  if (isEnd(last)) {
    const scaling = scalingOf(last, true);
    const isLink = last.layer === "softmax" || last.layer === "sigmoid";
    if ((scaling?.by.every((by) => by > 0) ?? false) || isLink) {
      unscaled = isLink ? null : scaling;
      link = last.layer === "softmax" || last.layer === "sigmoid" ? last.layer : null;
      output = last.inputs[0] ?? output;
      layers = layers.filter((layer) => layer !== last);
    }
  }
  return { columns, inputs, scaled, layers, output, unscaled, link };
}

/** With what gives `layer` in its place. */
function renamed(layers: readonly ForeignLayer[], layer: ForeignLayer, to: string): readonly ForeignLayer[] {
  return layers
    .filter((one) => one !== layer)
    .map((one) => ({ ...one, inputs: one.inputs.map((input) => (input === layer.name ? to : input)) }));
}

/** All inputs are numbers that go into one `concat` and nothing else. */
function joinedColumns(inputs: readonly ModelInput[], layers: readonly ForeignLayer[], isStated: boolean) {
  if (inputs.length < 2) return null;
  const names = inputs.map(({ name }) => name);
  const takers = layers.filter((layer) => layer.inputs.some((input) => names.includes(input)));
  const [join, another] = takers;
  if (join?.layer !== "concat" || another !== undefined) return null;
  if (join.inputs.length !== names.length || new Set(join.inputs).size !== names.length) return null;
  const columns = join.inputs.flatMap((name) => inputs.find((input) => input.name === name) ?? []);
  const numbers = columns.flatMap(({ type }) => (type.kind === "number" ? [type.shape] : []));
  const outer = numbers[0]?.slice(0, -1) ?? [];
  const isAlike = numbers.every((shape) => JSON.stringify(shape.slice(0, -1)) === JSON.stringify(outer));
  if (numbers.length !== names.length || !isAlike) return null;
  // With steps in front, what is joined at each of them does not lie one behind the other in a row.
  if (outer.length > 0 && !isStated) return null;
  const width = numbers.reduce((sum, shape) => sum + (shape.at(-1) ?? 1), 0);
  const input: ModelInput = { name: join.name, type: { kind: "number", shape: [...outer, width] } };
  return { join, input, name: join.name, columns };
}

function shapeIn({ args }: ForeignLayer): readonly number[] | null {
  const shape = numbersIn(args["target_shape"]);
  return shape?.every((size) => size > 0) === true ? shape : null;
}
