// The names in flows: what each step calls, with its arguments, and the words that open steps.

import { instance, optional } from "@netwright/definitions";
import type { CallStep, Flow, Step } from "../syntax/tree.ts";
import type { Meaning } from "./occurrence.ts";
import type { Walk } from "./walk.ts";
import { heldMeaning, walkArguments, walkBlockArguments, walkExpression } from "./walk-values.ts";

/** `residual` has parameters as a layer has. */
export const residualDefinition = {
  name: "residual",
  doc: "Adds its input to the output of its body: body(x) + x.",
  formula: "body(x) + x, or body(x) + project(x)",
  params: {
    project: optional(
      instance({ family: "layer", doc: "Layer that brings the input to the shape of the body." }),
    ),
  },
};

export function walkFlow(flow: Flow, walk: Walk): void {
  for (const step of flow.steps) walkStep(step, walk);
}

function walkStep(step: Step, walk: Walk): void {
  switch (step.kind) {
    case "call":
      walkCall(step, walk);
      return;
    case "repeat":
      walk.add(step.keyword, { kind: "word", word: "repeat" }, { step });
      walkExpression(step.count, undefined, walk);
      walkFlow(step.body, walk);
      return;
    case "if":
      walk.add(step.keyword, { kind: "word", word: "if" }, { step });
      for (const { condition, body } of step.arms) {
        walkExpression(condition, undefined, walk);
        walkFlow(body, walk);
      }
      if (step.otherwise !== undefined) walkFlow(step.otherwise, walk);
      return;
    case "residual":
      walk.add(step.keyword, { kind: "word", word: "residual" }, { step });
      walkArguments(step.arguments, residualDefinition, walk);
      walkFlow(step.body, walk);
      return;
    case "parallel":
      walk.add(step.keyword, { kind: "word", word: "parallel" }, { step });
      for (const { name, body } of step.branches) {
        walk.add(name.span, { kind: "branch", name: name.text }, { declares: true });
        walkFlow(body, walk);
      }
      return;
    case "broken":
  }
}

function walkCall(step: CallStep, walk: Walk): void {
  const { call } = step;
  const [name, span] = call.kind === "call" ? [call.name.text, call.name.span] : [call.name, call.span];
  const args = call.kind === "call" ? call.arguments : [];
  const { blocks, catalog } = walk.names;
  const block = blocks.get(name);
  const layer = catalog.layer.get(name);
  const held = heldMeaning(name, walk);
  const isCalled = call.kind === "call" && (block !== undefined || layer !== undefined);
  if (held !== undefined && !(isCalled && isPlain(held))) {
    walk.add(span, held, { step });
    walkArguments(args, undefined, walk);
    return;
  }
  if (name === "input" || name === "shared") walk.add(span, { kind: "word", word: name }, { step });
  else if (block !== undefined) walk.add(span, { kind: "block", item: block }, { step });
  else if (layer !== undefined) {
    walk.add(span, { kind: "definition", family: "layer", definition: layer }, { step });
  } else walk.add(span, { kind: "unknown", name }, { step });
  if (block !== undefined) walkBlockArguments(args, block, walk);
  else walkArguments(args, layer, walk);
}

/** Holds no layer, as far as the text says what it is: with arguments its name means the layer. */
function isPlain(held: Meaning): boolean {
  if (held.kind === "builtIn") return true;
  if (held.kind !== "param" && held.kind !== "parameter") return false;
  const value = held.kind === "param" ? held.item.value : held.parameter.value;
  return value?.kind !== "name" && value?.kind !== "call";
}
