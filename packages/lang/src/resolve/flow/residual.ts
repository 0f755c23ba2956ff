// `residual { ... }`: the body, the projection if one is asked for, and that their shapes agree.

import { describeValueType, listNames, quote, type Span, sameValueType } from "@netwright/definitions";
import type { Node } from "../../model/model.ts";
import { replaceBy } from "../../report.ts";
import { suggest } from "../../suggest/suggest.ts";
import type { Flow, ResidualStep } from "../../syntax/tree.ts";
import { assignArguments } from "../bind.ts";
import { evaluateArguments } from "../evaluate.ts";
import { describeValue, type Value } from "../value.ts";
import {
  advance,
  type Cursor,
  type KnownValue,
  lose,
  onlyValue,
  shapeNotes,
  sourceOf,
  startInside,
} from "./cursor.ts";
import { countStep, type Expansion, nextName, type Place } from "./expansion.ts";
import { addNode, placeLayer, requireOne, widthParam } from "./layers.ts";

export function runResidual(step: ResidualStep, cursor: Cursor, place: Place, expansion: Expansion): void {
  const { context } = expansion;
  requireSteps(step.body, "residual", step.keyword, expansion);
  if (!countStep(expansion, false, step.keyword)) return;
  requireOne(cursor, step.keyword, expansion);
  const given = evaluateArguments(step.arguments, place.scope, context);
  const assigned = assignArguments("residual", ["project"], given, context);
  const name = nextName(expansion, "residual");
  const partOf = (part: string): Place => ({
    ...place,
    depth: place.depth + 1,
    top: false,
    path: [...place.path, `${name}.${part}`],
  });
  const inside = startInside(cursor);
  expansion.run(step.body, inside, partOf("body"));
  requireOne(inside, step.keyword, expansion);
  const project = assigned.values.get("project")?.value;
  const input = onlyValue(cursor);
  const body = onlyValue(inside);
  const projection =
    project === undefined || project.kind === "none"
      ? null
      : runProject(project, cursor, inside, partOf("project"), expansion);
  lose(cursor);
  if (input === undefined || body === undefined || projection === undefined || !assigned.complete) return;
  const shortcut: KnownValue =
    projection === null ? input : { from: projection.name, type: projection.type, label: "project" };
  if (!sameValueType(shortcut.type, body.type) || body.type.kind !== "number") {
    const bare = step.arguments.length === 0 && context.catalog.layer.has("dense");
    const after = { ...step.keyword, start: step.keyword.end };
    const isShort = body.type.shape.length < shortcut.type.shape.length;
    const what = projection === null ? "takes" : `projects its input to`;
    context.report.error(
      "NW0403",
      step.keyword,
      `\`residual\` ${what} ${describeValueType(shortcut.type)}, and its body gives ${describeValueType(body.type)}`,
      {
        notes: [
          "Its output is body(x) + x, so both have one shape; a projection brings the input to the shape of the body.",
          ...(isShort ? [FEWER_SIZES] : []),
          ...shapeNotes(context, inside.trace, place.calls),
        ],
        fix:
          bare && !isShort
            ? replaceBy(after, "(project: dense)", "write `residual(project: dense)`")
            : undefined,
      },
    );
    return;
  }
  const added = {
    name,
    layer: "add",
    args: {},
    inputs: [body, shortcut].map(sourceOf),
    type: body.type,
    closes: { name, kind: "residual", parts: ["body", projection === null ? "input" : "project"] },
    span: step.span,
  } as const;
  cursor.trace = inside.trace;
  advance(cursor, addNode(added, cursor, place), {
    span: step.keyword,
    width: undefined,
    calls: place.calls,
  });
}

/** The layer that projects the input; its width is that of the body unless it is given. */
function runProject(
  project: Value,
  cursor: Cursor,
  inside: Cursor,
  place: Place,
  expansion: Expansion,
): Node | undefined {
  const { context } = expansion;
  if (project.kind === "unknown") return undefined;
  if (project.kind !== "word" && project.kind !== "call") {
    context.report.error(
      "NW0303",
      project.span,
      `\`project\` of residual must be a layer, found ${describeValue(project)}`,
      {
        notes: ["Write for example `residual(project: dense)`."],
      },
    );
    return undefined;
  }
  const { text, span } = project.kind === "word" ? { text: project.name, span: project.span } : project.name;
  const layer = context.catalog.layer.get(text);
  if (layer === undefined) {
    const known = [...context.catalog.layer.keys()];
    const { meant, notes } = suggest("layer", text, known);
    context.report.error("NW0205", span, `no layer is named ${quote(text)}`, {
      notes: meant === undefined ? [...notes, `Layers: ${listNames(known)}.`] : [],
      fix: meant === undefined || project.origin !== undefined ? undefined : replaceBy(span, meant),
    });
    return undefined;
  }
  const key = widthParam(layer.params);
  const width = onlyValue(inside)?.type.shape.at(-1);
  const given = project.kind === "call" ? project.arguments : [];
  // While the shape of the body is unknown, any width serves to check the other arguments.
  const implied = key === undefined ? {} : { [key]: width ?? 1 };
  return placeLayer({ layer, given, at: project.span }, cursor, place, expansion, { implied })?.node;
}

/** Braces that hold nothing are a mistake. */
export function requireSteps(flow: Flow, word: string, keyword: Span, { context }: Expansion): void {
  if (flow.steps.length === 0)
    context.report.error("NW0221", keyword, `\`${word}\` has no layers in its braces`);
}

const FEWER_SIZES =
  "The body gives fewer sizes than it takes: a recurrent layer keeps all steps with `return_sequences: true`.";
