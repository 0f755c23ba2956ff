// Steps that are one layer, the `input` of the model, and joining the branches of a `parallel`.

import {
  cutList,
  isShapeProblem,
  type LayerSignature,
  type Params,
  type Shape,
  type Span,
} from "@netwright/definitions";
import type { LayerNode } from "../../model/model.ts";
import { replaceBy } from "../../report.ts";
import { type BindOptions, type Bound, bindCall } from "../bind.ts";
import { checkValue, plainSubject } from "../check-value.ts";
import { isLiteral } from "../context.ts";
import type { Merge } from "../reserved.ts";
import type { Given } from "../value.ts";
import {
  advance,
  type Cursor,
  callNotes,
  countStep,
  type Expansion,
  nextName,
  type Pending,
  type Place,
  sameShape,
  shapeNotes,
  shapeText,
} from "./expansion.ts";

export function runLayer(
  layer: LayerSignature,
  given: readonly Given[],
  at: Span,
  cursor: Cursor,
  place: Place,
  expansion: Expansion,
): void {
  if (!countStep(expansion, !place.checking, at)) return;
  const placed = placeLayer(layer, given, at, cursor, place, expansion);
  if (placed === undefined) {
    cursor.shape = undefined;
    return;
  }
  const { node, bound } = placed;
  cursor.nodes.push(node);
  const key = widthParam(layer.params);
  const value = key === undefined ? undefined : bound.given.get(key)?.value;
  const width = value !== undefined && isLiteral(expansion.context, value) ? value.span : undefined;
  advance(cursor, node.name, node.output, { span: at, width, calls: place.calls });
}

/** The parameter that sets the width of a layer, as `units` of dense: the first whole number without default. */
export function widthParam(params: Params): string | undefined {
  return Object.entries(params).find(
    ([, { type, default: fallback }]) => type.kind === "integer" && fallback === undefined,
  )?.[0];
}

/** A checked layer at the cursor, which does not move; undefined after a report or while shapes are unknown. */
export function placeLayer(
  layer: LayerSignature,
  given: readonly Given[],
  at: Span,
  cursor: Cursor,
  place: Place,
  expansion: Expansion,
  options: BindOptions = {},
): { readonly node: LayerNode; readonly bound: Bound } | undefined {
  const { context } = expansion;
  const bound = bindCall(layer, given, at, context, options);
  const input = cursor.shape;
  if (bound === undefined || input === undefined) return undefined;
  const output = layer.outputShape(input, bound.args);
  if (isShapeProblem(output)) {
    const notes = [
      ...(output.note === undefined ? [] : [output.note]),
      ...shapeNotes(context, cursor.trace, place.calls),
    ];
    context.report.error("NW0401", at, output.problem, { notes });
    return undefined;
  }
  const name = nextName(expansion, layer.name);
  return {
    node: { kind: "layer", name, layer: layer.name, args: bound.args, input, output, span: at },
    bound,
  };
}

const inputSize = { kind: "integer", min: 1 } as const;

/** `input(8)`: the shape of one row. */
export function runInput(
  given: readonly Given[],
  at: Span,
  cursor: Cursor,
  place: Place,
  expansion: Expansion,
): void {
  const { context, features } = expansion;
  if (!place.top || cursor.started) {
    context.report.error("NW0219", at, "`input` must be the first step of the model", {
      notes: [...callNotes(context, place.calls)],
    });
    return;
  }
  const subject = plainSubject(
    "a size of `input`",
    "The shape of one row: `input(8)` for eight features.",
    context,
  );
  const sizes: number[] = [];
  for (const { value, name } of given) {
    if (name !== undefined) {
      context.report.error("NW0301", name.span, `input has no parameter \`${name.text}\``, {
        notes: ["`input` takes the sizes alone: `input(8)`."],
      });
    }
    const size = checkValue(inputSize, value, subject);
    if (typeof size === "number") sizes.push(size);
  }
  if (given.length === 0)
    context.report.error("NW0302", at, "`input` needs its size", { notes: [subject.doc] });
  cursor.shape = undefined;
  cursor.trace = undefined;
  if (sizes.length === 0 || sizes.length < given.length) return;
  const width = sizes.reduce((product, size) => product * size, 1);
  if (features !== undefined && width !== features) {
    const [only] = given;
    const fix =
      given.length === 1 && only !== undefined && isLiteral(context, only.value)
        ? replaceBy(only.span, String(features))
        : undefined;
    context.report.error(
      "NW0405",
      at,
      `\`input\` states ${shapeText(sizes)}, and the data has ${features} features`,
      {
        notes: ["With a `data` section the input follows from the data and `input` can be left out."],
        fix,
      },
    );
    return;
  }
  cursor.shape = sizes;
  cursor.trace = { label: "input", shape: sizes, before: undefined };
}

/** `concat`, `add` or `multiply` behind a `parallel`. */
export function runMerge(
  merge: Merge,
  at: Span,
  pending: Pending,
  cursor: Cursor,
  place: Place,
  expansion: Expansion,
): void {
  const { context } = expansion;
  const branches: { name: string; nodes: Pending["branches"][number]["nodes"]; output: Shape }[] = [];
  for (const { name, nodes, output } of pending.branches) {
    if (output !== undefined) branches.push({ name, nodes, output });
  }
  cursor.shape = undefined;
  if (pending.input === undefined || branches.length < pending.branches.length || branches.length === 0)
    return;
  const output = mergedShape(
    merge,
    branches.map((branch) => branch.output),
  );
  if (output === undefined) {
    const what = merge === "concat" ? "differ in more than the last size" : "have different shapes";
    const shapes = branches.map((branch) => `${branch.name} ${shapeText(branch.output)}`);
    const rule =
      merge === "concat" ? "`concat` joins along the last size" : `\`${merge}\` works element by element`;
    context.report.error("NW0404", at, `the branches ${what} and \`${merge}\` cannot join them`, {
      notes: [`Branches: ${cutList(shapes)}; ${rule}.`, ...shapeNotes(context, cursor.trace, place.calls)],
    });
    return;
  }
  cursor.nodes.push({
    kind: "parallel",
    branches,
    merge,
    input: pending.input,
    output,
    span: pending.step.span,
  });
  advance(cursor, merge, output, { span: at, width: undefined, calls: place.calls });
}

function mergedShape(merge: Merge, shapes: readonly Shape[]): Shape | undefined {
  const [first, ...others] = shapes;
  if (first === undefined) return undefined;
  if (merge !== "concat") return others.every((shape) => sameShape(shape, first)) ? first : undefined;
  const front = first.slice(0, -1);
  if (!others.every((shape) => shape.length === first.length && sameShape(shape.slice(0, -1), front)))
    return undefined;
  return [...front, shapes.reduce((sum, shape) => sum + (shape.at(-1) ?? 0), 0)];
}
