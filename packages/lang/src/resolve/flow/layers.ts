// Steps that are one layer: its arguments, what it takes of the values at the cursor, and the node that it becomes.

import {
  cutList,
  describeValueType,
  grouped,
  isShapeProblem,
  type LayerSignature,
  listNames,
  namesTaken,
  type Params,
  quote,
  type ShapeProblem,
  type Span,
  some,
  type ValueType,
} from "@netwright/definitions";
import type { Node } from "../../model/model.ts";
import { replaceBy } from "../../report.ts";
import { type BindOptions, type Bound, bindCall } from "../bind.ts";
import { isLiteral } from "../context.ts";
import type { Given } from "../value.ts";
import { advance, type Cursor, type KnownValue, knownValues, lose, shapeNotes, sourceOf } from "./cursor.ts";
import { countStep, type Expansion, nextName, type Place, type Sharing } from "./expansion.ts";

/** A layer as a flow calls it. */
export interface LayerCall {
  readonly layer: LayerSignature;
  readonly given: readonly Given[];
  readonly at: Span;
}

export function runLayer(call: LayerCall, cursor: Cursor, place: Place, expansion: Expansion): void {
  const { layer, at } = call;
  if (!countStep(expansion, !place.checking, at)) return;
  const placed = placeLayer(call, cursor, place, expansion);
  if (placed === undefined) {
    lose(cursor);
    return;
  }
  const { node, bound } = placed;
  const key = widthParam(layer.params);
  const value = key === undefined ? undefined : bound.given.get(key)?.value;
  const width = value !== undefined && isLiteral(expansion.context, value) ? value.span : undefined;
  advance(cursor, node, { span: at, width, calls: place.calls });
}

/** The parameter that sets the width of a layer, as `units` of dense: the first whole number without default. */
export function widthParam(params: Params): string | undefined {
  return Object.entries(params).find(
    ([, { type, default: fallback }]) => type.kind === "integer" && fallback === undefined,
  )?.[0];
}

/**
 * Adds the node of a checked layer that takes the values at the cursor, which does not move; undefined after a report
 * or while shapes are unknown.
 */
export function placeLayer(
  { layer, given, at }: LayerCall,
  cursor: Cursor,
  place: Place,
  expansion: Expansion,
  options: BindOptions = {},
): { readonly node: Node; readonly bound: Bound } | undefined {
  const { context } = expansion;
  const bound = bindCall(layer, given, at, context, options);
  const inputs = takenValues(layer, at, cursor, place, expansion);
  if (bound === undefined || inputs === undefined) return undefined;
  const output = countable(layer, layer.output(some(inputs.map(({ type }) => type)), bound.args));
  if (isShapeProblem(output)) {
    const named = inputs.map(({ label, type }) => `${label} ${describeValueType(type)}`);
    const notes = [
      ...(inputs.length > 1 ? [`Branches: ${cutList(named)}.`] : []),
      ...(output.note === undefined ? [] : [output.note]),
      ...shapeNotes(context, cursor.trace, place.calls),
    ];
    context.report.error(inputs.length === 1 ? "NW0401" : "NW0404", at, output.problem, { notes });
    return undefined;
  }
  const { open } = cursor;
  const node = addNode(
    {
      name: nextName(expansion, layer.name),
      layer: layer.name,
      args: bound.args,
      inputs: inputs.map(sourceOf),
      type: output,
      closes: open === undefined ? null : open.parts,
      span: at,
    },
    cursor,
    place,
  );
  return { node, bound };
}

/** The same, unless it is more numbers than a size can say: what is made of it would have a size that is none. */
function countable({ name }: LayerSignature, output: ValueType | ShapeProblem): ValueType | ShapeProblem {
  if (isShapeProblem(output)) return output;
  const size = output.shape.reduce((product, n) => product * n, 1);
  if (Number.isSafeInteger(size)) return output;
  return {
    problem: `${name} gives more numbers than can be counted`,
    note: `Expected at most ${grouped(Number.MAX_SAFE_INTEGER)} for a row.`,
  };
}

/** The node at its place in the flow, with weights of its own or those of the first shared use. */
export function addNode(
  node: Omit<Node, "weights" | "path">,
  cursor: Cursor,
  { path, sharing }: Place,
): Node {
  const placed: Node = { ...node, weights: ownerOf(node.name, sharing), path };
  for (let use = sharing; use !== undefined; use = use.around) use.made.push(placed.weights);
  cursor.nodes.push(placed);
  return placed;
}

function ownerOf(name: string, sharing: Sharing | undefined): string {
  for (let use = sharing; use !== undefined; use = use.around) {
    const owner = use.owners?.[use.made.length];
    if (owner !== undefined) return owner;
  }
  return name;
}

function takenValues(
  { name, takes }: LayerSignature,
  at: Span,
  cursor: Cursor,
  place: Place,
  expansion: Expansion,
): readonly KnownValue[] | undefined {
  const { values } = cursor;
  if (values === undefined) return undefined;
  if (takes === 1) return requireOne(cursor, at, expansion) ? knownValues(cursor) : undefined;
  const { report } = expansion.context;
  const named = namesTaken(takes);
  if (values.length === 1 && cursor.open === undefined) {
    if (named?.least === 1) return knownValues(cursor);
    const branches = named?.names ?? ["a", "b"];
    const example = branches.map((branch) => `${branch} { ... }`).join(" ");
    report.error("NW0217", at, `\`${name}\` has no branches to join`, {
      notes: [`It stands behind \`parallel { ${example} }\`.`],
    });
    return undefined;
  }
  const known = knownValues(cursor);
  if (named === null || known === undefined) return known;
  const { names, least } = named;
  const ordered = names.flatMap((wanted) => known.find(({ label }) => label === wanted) ?? []);
  const isFirst = ordered.every(({ label }, i) => label === names[i]);
  if (isFirst && ordered.length >= least && ordered.length === known.length) return ordered;
  const found = values.map(({ label }) => label);
  report.error("NW0404", at, `${quote(name)} takes ${listNames(names)}, found ${listNames(found)}`, {
    notes: [
      ...(least < names.length
        ? [`It needs ${listNames(names.slice(0, least))}; the others may be left out from the last on.`]
        : []),
      ...shapeNotes(expansion.context, cursor.trace, place.calls),
    ],
  });
  return undefined;
}

/** Reports several values where one is taken, by the step at `at`; then there is one of which nothing is known. */
export function requireOne(cursor: Cursor, at: Span, { context, stopped }: Expansion): boolean {
  const { values, open } = cursor;
  if (values === undefined) return false;
  if (open === undefined && values.length === 1) return true;
  lose(cursor);
  if (stopped) return false;
  if (open === undefined) {
    const names = values.map(({ label }) => label);
    const [first = ""] = names;
    context.report.error("NW0216", at, `the model has ${names.length} inputs, and this takes one`, {
      notes: [
        `They are ${listNames(names)}; \`input(${first})\` takes one of them, and \`concat\` joins them.`,
      ],
    });
    return false;
  }
  const { span } = open.step;
  const joining = [...context.catalog.layer]
    .filter(([, layer]) => layer.takes === "many")
    .map(([name]) => name);
  context.report.error(
    "NW0216",
    { ...span, start: Math.max(span.start, span.end - 1) },
    "the branches of `parallel` are not joined",
    {
      notes: [`What takes many stands behind it: ${listNames(joining, joining.length, "or")}.`],
      fix: replaceBy({ ...span, start: span.end }, " -> concat", "add `-> concat`"),
    },
  );
  return false;
}
