// The state of expanding a model: what is shared by all steps, what belongs to a place in the flow, and
// limits. Expansion runs blocks, repeats and conditions, and follows the values from layer to layer.

import { count, type Span, type ValueType } from "@netwright/definitions";
import type { ModelInput, Node } from "../../model/model.ts";
import type { BlockItem, Flow, Step } from "../../syntax/tree.ts";
import type { Context } from "../context.ts";
import type { Scope } from "../value.ts";
import type { Cursor } from "./cursor.ts";
import type { Instance } from "./shared.ts";

/** Layers in one network, after repeats and blocks. */
export const MOST_LAYERS = 10_000;
/** Steps of any kind; only empty repeats reach it before the layers do. */
const MOST_STEPS = 100_000;
/** Blocks and braces inside one another while a model is expanded. */
export const DEEPEST_EXPANSION = 1_000;

/** Shared by the whole model. */
export interface Expansion {
  readonly context: Context;
  readonly blocks: ReadonlyMap<string, BlockItem>;
  /** Blocks that use themselves; they are reported and never entered. */
  readonly recursive: ReadonlySet<string>;
  readonly usedBlocks: Set<string>;
  readonly enteredBlocks: Set<string>;
  /** The nodes of each block that is entered, of every entry: those of `tower` once, twice and so on. */
  readonly blockNodes: Map<string, (readonly string[])[]>;
  /** Flows that were looked at without being run. */
  readonly checked: Set<Flow>;
  /** Number of layers so far of each definition, for names. */
  readonly counters: Map<string, number>;
  /** What each step of a flow did, each time it was run. */
  readonly runs: Map<Step, StepRun[]>;
  /** What the data gives; undefined without data, or while that is not known. */
  readonly inputs: readonly ModelInput[] | undefined;
  /** Blocks with shared weights, by their calls: `tower(64)`. */
  readonly shared: Map<string, Instance>;
  /** What a step `input(8)` says. */
  stated: ModelInput | undefined;
  layers: number;
  steps: number;
  stopped: boolean;
  /** Runs a flow; here because steps contain flows. */
  readonly run: (flow: Flow, cursor: Cursor, place: Place) => void;
}

/** One run of a step, present as far as shapes are known: what an editor shows beside it. */
export interface StepRun {
  /** None before `input`. */
  readonly inputs: readonly ValueType[];
  readonly output: ValueType;
  /** The nodes it added are `nodes[from]` up to `nodes[to]`, that one not included. */
  readonly nodes: readonly Node[];
  readonly from: number;
  readonly to: number;
}

/** Where a flow is run. */
export interface Place {
  readonly scope: Scope;
  /** The calls of blocks that led here, the last one first. */
  readonly calls: BlockCall | undefined;
  readonly depth: number;
  /** Names are checked, nothing is computed: code that is not run. */
  readonly checking: boolean;
  /** The flow of `model` itself. */
  readonly top: boolean;
  /** Of the nodes here: the parts of the flow around them. */
  readonly path: readonly string[];
  /** Present inside `shared(...)`. */
  readonly sharing?: Sharing | undefined;
}

/** One use of a block whose weights are shared. */
export interface Sharing {
  /** Owners of the weights of its nodes, in order; undefined at the first use. */
  readonly owners: readonly string[] | undefined;
  /** Owners of those of the nodes that were added so far. */
  readonly made: string[];
  readonly around: Sharing | undefined;
}

export interface BlockCall {
  readonly block: string;
  readonly span: Span;
  readonly before: BlockCall | undefined;
}

/** Counts a step; false, once with a report, when the model grows beyond its limits. */
export function countStep(expansion: Expansion, isLayer: boolean, at: Span): boolean {
  expansion.steps++;
  if (isLayer) expansion.layers++;
  const tooMany =
    expansion.layers > MOST_LAYERS
      ? count(MOST_LAYERS, "layer")
      : expansion.steps > MOST_STEPS
        ? count(MOST_STEPS, "step")
        : undefined;
  if (tooMany === undefined) return true;
  if (!expansion.stopped) {
    expansion.context.report.error("NW0223", at, `the model has more than ${tooMany}`, {
      notes: ["Repeats and blocks multiply; look for a `repeat` inside another."],
    });
  }
  expansion.stopped = true;
  return false;
}

/** The name of the next layer of a definition: `dense_1`, `dense_2` ... */
export function nextName({ counters, inputs = [] }: Expansion, definition: string): string {
  const number = (counters.get(definition) ?? 0) + 1;
  counters.set(definition, number);
  const name = `${definition}_${number}`;
  return inputs.some((input) => input.name === name) ? `${name}_` : name;
}
