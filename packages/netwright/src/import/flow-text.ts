// The steps of a foreign network as the lines of a model section, as a person would write them.

import { namesTaken } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { type ModelInput, spelledInput } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";
import { type FlowNode, layerNameOf, layerText } from "./layer-text.ts";
import { plainName } from "./plain-name.ts";
import { repeated } from "./repeated.ts";
import { type SharedBlocks, sharedBlocks } from "./shared-blocks.ts";
import type { Step } from "./steps.ts";

export interface FlowText {
  /** Blocks whose weights are shared, each with an empty line behind. */
  readonly blocks: readonly string[];
  readonly lines: readonly string[];
  /** What each node is that the lines become, in their order; null for one that the file has not, as the slice of an input. */
  readonly nodes: readonly (FlowNode | null)[];
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
  /** `input(Maker)`, where the data has several inputs: then numbers are `features` together. */
  readonly asked: string | null;
}

/** `names` are the columns of inputs that are indices. */
export function flowText(
  steps: readonly Step[],
  inputs: readonly ModelInput[],
  known: FullCatalog,
  names: ReadonlyMap<string, string> = new Map(),
): FlowText {
  const shared = sharedBlocks(steps, known);
  const printing: Printing = { known, places: placesOf(inputs, names), shared, nodes: [] };
  const lines = linesOf(steps, printing);
  return { blocks: shared.blocks, lines, nodes: printing.nodes };
}

function placesOf(
  inputs: readonly ModelInput[],
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, Place> {
  const numbers = inputs.filter(({ name }) => !names.has(name));
  let start = 0;
  return new Map(
    inputs.map((input): [string, Place] => {
      const column = names.get(input.name);
      if (column !== undefined)
        return [input.name, { start: 0, input, isAll: true, asked: `input(${spelledInput(column)})` }];
      const asked = names.size === 0 ? null : "input(features)";
      const place = { start, input, isAll: numbers.length === 1 && input.type.shape.length === 1, asked };
      start += sizeOf(input.type.shape);
      return [input.name, names.size === 0 ? { ...place, isAll: inputs.length === 1 } : place];
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
      if (place === undefined) return [];
      const asked = place.asked === null ? [] : [place.asked];
      if (place.isAll) return asked;
      const { shape } = place.input.type;
      const size = sizeOf(shape);
      nodes.push(null);
      const slice = `slice(${place.start}, ${place.start + size})`;
      if (shape.length === 1) return [...asked, slice];
      nodes.push(null);
      return [...asked, slice, `reshape([${shape.join(", ")}])`];
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
