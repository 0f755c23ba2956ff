// Where a flow stands while it is run: the values that the next step takes, the nodes so far, and how it got there.

import { describeValueType, type Span, type ValueType } from "@netwright/definitions";
import type { Node, Parts, Source } from "../../model/model.ts";
import type { ParallelStep } from "../../syntax/tree.ts";
import { type Context, placeText } from "../context.ts";
import type { BlockCall } from "./expansion.ts";

/** Moves along one flow. */
export interface Cursor {
  /**
   * One value behind most steps; several behind a `parallel`, and at the start of a model with several inputs.
   * Undefined where not even their number is known.
   */
  values: readonly FlowValue[] | undefined;
  /** The step that left several values. */
  open: Open | undefined;
  trace: Trace | undefined;
  /** Of the whole model. */
  readonly nodes: Node[];
  last: Last | undefined;
  started: boolean;
}

/** The output of a node, or an input of the model. An unknown type follows a mistake and stops all talk of shapes. */
export interface FlowValue {
  readonly from: string;
  readonly type: ValueType | undefined;
  /** Of several: the branch or input. */
  readonly label: string;
}

export type KnownValue = FlowValue & Source;

/** A `parallel` whose branches wait to be joined. */
export interface Open {
  readonly step: ParallelStep;
  readonly parts: Parts;
}

/** The layer that made the present value. */
export interface Last {
  readonly span: Span;
  readonly label: string;
  /** The number that sets its width, when it is written in place. */
  readonly width: Span | undefined;
  readonly calls: BlockCall | undefined;
}

/** The types up to here, the last one first. */
export interface Trace {
  readonly label: string;
  readonly type: ValueType;
  readonly before: Trace | undefined;
}

export const unknown: FlowValue = { from: "", type: undefined, label: "" };

/** A cursor for a flow inside this one: the same values. */
export function startInside({ values, trace, nodes }: Cursor): Cursor {
  return { values, open: undefined, trace, nodes, last: undefined, started: false };
}

/** After a mistake: a value of which nothing is known. */
export function lose(cursor: Cursor): void {
  cursor.values = [unknown];
  cursor.open = undefined;
}

/** The one value behind a node. */
export function advance(cursor: Cursor, node: Node, last: Omit<Last, "label">): void {
  cursor.values = [{ from: node.name, type: node.type, label: node.name }];
  cursor.open = undefined;
  cursor.trace = { label: node.name, type: node.type, before: cursor.trace };
  cursor.last = { label: node.name, ...last };
}

/** Behind what could not be read: even how many values there are is open. */
export function forget(cursor: Cursor): void {
  cursor.values = undefined;
  cursor.open = undefined;
}

/** All values at the cursor; undefined while the type of one is not known. */
export function knownValues({ values = [] }: Cursor): readonly KnownValue[] | undefined {
  const known = values.filter((value): value is KnownValue => value.type !== undefined);
  return known.length === 0 || known.length < values.length ? undefined : known;
}

/** The one value; undefined after a mistake, and where there are several. */
export function onlyValue(cursor: Cursor): KnownValue | undefined {
  const [first, ...others] = knownValues(cursor) ?? [];
  return others.length === 0 ? first : undefined;
}

export function sourceOf({ from, type }: KnownValue): Source {
  return { from, type };
}

const LONGEST_CHAIN = 8;

/** How the value came about: the chain of types and the blocks that led here. */
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
    chain.unshift(`${link.label} ${describeValueType(link.type)}`);
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
