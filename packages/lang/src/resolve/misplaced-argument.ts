// Arguments that something else takes than what they were given to: what another argument holds, as the encoder of a column, or
// another parameter, which takes a list or a definition by its name.

import { type Definition, familyOf, listed, type ParamType, quote, sameThing } from "@netwright/definitions";
import { replaceBy } from "../report.ts";
import { type Context, definitionsOf, withoutBrackets, writtenText } from "./context.ts";
import { familyName } from "./describe-type.ts";
import type { Given, Value } from "./value.ts";

export interface Having {
  readonly definition: Definition;
  readonly param: string;
}

/** The definitions that have a parameter of this name. */
export function havingParam(definitions: ReadonlyMap<string, Definition>, name: string): Having[] {
  return [...definitions.values()].flatMap((definition) => {
    const param = sameThing(name, Object.keys(definition.params));
    return param === undefined ? [] : [{ definition, param }];
  });
}

/** `unknown` of `category` is one of its encoder, `l2` of `dense` is a regularizer; undefined where nothing below has or is it. */
export function noteOnBelow(
  { name, params }: Definition,
  argument: Given,
  context: Context,
): string | undefined {
  const key = argument.name?.text;
  if (key === undefined) return undefined;
  const value = writtenText(context, argument.value.span);
  const families = Object.entries(params).flatMap(([holder, { type, default: fallback }]) => {
    const family = familyOf(type);
    return family === undefined ? [] : [{ holder, fallback, known: definitionsOf(context, family) }];
  });
  for (const { holder, known } of families) {
    const definition = known.get(key);
    if (definition === undefined) continue;
    const call = Object.keys(definition.params).length === 0 ? key : `${key}(${value})`;
    return `${quote(key)} is what ${quote(holder)} may be: \`${name}(${holder}: ${call})\`.`;
  }
  for (const { holder, fallback, known } of families) {
    const having = havingParam(known, key);
    const { definition, param } =
      having.find((one) => one.definition.name === fallback) ?? having[0] ?? NOWHERE;
    if (definition === undefined) continue;
    return `${quote(param)} is a parameter of its ${quote(holder)}: \`${name}(${holder}: ${definition.name}(${param}: ${value}))\`.`;
  }
  return undefined;
}

const NOWHERE: { readonly definition: undefined; readonly param: string } = {
  definition: undefined,
  param: "",
};

/** Whether a list stands, without a name, where one value is wanted and another parameter takes several: `quantile([0.1, 0.9])`. */
export function reportList({ name, params }: Definition, given: readonly Given[], context: Context): boolean {
  const keys = Object.keys(params);
  for (const [i, argument] of given.entries()) {
    if (argument.name !== undefined) return false;
    const [key, own] = [keys[i] ?? "", params[keys[i] ?? ""]];
    if (argument.value.kind !== "list" || own === undefined || takesList(own.type)) continue;
    if (reportNumbers(name, argument.value, keys.slice(i), params, context)) return true;
    const [other] = Object.entries(params).filter(([one, { type }]) => one !== key && takesList(type));
    if (other === undefined) continue;
    const [list, { doc }] = other;
    const written = writtenText(context, argument.value.span);
    context.report.error("NW0303", argument.value.span, foundList(key, name), {
      notes: [`${quote(list)}: ${doc}`],
      fix: replaceBy(argument.value.span, `${list}: ${written}`),
    });
    return true;
  }
  return false;
}

/** A list of numbers for parameters that take one each: `image([28, 28])`. */
function reportNumbers(
  name: string,
  { items, span }: Extract<Value, { readonly kind: "list" }>,
  keys: readonly string[],
  params: Definition["params"],
  context: Context,
): boolean {
  const taken = keys.slice(0, items.length);
  const isEach =
    items.length > 1 &&
    taken.length === items.length &&
    items.every(({ kind }) => kind === "number") &&
    taken.every((key) => ["integer", "number"].includes(params[key]?.type.kind ?? ""));
  if (!isEach) return false;
  const written = writtenText(context, span);
  context.report.error("NW0303", span, foundList(keys[0] ?? "", name), {
    notes: [`Without brackets they are ${listed(taken.map(quote))}.`],
    fix: replaceBy(span, withoutBrackets(written)),
  });
  return true;
}

function foundList(key: string, name: string): string {
  return `${quote(key)} of ${name} is one value, found a list`;
}

/** Whether a definition stands, without a name, where none is wanted and another parameter takes it: `conv2d(8, 3, relu)`. */
export function reportFamily(
  { name, params }: Definition,
  given: readonly Given[],
  context: Context,
): boolean {
  const keys = Object.keys(params);
  for (const [i, { name: named, value }] of given.entries()) {
    if (named !== undefined) return false;
    const [key, own] = [keys[i] ?? "", params[keys[i] ?? ""]];
    if (value.kind !== "word" || own === undefined || takesWord(own.type)) continue;
    for (const [other, { type, doc }] of Object.entries(params)) {
      const family = familyOf(type);
      if (other === key || family === undefined || !definitionsOf(context, family).has(value.name)) continue;
      const message = `${quote(key)} of ${name} is no ${familyName(family)}, found ${quote(value.name)}`;
      context.report.error("NW0303", value.span, message, {
        notes: [`${quote(other)}: ${doc}`],
        fix: replaceBy(value.span, `${other}: ${value.name}`),
      });
      return true;
    }
  }
  return false;
}

function takesWord(type: ParamType): boolean {
  switch (type.kind) {
    case "integer":
    case "number":
    case "boolean":
      return false;
    case "list":
    case "optional":
      return takesWord(type.of);
    case "oneOf":
      return type.of.some(takesWord);
    default:
      return true;
  }
}

function takesList(type: ParamType): boolean {
  switch (type.kind) {
    case "list":
    case "columns":
      return true;
    case "optional":
      return takesList(type.of);
    case "oneOf":
      return type.of.some(takesList);
    default:
      return false;
  }
}
