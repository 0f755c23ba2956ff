// The layers of a foreign network as the steps of a flow: in a row, in a `residual`, in the branches of a `parallel`. What no flow can
// say is named.

import { quote } from "@netwright/definitions";
import { ACTIVATION_NAMES, type ForeignLayer, type NotUnderstood } from "@netwright/formats";
import type { ForeignNetwork } from "./network.ts";

export type Step =
  | { readonly kind: "layer"; readonly layer: ForeignLayer; readonly activation: ForeignLayer | null }
  /** `input(name)`: which of several inputs a branch takes. */
  | { readonly kind: "input"; readonly name: string }
  | {
      readonly kind: "residual";
      readonly body: readonly Step[];
      readonly project: ForeignLayer | null;
      readonly join: ForeignLayer;
    }
  | {
      readonly kind: "parallel";
      readonly branches: readonly (readonly Step[])[];
      readonly join: ForeignLayer;
    };

export type Steps = { readonly steps: readonly Step[] } | { readonly refused: readonly NotUnderstood[] };

/** Where the flow begins, where several inputs are one behind the other. */
const START = "";

/** Joins in branches of joins: each is two brackets of a file, which may have 256 in one another. */
const DEEPEST = 100;

/** `mergesActivation` says of a layer whether the activation behind it can be its argument. */
export function stepsOf(
  { inputs, layers, output }: ForeignNetwork,
  mergesActivation: (layer: ForeignLayer) => boolean,
): Steps {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const [only, another] = inputs;
  const start = only !== undefined && another === undefined ? only.name : START;
  const before = nearest(
    inputs.map(({ name }) => name),
    layers,
    start,
  );
  const takers = new Map<string, number>();
  for (const { inputs: taken } of layers)
    for (const name of taken) takers.set(name, (takers.get(name) ?? 0) + 1);
  const differing = differentlyActivated(layers, takers, output);
  const merges = (layer: ForeignLayer) =>
    mergesActivation(layer) && !differing.has(layer.sharedWith ?? layer.name);
  const placed = new Set<string>();
  const refused = new Map<string, NotUnderstood>();

  const place = (layer: ForeignLayer): void => {
    if (placed.has(layer.name))
      refused.set(layer.name, {
        what: `Layer ${quote(layer.name)}`,
        why: "gives what two branches take that part before it and meet behind it in different places, which no flow of the language says",
      });
    placed.add(layer.name);
  };

  /** The steps from one value to another, which follows from it. */
  const between = (from: string, to: string, depth: number): readonly Step[] => {
    const steps: Step[] = [];
    let value = to;
    while (value !== from) {
      const layer = byName.get(value);
      if (layer === undefined) {
        steps.push({ kind: "input", name: value });
        break;
      }
      place(layer);
      const [x = from, ...others] = layer.inputs;
      if (others.length === 0) {
        steps.push({ kind: "layer", layer, activation: null });
        value = x;
        continue;
      }
      if (depth >= DEEPEST) {
        refused.set(layer.name, {
          what: `Layer ${quote(layer.name)}`,
          why: `joins branches within branches, more than ${DEEPEST} deep`,
        });
        break;
      }
      const meeting = layer.inputs.reduce((a, b) => before.meet(a, b));
      const branches = layer.inputs.map((input) => between(meeting, input, depth + 1));
      steps.push(joined(layer, branches, meeting === START && start === START));
      value = meeting;
    }
    return withActivations(steps.reverse(), takers, output, merges);
  };

  const steps = between(start, output, 0);
  return refused.size > 0 ? { refused: [...refused.values()] } : { steps };
}

function joined(join: ForeignLayer, branches: readonly (readonly Step[])[], ofInputs: boolean): Step {
  const [a = [], b = [], ...others] = branches;
  if (join.layer !== "add" || others.length > 0 || ofInputs) return { kind: "parallel", branches, join };
  if (b.length === 0 && a.length > 0) return { kind: "residual", body: a, project: null, join };
  if (a.length === 0 && b.length > 0) return { kind: "residual", body: b, project: null, join };
  const projects = projectOf(b);
  if (projects !== null && a.length > 0) return { kind: "residual", body: a, project: projects, join };
  const other = projectOf(a);
  if (other !== null && b.length > 0) return { kind: "residual", body: b, project: other, join };
  return { kind: "parallel", branches, join };
}

/** What a residual may bring its input to the shape of its body by. */
function projectOf(steps: readonly Step[]): ForeignLayer | null {
  const [step, another] = steps;
  if (step?.kind !== "layer" || another !== undefined || step.activation !== null) return null;
  const { layer } = step;
  const isProjection = layer.layer === "dense" || layer.layer === "conv1d" || layer.layer === "conv2d";
  return isProjection && layer.sharedWith === null ? layer : null;
}

/** An activation that alone takes what a layer gives is an argument of it. */
function withActivations(
  steps: readonly Step[],
  takers: ReadonlyMap<string, number>,
  output: string,
  merges: (layer: ForeignLayer) => boolean,
): readonly Step[] {
  const merged: Step[] = [];
  for (const step of steps) {
    const last = merged.at(-1);
    const isArgument =
      step.kind === "layer" &&
      last?.kind === "layer" &&
      last.activation === null &&
      isActivation(step.layer) &&
      merges(last.layer) &&
      takers.get(last.layer.name) === 1 &&
      last.layer.name !== output;
    if (isArgument) merged[merged.length - 1] = { ...last, activation: step.layer };
    else merged.push(step);
  }
  return merged;
}

/** Owners of shared weights behind whose uses not the same activation stands: it is no argument of what they share. */
function differentlyActivated(
  layers: readonly ForeignLayer[],
  takers: ReadonlyMap<string, number>,
  output: string,
): ReadonlySet<string> {
  const takerOf = new Map(layers.flatMap((layer) => layer.inputs.map((input) => [input, layer] as const)));
  const found = new Map<string, string>();
  const differing = new Set<string>();
  for (const { name, sharedWith } of layers) {
    const owner = sharedWith ?? name;
    const taker = takerOf.get(name);
    const isAlone = name !== output && takers.get(name) === 1;
    const text =
      isAlone && taker !== undefined && isActivation(taker) ? JSON.stringify([taker.layer, taker.args]) : "";
    const before = found.get(owner);
    if (before !== undefined && before !== text) differing.add(owner);
    found.set(owner, text);
  }
  return differing;
}

function isActivation({ layer, weights, sharedWith }: ForeignLayer): boolean {
  return weights.size === 0 && sharedWith === null && ACTIVATION_NAMES.some((name) => name === layer);
}

/** Of each value the nearest before it through which all ways to it lead. */
function nearest(inputs: readonly string[], layers: readonly ForeignLayer[], start: string) {
  const parents = new Map<string, string>();
  const depths = new Map<string, number>([[start, 0]]);
  const meet = (a: string, b: string): string => {
    let [left, right] = [a, b];
    while (left !== right) {
      for (const value of [left, right])
        if (!depths.has(value)) throw new Error(`nothing before gives the value ${value}`);
      const isLeft = (depths.get(left) ?? 0) >= (depths.get(right) ?? 0);
      if (isLeft) left = parents.get(left) ?? start;
      else right = parents.get(right) ?? start;
    }
    return left;
  };
  const put = (name: string, parent: string): void => {
    parents.set(name, parent);
    depths.set(name, (depths.get(parent) ?? 0) + 1);
  };
  for (const name of inputs) if (name !== start) put(name, start);
  for (const { name, inputs: taken } of layers)
    put(
      name,
      taken.reduce((a, b) => meet(a, b), taken[0] ?? start),
    );
  return { meet };
}
