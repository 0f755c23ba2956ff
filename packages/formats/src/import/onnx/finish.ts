// From terms to layers: those that the prediction is made of, with their names. A part that is no layer by itself is told.

import type { ForeignLayer, NotUnderstood } from "../foreign-model.ts";
import { withBiases } from "./attention-layer.ts";
import { stepsOf, whyNot } from "./part-steps.ts";
import type { Term, Weights } from "./terms.ts";

export interface Finished {
  readonly layers: readonly ForeignLayer[];
  readonly output: string;
  readonly refused: readonly NotUnderstood[];
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
      const { layer, args } = meaning;
      const first = ownerOf(term, owners);
      const weights = layer === "multi_head_attention" ? withBiases(meaning.weights) : meaning.weights;
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
  if (meaning.kind !== "layer") return null;
  // Weights as they begin, all 1 or 0, are alike without being one.
  const isOwn = [...meaning.weights.values()].some(({ data }) => data.some((value) => value !== data[0]));
  if (!isOwn) return null;
  const key = `${meaning.layer} ${wanted} ${JSON.stringify(meaning.args)}`;
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
  const hasWeights = ({ meaning }: Term) => meaning.kind === "layer" && meaning.weights.size > 0;
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
