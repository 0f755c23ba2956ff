// The steps of a foreign network as the lines of a model section, as a person would write them: defaults left out, what stands several
// times in a row as `repeat`, layers that are used several times as `shared` blocks.

import { type Args, type Argument, familyOf, namesTaken, type Params } from "@netwright/definitions";
import type { ForeignLayer } from "@netwright/formats";
import type { ModelInput } from "@netwright/lang";
import { documentedIn, type FullCatalog } from "../catalog/catalog.ts";
import { spellTyped } from "../resolved/spell.ts";
import type { Step } from "./steps.ts";

export interface FlowText {
  /** Blocks whose weights are shared, each with an empty line behind. */
  readonly blocks: readonly string[];
  readonly lines: readonly string[];
  /** What each node is that the lines become, in their order; null for one that the file has not, as the slice of an input. */
  readonly nodes: readonly (FlowNode | null)[];
}

export interface FlowNode {
  readonly layer: ForeignLayer;
  readonly activation: ForeignLayer | null;
}

interface Printing {
  readonly known: FullCatalog;
  /** Of several inputs that are one row: where each begins in it. */
  readonly places: ReadonlyMap<string, Place>;
  readonly shared: SharedBlocks;
  readonly nodes: (FlowNode | null)[];
}

interface Place {
  readonly start: number;
  readonly input: ModelInput;
  /** Whether it is the whole row. */
  readonly isAll: boolean;
}

export function flowText(
  steps: readonly Step[],
  inputs: readonly ModelInput[],
  known: FullCatalog,
): FlowText {
  const shared = sharedBlocks(steps, known);
  const printing: Printing = { known, places: placesOf(inputs), shared, nodes: [] };
  const lines = linesOf(steps, printing);
  return { blocks: shared.blocks, lines, nodes: printing.nodes };
}

function placesOf(inputs: readonly ModelInput[]): ReadonlyMap<string, Place> {
  let start = 0;
  return new Map(
    inputs.map((input) => {
      const place = { start, input, isAll: inputs.length === 1 };
      start += input.type.shape.reduce((product, size) => product * size, 1);
      return [input.name, place];
    }),
  );
}

function linesOf(steps: readonly Step[], printing: Printing): string[] {
  const chunks: string[] = [];
  for (let i = 0; i < steps.length; ) {
    const run = printing.shared.runAt(steps, i);
    if (run !== null) {
      for (const step of steps.slice(i, i + run.length))
        if (step.kind === "layer") printing.nodes.push({ layer: step.layer, activation: step.activation });
      chunks.push(`shared(${run.name})`);
      i += run.length;
      continue;
    }
    const step = steps[i];
    if (step !== undefined) chunks.push(...chunksOf(step, printing));
    i++;
  }
  return repeated(chunks);
}

/** Lines of one step; each chunk stands for itself in a row. */
function chunksOf(step: Step, printing: Printing): readonly string[] {
  const { known, nodes, places } = printing;
  switch (step.kind) {
    case "layer":
      nodes.push({ layer: step.layer, activation: step.activation });
      return [layerText(step, known)];
    case "input": {
      const place = places.get(step.name);
      if (place === undefined || place.isAll) return [];
      const { shape } = place.input.type;
      const size = shape.reduce((product, one) => product * one, 1);
      nodes.push(null);
      const slice = `slice(${place.start}, ${place.start + size})`;
      if (shape.length === 1) return [slice];
      nodes.push(null);
      return [slice, `reshape([${shape.join(", ")}])`];
    }
    case "residual": {
      const body = linesOf(step.body, printing);
      if (step.project !== null) nodes.push({ layer: step.project, activation: null });
      nodes.push({ layer: step.join, activation: null });
      const project =
        step.project === null
          ? ""
          : `(project: ${layerText({ layer: step.project, activation: null }, known)})`;
      return [[`residual${project} {`, ...body, "}"].join("\n")];
    }
    case "parallel": {
      const { join, branches } = step;
      const takes = known.layer.get(layerNameOf(join))?.takes ?? "many";
      const names = namesTaken(takes)?.names ?? labelsOf(branches, places);
      const parts = branches.map((branch, i) => branchText(names[i] ?? `b${i}`, linesOf(branch, printing)));
      nodes.push({ layer: join, activation: null });
      return [
        ["parallel {", ...parts, `} -> ${layerText({ layer: join, activation: null }, known)}`].join("\n"),
      ];
    }
  }
}

function branchText(name: string, lines: readonly string[]): string {
  const isShort = lines.length <= 3 && lines.every((line) => !line.includes("\n"));
  return isShort ? `${name} { ${lines.join(" -> ")} }` : [`${name} {`, ...lines, "}"].join("\n");
}

/** The input that a branch begins with, or a letter. */
function labelsOf(
  branches: readonly (readonly Step[])[],
  places: ReadonlyMap<string, Place>,
): readonly string[] {
  const used = new Set<string>();
  return branches.map(([first], i) => {
    const own = first?.kind === "input" && places.size > 1 ? plainName(first.name) : null;
    const letter = i < 26 ? String.fromCharCode(97 + i) : `b${i}`;
    const label = own === null || used.has(own) ? letter : own;
    used.add(label);
    return label;
  });
}

/** Null for what is no name of the language. */
export function plainName(name: string): string | null {
  const plain = name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^_+|_+$/g, "");
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(plain) && !WORDS.has(plain) ? plain : null;
}

const WORDS: ReadonlySet<string> = new Set([
  "input",
  "shared",
  "repeat",
  "residual",
  "parallel",
  "if",
  "else",
  "block",
  "model",
  "data",
  "train",
  "use",
  "param",
  "in",
  "and",
  "or",
  "not",
  "true",
  "false",
  "none",
  "features",
  "outputs",
]);

/** In between, a scaling is a normalisation by numbers that stay as they are. */
export const SCALING_LAYER = {
  name: "batch_norm",
  args: { epsilon: 1e-30, center: false, scale: false },
} as const;

/** What stands in the file for a layer. */
export function layerNameOf({ layer }: ForeignLayer): string {
  return layer === "rescaling" ? SCALING_LAYER.name : layer;
}

export function layerText({ layer, activation }: FlowNode, known: FullCatalog): string {
  const name = layerNameOf(layer);
  const params = known.layer.get(name)?.params ?? {};
  const own: Args = layer.layer === "rescaling" ? scalingArgs(layer) : layer.args;
  const acting = activation === null ? own : { ...own, activation: activationArgument(activation) };
  return shortCall(name, acting, params, known);
}

function scalingArgs({ args }: ForeignLayer): Args {
  const by = args["by"];
  const isTurned = Array.isArray(by) && by.some((one: Argument) => typeof one === "number" && one < 0);
  return { ...SCALING_LAYER.args, scale: isTurned };
}

function activationArgument({ layer, args }: ForeignLayer): Argument {
  return { family: "activation", name: layer, args, span: { file: "", start: 0, end: 0 } };
}

/** What is given by default is left out, and what comes first stands without its name. */
function shortCall(name: string, args: Args, params: Params, known: FullCatalog): string {
  let isFirst = true;
  const given = Object.entries(params).flatMap(([key, { type, default: fallback }], i) => {
    const value = args[key];
    if (value === undefined || isDefault(value, fallback, known)) {
      isFirst = false;
      return [];
    }
    const isPlain = isFirst && (fallback === undefined || i === 0 || familyOf(type) === "activation");
    isFirst = isPlain;
    const text = isInstance(value) ? instanceText(value, known) : spellTyped(type, value, known);
    return [isPlain ? text : `${key}: ${text}`];
  });
  return given.length === 0 ? name : `${name}(${given.join(", ")})`;
}

type Named = Extract<Argument, { readonly family: unknown }>;

function isInstance(value: Argument): value is Named {
  return typeof value === "object" && value !== null && "family" in value;
}

function instanceText({ family, name, args }: Named, known: FullCatalog): string {
  return shortCall(name, args, documentedIn(known)[family].get(name)?.params ?? {}, known);
}

function isDefault(value: Argument, fallback: Argument | undefined, known: FullCatalog): boolean {
  if (isInstance(value)) return instanceText(value, known) === fallback;
  return value === fallback;
}

/** What stands several times in a row. */
function repeated(chunks: readonly string[]): string[] {
  const lines: string[] = [];
  for (let i = 0; i < chunks.length; ) {
    const best = bestPeriod(chunks, i);
    const body = chunks.slice(i, i + best.period);
    if (best.times === 1) lines.push(...body);
    else lines.push([`repeat ${best.times} {`, ...body, "}"].join("\n"));
    i += best.period * best.times;
  }
  return lines;
}

function bestPeriod(
  chunks: readonly string[],
  from: number,
): { readonly period: number; readonly times: number } {
  let best = { period: 1, times: 1 };
  let most = 1;
  for (let period = 1; from + 2 * period <= chunks.length && period <= LONGEST_PERIOD; period++) {
    const body = chunks.slice(from, from + period);
    let times = 1;
    while (body.every((chunk, j) => chunks[from + times * period + j] === chunk)) times++;
    const saved = (times - 1) * body.join("\n").split("\n").length;
    if (saved > most) [best, most] = [{ period, times }, saved];
  }
  return best;
}

const LONGEST_PERIOD = 32;

interface SharedBlocks {
  readonly blocks: readonly string[];
  /** Steps from there on that are a block, which is written where it is first met. */
  readonly runAt: (
    steps: readonly Step[],
    i: number,
  ) => { readonly name: string; readonly length: number } | null;
}

/** Layers whose weights several uses share: those that always stand in the same row are one block. */
function sharedBlocks(steps: readonly Step[], known: FullCatalog): SharedBlocks {
  const flows = flowsIn(steps);
  const owners = new Set(
    flows.flatMap((flow) =>
      flow.flatMap((step) =>
        step.kind === "layer" && step.layer.sharedWith !== null ? [step.layer.sharedWith] : [],
      ),
    ),
  );
  const ownerOf = (step: Step | undefined): string | null => {
    if (step?.kind !== "layer") return null;
    const owner = step.layer.sharedWith ?? step.layer.name;
    return owners.has(owner) ? owner : null;
  };
  const runsOf = (flow: readonly Step[]): readonly (readonly Step[])[] => {
    const runs: Step[][] = [];
    flow.forEach((step, i) => {
      if (ownerOf(step) === null) return;
      if (i > 0 && ownerOf(flow[i - 1]) !== null) runs.at(-1)?.push(step);
      else runs.push([step]);
    });
    return runs;
  };
  const runs = flows.flatMap(runsOf);
  const signatureOf = (run: readonly Step[]) => run.map(ownerOf).join("\n");
  /** Whether all that use the owner do so in this row, and once. */
  const isWhole = (run: readonly Step[]) =>
    new Set(run.map(ownerOf)).size === run.length &&
    run.every((step) =>
      runs
        .filter((other) => other.some((one) => ownerOf(one) === ownerOf(step)))
        .every((other) => signatureOf(other) === signatureOf(run)),
    );
  const blocks: string[] = [];
  const names = new Map<string, string>();
  const define = (run: readonly Step[]): string => {
    const signature = signatureOf(run);
    const before = names.get(signature);
    if (before !== undefined) return before;
    const name = blockName(run, new Set(names.values()), known);
    names.set(signature, name);
    const lines = run.flatMap((step) => (step.kind === "layer" ? [layerText(step, known)] : []));
    blocks.push(`block ${name} {`, ...lines, "}", "");
    return name;
  };
  const whole = new Map(
    runs.filter(isWhole).map((run): [string, number] => [ownerOf(run[0]) ?? "", run.length]),
  );
  return {
    blocks,
    runAt: (flow, i) => {
      const owner = ownerOf(flow[i]);
      if (owner === null) return null;
      const length = whole.get(owner) ?? 1;
      return { name: define(flow.slice(i, i + length)), length };
    },
  };
}

function blockName(run: readonly Step[], used: ReadonlySet<string>, known: FullCatalog): string {
  const [first] = run;
  const path = first?.kind === "layer" ? (first.layer.sharedWith ?? first.layer.name) : "";
  const cut = path.lastIndexOf("/");
  const own = plainName(cut < 0 ? path : path.slice(0, cut));
  const isFree = (name: string) => !used.has(name) && !known.layer.has(name);
  if (own !== null && isFree(own)) return own;
  for (let k = 1; ; k++) if (isFree(`shared_${k}`)) return `shared_${k}`;
}

/** The flow and all that lie in its steps. */
function flowsIn(steps: readonly Step[]): readonly (readonly Step[])[] {
  return [
    steps,
    ...steps.flatMap((step) => {
      if (step.kind === "residual") return flowsIn(step.body);
      return step.kind === "parallel" ? step.branches.flatMap(flowsIn) : [];
    }),
  ];
}
