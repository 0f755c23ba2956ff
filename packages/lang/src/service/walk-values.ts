// The names in values: params, parameters of blocks, definitions, choices, named arguments.

import {
  type Definition,
  type Family,
  familyOf,
  type Param,
  type ParamType,
  takesColumns,
} from "@netwright/definitions";
import type { Argument, BlockItem, Expression } from "../syntax/tree.ts";
import { definitionsOf } from "./families.ts";
import type { Meaning } from "./occurrence.ts";
import type { Walk } from "./walk.ts";

/** `expected` is the parameter that takes the value, where one is known. */
export function walkExpression(expression: Expression, expected: Param | undefined, walk: Walk): void {
  if (expected !== undefined && takesColumns(expected.type)) {
    walkColumns(expression, walk);
    return;
  }
  switch (expression.kind) {
    case "name":
      walk.add(expression.span, meaningOf(expression.name, expected, walk));
      return;
    case "call": {
      const { name } = expression;
      const meaning = wordMeaning(name.text, expected, walk);
      walk.add(name.span, meaning);
      if (meaning.kind === "block") {
        walkBlockArguments(expression.arguments, meaning.item, walk);
        return;
      }
      const definition = meaning.kind === "definition" ? meaning.definition : undefined;
      walkArguments(expression.arguments, definition, walk);
      return;
    }
    case "list":
      for (const item of expression.items) walkExpression(item, itemOf(expected), walk);
      return;
    case "record":
      for (const { value } of expression.settings) walkExpression(value, undefined, walk);
      return;
    case "operation":
      walkExpression(expression.first, undefined, walk);
      for (const { operand } of expression.rest) walkExpression(operand, undefined, walk);
      return;
    case "negation":
      walkExpression(expression.operand, undefined, walk);
      return;
    case "group":
      walkExpression(expression.inner, expected, walk);
      return;
    case "path":
    case "number":
    case "string":
    case "constant":
    case "broken":
  }
}

/** A name is a column here, and no param; `word` stands for something else than a column of that name. */
export function walkColumns(value: Expression, walk: Walk, word = "all"): void {
  for (const item of value.kind === "list" ? value.items : [value]) {
    if (item.kind === "string") walk.add(item.span, { kind: "column", column: item.value });
    if (item.kind === "name" && item.name !== word) {
      walk.add(item.span, { kind: "column", column: item.name });
    }
  }
}

export function walkArguments(
  args: readonly Argument[],
  definition: Definition | undefined,
  walk: Walk,
): void {
  const params = definition?.params ?? {};
  const inOrder = Object.values(params);
  for (const [i, { name, value }] of args.entries()) {
    const param = name === undefined ? inOrder[i] : ownParam(params, name.text);
    if (name !== undefined) {
      walk.add(
        name.span,
        param === undefined || definition === undefined
          ? { kind: "unknown", name: name.text }
          : { kind: "argument", owner: definition.name, name: name.text, param },
      );
    }
    walkExpression(value, param, walk);
  }
}

/** Arguments of a block: its parameters take any value. */
export function walkBlockArguments(args: readonly Argument[], block: BlockItem, walk: Walk): void {
  for (const { name, value } of args) {
    if (name !== undefined) {
      const parameter = block.parameters.find((one) => one.name.text === name.text);
      walk.add(
        name.span,
        parameter === undefined
          ? { kind: "unknown", name: name.text }
          : { kind: "parameter", block, parameter },
      );
    }
    walkExpression(value, undefined, walk);
  }
}

function ownParam(params: Readonly<Record<string, Param>>, name: string): Param | undefined {
  return Object.hasOwn(params, name) ? params[name] : undefined;
}

/** A name stands for a parameter or param first, then for a word of the type that is expected. */
function meaningOf(name: string, expected: Param | undefined, walk: Walk): Meaning {
  return heldMeaning(name, walk) ?? wordMeaning(name, expected, walk);
}

/** What the scopes at this place have under a name. */
export function heldMeaning(name: string, { block, inModel, names }: Walk): Meaning | undefined {
  const parameter = block?.parameters.find((one) => one.name.text === name);
  if (block !== undefined && parameter !== undefined) return { kind: "parameter", block, parameter };
  if (inModel && (name === "features" || name === "outputs")) return { kind: "builtIn", name };
  const item = names.params.get(name);
  return item === undefined ? undefined : { kind: "param", item };
}

function wordMeaning(name: string, expected: Param | undefined, { names }: Walk): Meaning {
  const type = expected === undefined ? undefined : required(expected.type);
  if (expected !== undefined && type?.kind === "choice" && type.values.includes(name)) {
    return { kind: "choice", value: name, param: expected };
  }
  // A value of any type may be the name of a block, which a flow then calls.
  const item = expected === undefined ? names.blocks.get(name) : undefined;
  if (item !== undefined) return { kind: "block", item };
  const family = type === undefined ? undefined : familyOf(type);
  const families = family === undefined ? ANY_FAMILY : [family];
  for (const family of families) {
    const definition = definitionsOf(names.catalog, family).get(name);
    if (definition !== undefined) return { kind: "definition", family, definition };
  }
  return { kind: "unknown", name };
}

// An activation is a layer as well, and as a value it is the activation that is meant.
const ANY_FAMILY: readonly Family[] = [
  "activation",
  "layer",
  "initializer",
  "regularizer",
  "constraint",
  "loss",
  "optimizer",
  "schedule",
  "stop",
  "checkpoint",
  "threshold",
  "encoder",
  "missing",
  "splitter",
  "source",
];

/** The type without its `none`. */
function required(type: ParamType): ParamType {
  return type.kind === "optional" ? required(type.of) : type;
}

function itemOf(expected: Param | undefined): Param | undefined {
  if (expected === undefined) return undefined;
  const type = required(expected.type);
  return type.kind === "list" ? { type: type.of, doc: expected.doc } : undefined;
}
