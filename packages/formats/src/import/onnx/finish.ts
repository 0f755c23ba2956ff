// From terms to layers: those that the prediction is made of, with their names. A part that is no layer by itself is told.

import type { FloatTensor } from "../../model/layouts.ts";
import type { ForeignLayer, ForeignLayerName, NotUnderstood } from "../foreign-model.ts";
import { headed, withBiases } from "./attention-layer.ts";
import { partsOfMean } from "./global-pooling.ts";
import type { Factor } from "./layout.ts";
import type { Affine, Part, Term, Weights } from "./terms.ts";

export interface Finished {
  readonly layers: readonly ForeignLayer[];
  readonly output: string;
  readonly refused: readonly NotUnderstood[];
}

interface Step {
  readonly layer: ForeignLayerName;
  readonly args: ForeignLayer["args"];
  readonly weights?: Weights;
  /** In place of the inputs of the term; `null` is the step before. */
  readonly inputs?: readonly (Term | null)[];
}

/** `inputs` have the names that they keep. */
export function finish(all: readonly Term[], output: Term, inputs: ReadonlyMap<Term, string>): Finished {
  const live = liveOf(output);
  const terms = [...new Set(all)].filter((term) => live.has(term));
  const names = namesOf(terms, inputs);
  const nameOf = (term: Term) => names.get(term) ?? "";
  const taken = new Set(names.values());
  const owners = new Map<string, Term>();
  const layers: ForeignLayer[] = [];
  const refused: NotUnderstood[] = [];
  for (const term of terms) {
    const { meaning } = term;
    if (meaning.kind === "input") continue;
    if (meaning.kind === "layer") {
      const { layer, args, sharedWith } = meaning;
      const first = sharedWith !== null && live.has(sharedWith) ? sharedWith : ownerOf(term, owners);
      const own = sharedWith?.meaning.kind === "layer" ? sharedWith.meaning.weights : meaning.weights;
      const weights = layer === "multi_head_attention" ? withBiases(own) : own;
      const isBare = layer === "multi_head_attention" && !weights.has("output_bias");
      layers.push({
        name: nameOf(term),
        layer,
        args: isBare ? { ...args, use_bias: false } : args,
        inputs: term.inputs.map(nameOf),
        weights: first === null ? weights : new Map(),
        sharedWith: first === null ? null : nameOf(first),
      });
      continue;
    }
    const steps = stepsOf(term);
    if (steps === null) {
      refused.push({ what: term.place, why: whyNot(meaning.kind === "part" ? meaning : null) });
      continue;
    }
    let before = "";
    steps.forEach((step, i) => {
      const name = i === steps.length - 1 ? nameOf(term) : fresh(`${nameOf(term)}_${step.layer}`, taken);
      const given = i === 0 ? term.inputs : [null];
      layers.push({
        name,
        layer: step.layer,
        args: step.args,
        inputs: (step.inputs ?? given).map((input) => (input === null ? before : nameOf(input))),
        weights: step.weights ?? new Map(),
        sharedWith: null,
      });
      before = name;
    });
  }
  return { layers, output: nameOf(output), refused };
}

/** An earlier layer of the same name in the file with the same weights; null for none. */
function ownerOf(term: Term, owners: Map<string, Term>): Term | null {
  const { meaning, wanted } = term;
  if (meaning.kind !== "layer" || meaning.weights.size === 0) return null;
  const key = `${meaning.layer} ${wanted}`;
  const owner = owners.get(key);
  if (owner === undefined) owners.set(key, term);
  return owner?.meaning.kind === "layer" && sameWeights(owner.meaning.weights, meaning.weights)
    ? owner
    : null;
}

function sameWeights(a: Weights, b: Weights): boolean {
  return (
    a.size === b.size &&
    [...a].every(([name, { shape, data }]) => {
      const other = b.get(name);
      return (
        other?.shape.join() === shape.join() && data.every((value, i) => Object.is(value, other.data[i]))
      );
    })
  );
}

function liveOf(output: Term): ReadonlySet<Term> {
  const live = new Set([output]);
  for (const term of live) for (const input of term.inputs) live.add(input);
  return live;
}

/** Layers with weights have their names first; of several with one name the later have a number. */
function namesOf(terms: readonly Term[], inputs: ReadonlyMap<Term, string>): ReadonlyMap<Term, string> {
  const names = new Map(inputs);
  const taken = new Set(inputs.values());
  const hasWeights = ({ meaning }: Term) =>
    meaning.kind === "layer" && (meaning.weights.size > 0 || meaning.sharedWith !== null);
  for (const isFirst of [true, false])
    for (const term of terms) {
      if (names.has(term) || hasWeights(term) !== isFirst) continue;
      names.set(term, fresh(term.wanted === "" ? "layer" : term.wanted, taken));
    }
  return names;
}

function fresh(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let i = 1; taken.has(name); i++) name = `${wanted}_${i}`;
  taken.add(name);
  return name;
}

/** Layers one after the other that do what the term does; null where there are none. */
function stepsOf(term: Term): readonly Step[] | null {
  const { meaning } = term;
  if (meaning.kind === "affine") return lineSteps(meaning, term.shape);
  if (meaning.kind === "attention") {
    const made = headed(
      (own, inputs, shape, wanted = term.wanted) => ({
        meaning: own,
        inputs,
        shape,
        wanted,
        place: term.place,
      }),
      meaning,
      null,
      term.shape[0] ?? 1,
      term.wanted,
    );
    if (made.meaning.kind !== "layer") return null;
    return [
      {
        layer: "multi_head_attention",
        args: {
          ...made.meaning.args,
          ...(made.meaning.weights.has("query_bias") ? {} : { use_bias: false }),
        },
        weights: withBiases(made.meaning.weights),
        inputs: made.inputs,
      },
    ];
  }
  return meaning.kind === "part" ? partSteps(term, meaning) : null;
}

function partSteps(term: Term, { op, flows, numbers }: Part): readonly Step[] | null {
  switch (op) {
    case "Clip":
      return clipSteps(numbers[0] ?? Number.NEGATIVE_INFINITY, numbers[1] ?? Number.POSITIVE_INFINITY);
    case "Square":
      return [{ layer: "multiply", args: {}, inputs: [...term.inputs, ...term.inputs] }];
    case "Cube":
      return [{ layer: "multiply", args: {}, inputs: [...term.inputs, ...term.inputs, ...term.inputs] }];
    case "Sub": {
      const [a, b] = term.inputs;
      if (a === undefined || b === undefined) return null;
      return [
        { layer: "rescaling", args: { centre: [0], by: [-1], inverse: true }, inputs: [b] },
        { layer: "add", args: {}, inputs: [a, null] },
      ];
    }
    case "HardSwish6":
      return [{ layer: "hard_swish", args: {} }, times(6)];
    case "GeluTwice":
      return [{ layer: "gelu", args: {} }, times(2)];
    case "Mean":
    case "Greatest": {
      const [flow] = flows;
      if (flow === undefined) return null;
      const gone = new Set<Factor>(numbers.flatMap((d) => flow.dims[d] ?? []));
      const directions = partsOfMean(flow, gone);
      if (directions === null) return null;
      const kind = op === "Mean" ? "average" : "max";
      const keepdims = term.shape.length > 1;
      return [{ layer: `global_${kind}_pooling${directions}d`, args: keepdims ? { keepdims } : {} }];
    }
    default:
      return null;
  }
}

const times = (by: number): Step => ({ layer: "rescaling", args: { centre: [0], by: [by], inverse: true } });

function clipSteps(least: number, most: number): readonly Step[] {
  if (least === 0)
    return [most === 6 ? { layer: "relu6", args: {} } : { layer: "relu", args: { max_value: most } }];
  if (least === -1 && most === 1) return [{ layer: "hard_tanh", args: {} }];
  const shift = (centre: number, by = 1): Step => ({
    layer: "rescaling",
    args: { centre: [centre], by: [by], inverse: true },
  });
  // At most: what is left above it is turned around.
  if (least === Number.NEGATIVE_INFINITY)
    return [shift(most, -1), { layer: "relu", args: {} }, shift(most, -1)];
  const args = most === Number.POSITIVE_INFINITY ? {} : { max_value: most - least };
  return [shift(-least), { layer: "relu", args }, shift(least)];
}

function lineSteps({ axis, centre, scale, offset }: Affine, shape: readonly number[]): readonly Step[] {
  const lengths = [centre, scale, offset].map(({ length }) => length);
  const isLast = lengths.every((length) => length === 1) || axis === shape.length - 1 || axis === -1;
  if (!isLast) return [alongAxis({ kind: "affine", axis, centre, scale, offset }, shape)];
  const width = Math.max(...lengths);
  const of = (list: readonly number[], i: number) => (list.length === 1 ? list[0] : list[i]) ?? 0;
  const places = Array.from({ length: width }, (_, i) => i);
  const isPlain = centre.every((one) => one === 0);
  const hasNone = scale.some((one) => one === 0);
  if ((isPlain && offset.some((one) => one !== 0)) || hasNone) {
    const moved = isPlain ? offset : places.map((i) => of(offset, i) - of(centre, i) * of(scale, i));
    return [
      { layer: "rescaling", args: { centre: moved.map(settled), by: scale.map(settled), inverse: true } },
    ];
  }
  const isStill = offset.every((one) => one === 0);
  const from = isStill ? centre : places.map((i) => of(centre, i) - of(offset, i) / of(scale, i));
  return [
    {
      layer: "rescaling",
      args: { centre: from.map(settled), by: scale.map((one) => settled(1 / one)), inverse: false },
    },
  ];
}

/** The f32 that a number comes of, where it is next to one. */
function settled(value: number): number {
  const short = Math.fround(value);
  return Math.abs(short - value) <= 1e-14 * Math.abs(value) ? short : value;
}

/** As batch normalisation along another size than the last, with a variance of 1. */
function alongAxis({ axis, centre, scale, offset }: Affine, shape: readonly number[]): Step {
  const width = shape[axis] ?? 1;
  const list = (values: readonly number[]): FloatTensor => ({
    shape: [width],
    data: Float32Array.from({ length: width }, (_, i) => (values.length === 1 ? values[0] : values[i]) ?? 0),
  });
  return {
    layer: "batch_norm",
    args: { axis: axis + 1 },
    weights: new Map([
      ["gamma", list(scale)],
      ["beta", list(offset)],
      ["moving_mean", list(centre)],
      ["moving_variance", list([1 - EPSILON])],
    ]),
  };
}

/** The default of `batch_norm`. */
const EPSILON = 0.001;

function whyNot(part: Part | null): string {
  switch (part?.op) {
    case "Reversed":
      return "goes backwards and gives its steps in the order of the file: put together with a layer that goes forward it is `bidirectional`, alone it is no layer of Netwright";
    case "state of the cell":
      return "gives the state of its cells, which the layers of Netwright keep for themselves";
    case "Masked":
    case "MaskAdd":
      return "puts other numbers in the place of some, which Netwright has within attention alone";
    case "MatMul":
      return "is a product of two values of the network, which Netwright has within attention alone";
    default:
      return "is an operation that Netwright has no layer of, neither alone nor with those around it";
  }
}
