// How much of its input a number inside a network follows from: along steps, or height and width, the places from the first to the
// last that reach it. Windows add to it what they reach, times the strides before them.

import { at, type Catalog, type Shape, type ValueType, type View } from "@netwright/definitions";
import type { Model, Node } from "./model.ts";

/** Along one direction. */
export interface Reach {
  /** Places of the input that a number follows from. Beyond the input they are padding. */
  readonly places: number;
  /** Places of the input from one number to the next. */
  readonly step: number;
  /** How many places the input has. */
  readonly length: number;
}

/** `all` is of what follows from every place, as behind `flatten`. */
export type ReceptiveField = "all" | readonly Reach[];

/** By the names of inputs and nodes; a value without directions, as a row of features, has none. */
export function receptiveFields(
  { inputs, nodes }: Pick<Model, "inputs" | "nodes">,
  { layer: layers }: Pick<Catalog, "layer">,
): ReadonlyMap<string, ReceptiveField> {
  const fields = new Map<string, ReceptiveField>();
  const put = (name: string, field: ReceptiveField | undefined) => {
    if (field !== undefined) fields.set(name, field);
  };
  for (const { name, type } of inputs) put(name, begun(type));
  for (const node of nodes) {
    const { apart, sees = apart === true ? "place" : "all" } = layers.get(node.layer)?.parts(node.args) ?? {};
    const given = joined(node.inputs.map(({ from }) => fields.get(from)).filter((one) => one !== undefined));
    put(node.name, given === undefined ? begun(node.type) : passed(given, sees, node));
  }
  return fields;
}

/** Each place by itself: what has no directions before it begins here. */
function begun(type: ValueType): ReceptiveField | undefined {
  const lengths = directionsOf(type);
  return lengths.length === 0 ? undefined : lengths.map((length) => ({ places: 1, step: 1, length }));
}

/** All sizes but that of the channels; indices have none of these. */
function directionsOf({ kind, shape }: ValueType): Shape {
  return kind === "index" ? shape : shape.slice(0, -1);
}

function joined(fields: readonly ReceptiveField[]): ReceptiveField | undefined {
  return fields.reduce<ReceptiveField | undefined>((before, field) => {
    if (before === undefined) return field;
    if (before === "all" || field === "all" || before.length !== field.length) return "all";
    return before.map((reach, d) => {
      const other = at(field, d);
      return {
        ...reach,
        places: Math.max(reach.places, other.places),
        step: Math.max(reach.step, other.step),
      };
    });
  }, undefined);
}

function passed(
  given: ReceptiveField,
  sees: "place" | "all" | readonly View[],
  { type }: Node,
): ReceptiveField {
  if (given === "all" || sees === "all" || directionsOf(type).length !== given.length) return "all";
  if (sees === "place") return given;
  return given.map((reach, d) => {
    const view = at(sees, d);
    return { ...reach, places: reach.places + (view.reach - 1) * reach.step, step: reach.step * view.step };
  });
}

/** Whole places, as a window over an image that was made larger may see a part of one. */
export function placesOf(field: readonly Reach[]): readonly number[] {
  return field.map(({ places }) => Math.ceil(places));
}
