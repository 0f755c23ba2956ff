// From what the last layer gives to predictions in original units and words. A row with a cell that the model refuses is NaN, and
// its word is "".

import { at } from "@netwright/definitions";
import { floatsOf } from "../model/layouts.ts";
import type { Link, PortableNetwork } from "../model/network.ts";
import { LEAST_SHARE, type NumberOutput, type PortableOutputs, widthOf } from "../model/outputs.ts";
import type { GraphBuilder, Name } from "./graph-builder.ts";
import { kindsOf, scaled } from "./steps.ts";

/**
 * x is f32 [rows, width], of members [rows, members, width]: the mean of what each predicts, and where some are `chosen`, of these.
 * Logarithms of means and the like, which a package needs for a loss, come to the same.
 */
export function predicted(g: GraphBuilder, x: Name, network: PortableNetwork, width: number): Name {
  const { members, chosen, link } = network;
  if (members === null) return linked(g, x, link, width);
  const counted = chosen === null ? x : g.op("Gather", [x, placesIn(g, network, chosen)], { axis: 1 });
  return g.op("ReduceMean", [linked(g, counted, link, width), g.ints([1])], { keepdims: 0 });
}

/** Of the members that were chosen. */
function placesIn(g: GraphBuilder, { weights }: PortableNetwork, layer: string): Name {
  const tensor = weights.get(layer)?.get("chosen");
  if (tensor === undefined) throw new Error(`${layer} has no chosen`);
  const places = g.op("NonZero", [g.weight(`${layer}.chosen`, floatsOf(tensor))]);
  return g.op("Reshape", [places, g.ints([-1])]);
}

/** Along the last size. */
function linked(g: GraphBuilder, x: Name, link: Link, width: number): Name {
  switch (link.kind) {
    case "as_is":
      return x;
    case "softmax":
      return g.op("Softmax", [x], { axis: -1 });
    case "sigmoid":
      return g.op("Sigmoid", [x]);
    case "two_classes":
      return g.op("Concat", [g.op("Sigmoid", [g.op("Neg", [x])]), g.op("Sigmoid", [x])], { axis: -1 });
    case "margins":
      return g.op("Concat", [g.op("Neg", [x]), x], { axis: -1 });
    case "exponential":
      return g.op("Exp", [x]);
    case "sorted":
      return at(g.ops("TopK", [x, g.ints([width])], 2, { axis: -1, largest: 0, sorted: 1 }), 0);
    case "other":
      throw new Error(`the link of ${link.loss} is refused`);
  }
}

/** What the outputs are called, in order, for a reader of the file. */
export function writeOutputs(
  g: GraphBuilder,
  outputs: PortableOutputs,
  given: Name,
  valid: Name | null,
): void {
  const wide = g.cast(given, "double");
  switch (outputs.kind) {
    case "numbers":
      writeNumbers(g, outputs.columns, wide, valid);
      break;
    case "quantiles": {
      const { column, levels, middle } = outputs;
      const all = levels.map(() => column);
      const values = splitInto(g, held(g, originals(g, all, wide), valid), levels.length);
      number(g, column.name, column.unit, at(values, middle));
      values.forEach((value, i) => {
        number(g, `${column.name}(${at(levels, i)})`, column.unit, value);
      });
      break;
    }
    case "classes":
      writeClasses(g, outputs, wide, valid);
      break;
    case "labels": {
      const shares = held(g, wide, valid);
      const isThere = g.op("GreaterOrEqual", [shares, g.doubles([0.5], [])]);
      g.output(
        {
          name: outputs.name,
          type: "bool",
          shape: ["N", outputs.words.length],
          doc: outputs.words.join(outputs.separator),
        },
        isThere,
      );
      g.output(
        { name: "probabilities", type: "double", shape: ["N", outputs.words.length], doc: "" },
        shares,
      );
      break;
    }
  }
}

function writeNumbers(
  g: GraphBuilder,
  columns: readonly NumberOutput[],
  wide: Name,
  valid: Name | null,
): void {
  const values = held(g, originals(g, columns, wide), valid);
  splitInto(g, values, columns.length).forEach((value, i) => {
    const { name, unit } = at(columns, i);
    number(g, name, unit, value);
  });
}

function number(g: GraphBuilder, name: string, unit: string | null, value: Name): void {
  g.output({ name, type: "double", shape: ["N", 1], doc: unit === null ? "" : `in ${unit}` }, value);
}

/** In original units, f64 [rows, columns]. */
function originals(g: GraphBuilder, columns: readonly NumberOutput[], wide: Name): Name {
  const steps = columns.map(({ inverse }) => inverse ?? []);
  const [first = []] = steps;
  if (steps.every((own) => kindsOf(own) === kindsOf(first))) return scaled(g, wide, steps);
  const each = splitInto(g, wide, columns.length).map((value, i) => scaled(g, value, [at(steps, i)]));
  return g.op("Concat", each, { axis: -1 });
}

function splitInto(g: GraphBuilder, x: Name, count: number): readonly Name[] {
  return count === 1 ? [x] : g.ops("Split", [x], count, { axis: -1, num_outputs: count });
}

function held(g: GraphBuilder, x: Name, valid: Name | null): Name {
  return valid === null ? x : g.op("Where", [valid, x, g.doubles([Number.NaN], [])]);
}

function writeClasses(
  g: GraphBuilder,
  outputs: Extract<PortableOutputs, { readonly kind: "classes" }>,
  wide: Name,
  valid: Name | null,
): void {
  const { words, threshold, temperature, probabilities } = outputs;
  const shares = temperature === null ? wide : tempered(g, wide, temperature);
  const place =
    threshold === null
      ? g.op("ArgMax", [shares], { axis: -1, keepdims: 1 })
      : g.cast(g.op("GreaterOrEqual", [at(splitInto(g, shares, 2), 1), g.doubles([threshold], [])]), "int64");
  const word = g.op("Gather", [g.texts(words), place]);
  const label = valid === null ? word : g.op("Where", [valid, word, g.texts([""], [])]);
  g.output({ name: outputs.name, type: "string", shape: ["N", 1], doc: `one of ${words.join(", ")}` }, label);
  const doc = `of ${words.join(", ")}`;
  const name = probabilities ? "probabilities" : "margins";
  g.output({ name, type: "double", shape: ["N", widthOf(outputs)], doc }, held(g, shares, valid));
}

/** p^(1/T) over their sum. */
function tempered(g: GraphBuilder, given: Name, temperature: number): Name {
  const shares = g.op("Max", [given, g.doubles([LEAST_SHARE], [])]);
  const powers = g.op("Pow", [shares, g.doubles([1 / temperature], [])]);
  return g.op("Div", [powers, g.op("ReduceSum", [powers, g.ints([-1])], { keepdims: 1 })]);
}
