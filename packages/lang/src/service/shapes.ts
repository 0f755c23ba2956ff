// What the steps of flows did to shapes, as an editor shows it: beside a step, and in full on hover.

import { count as counted, describeValueType, grouped, type Span } from "@netwright/definitions";
import type { Node } from "../model/model.ts";
import type { StepRun } from "../resolve/flow/expansion.ts";
import type { Step } from "../syntax/tree.ts";

/** The weights of a layer, as numbers; given by who knows them. */
export type CountParameters = (node: Node) => number;

export type Runs = ReadonlyMap<Step, readonly StepRun[]>;

export interface ShapeHint {
  /** Behind which the hint stands. */
  readonly span: Span;
  readonly text: string;
}

/** The output shape behind each step that is a call, in the order of the text, within a range of offsets. */
export function shapeHints(
  runs: Runs,
  file: string,
  range: { readonly start: number; readonly end: number },
): ShapeHint[] {
  const hints: ShapeHint[] = [];
  for (const [step, all] of runs) {
    const { span } = step;
    if (step.kind !== "call" || span.file !== file) continue;
    if (span.end < range.start || span.end > range.end) continue;
    hints.push({ span, text: outputsText(all) });
  }
  return hints.sort((a, b) => a.span.start - b.span.start);
}

const MOST_SHAPES = 3;

/** `[512]`, or `[64] or [32]` where a block is used with different widths. */
function outputsText(runs: readonly StepRun[]): string {
  const shapes = [...new Set(runs.map(({ output }) => describeValueType(output)))];
  const shown = shapes.slice(0, MOST_SHAPES).join(" or ");
  return shapes.length > MOST_SHAPES ? `${shown} or ...` : shown;
}

/** For hover: each different way in and out, and what it costs. */
export function describeShapes(
  runs: Runs,
  step: Step,
  countParameters: CountParameters | undefined,
): string[] {
  const all = runs.get(step) ?? [];
  const rows = new Map<string, number>();
  for (const run of all) {
    const text = runText(run, countParameters);
    rows.set(text, (rows.get(text) ?? 0) + 1);
  }
  const lines = [...rows].map(([text, times]) => (times === 1 ? text : `${text}, ${times} times`));
  const shown = lines.slice(0, MOST_SHAPES);
  return lines.length > MOST_SHAPES ? [...shown, `and ${grouped(lines.length - MOST_SHAPES)} more`] : shown;
}

function runText({ inputs, output, nodes, from, to }: StepRun, count: CountParameters | undefined): string {
  const before = inputs.map(describeValueType).join(", ");
  const shapes = before === "" ? describeValueType(output) : `${before} -> ${describeValueType(output)}`;
  if (count === undefined || to === from) return shapes;
  const sum = nodes.slice(from, to).reduce((total, node) => total + count(node), 0);
  return `${shapes}, ${counted(sum, "parameter")}`;
}
