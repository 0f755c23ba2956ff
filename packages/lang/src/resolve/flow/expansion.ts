// The state of expanding a model: what is shared by all steps, what belongs to a place in the flow, and
// limits. Expansion runs blocks, repeats and conditions, and follows the shape from layer to layer.

import { count, type Shape, type Span } from "@netwright/definitions";
import type { ModelNode } from "../../model/model.ts";
import type { BlockItem, Flow, ParallelStep, Step } from "../../syntax/tree.ts";
import { type Context, placeText } from "../context.ts";
import type { Scope } from "../value.ts";

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
  /** Flows that were looked at without being run. */
  readonly checked: Set<Flow>;
  /** Number of layers so far of each definition, for names. */
  readonly counters: Map<string, number>;
  /** What each step of a flow did, each time it was run. */
  readonly runs: Map<Step, StepRun[]>;
  /** What `input` has to agree with. */
  readonly features: number | undefined;
  layers: number;
  steps: number;
  stopped: boolean;
  /** Runs a flow; here because steps contain flows. */
  readonly run: (flow: Flow, cursor: Cursor, place: Place) => void;
}

/** One run of a step, present as far as shapes are known: what an editor shows beside it. */
export interface StepRun {
  /** Undefined before `input`. */
  readonly input: Shape | undefined;
  readonly output: Shape;
  /** The nodes it added are `nodes[from]` up to `nodes[to]`, that one not included. */
  readonly nodes: readonly ModelNode[];
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
}

export interface BlockCall {
  readonly block: string;
  readonly span: Span;
  readonly before: BlockCall | undefined;
}

/** Moves along one flow. An unknown shape follows a mistake and stops all talk of shapes. */
export interface Cursor {
  shape: Shape | undefined;
  trace: Trace | undefined;
  readonly nodes: ModelNode[];
  /** Branches that wait to be joined. */
  pending: Pending | undefined;
  last: Last | undefined;
  started: boolean;
}

export interface Pending {
  readonly step: ParallelStep;
  readonly input: Shape | undefined;
  readonly branches: readonly {
    readonly name: string;
    readonly nodes: readonly ModelNode[];
    readonly output: Shape | undefined;
  }[];
}

/** The layer that made the present shape. */
export interface Last {
  readonly span: Span;
  readonly label: string;
  /** The number that sets its width, when it is written in place. */
  readonly width: Span | undefined;
  readonly calls: BlockCall | undefined;
}

/** The shapes up to here, the last one first. */
export interface Trace {
  readonly label: string;
  readonly shape: Shape;
  readonly before: Trace | undefined;
}

/** A cursor for a flow inside this one: the same shape, its own nodes. */
export function startInside({ shape, trace }: Cursor): Cursor {
  return { shape, trace, nodes: [], pending: undefined, last: undefined, started: true };
}

export function advance(cursor: Cursor, label: string, shape: Shape, last: Omit<Last, "label">): void {
  cursor.shape = shape;
  cursor.trace = { label, shape, before: cursor.trace };
  cursor.last = { label, ...last };
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
export function nextName(expansion: Expansion, definition: string): string {
  const number = (expansion.counters.get(definition) ?? 0) + 1;
  expansion.counters.set(definition, number);
  return `${definition}_${number}`;
}

export function shapeText(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

const LONGEST_CHAIN = 8;

/** How the shape came about: the chain of shapes and the blocks that led here. */
export function shapeNotes(
  context: Context,
  trace: Trace | undefined,
  calls: BlockCall | undefined,
): string[] {
  return [...chainNotes(trace), ...callNotes(context, calls)];
}

function chainNotes(trace: Trace | undefined): string[] {
  const chain: string[] = [];
  for (let link = trace; link !== undefined; link = link.before)
    chain.unshift(`${link.label} ${shapeText(link.shape)}`);
  if (chain.length === 0) return [];
  const shown =
    chain.length > LONGEST_CHAIN ? [...chain.slice(0, 2), "...", ...chain.slice(3 - LONGEST_CHAIN)] : chain;
  return [`Shapes so far: ${shown.join(" -> ")}.`];
}

const MOST_CALLS = 4;

export function callNotes(context: Context, calls: BlockCall | undefined): string[] {
  const notes: string[] = [];
  for (let call = calls; call !== undefined && notes.length < MOST_CALLS; call = call.before) {
    notes.push(`In block \`${call.block}\`, called at ${placeText(context, call.span)}.`);
  }
  return notes;
}
