// Arguments as a file would have them. Texts stand in quotes and words do not, which the types of parameters tell apart.

import type { Args, Argument, Params, ParamType } from "@netwright/definitions";
import { spellColumn, stringText } from "@netwright/lang";
import { catalog, documentedIn, type FullCatalog } from "../catalog/catalog.ts";

/** `known` is what its names stand for. A text that is no argument of a definition is taken for a word. */
export function spellArgument(value: Argument, known: FullCatalog = catalog): string {
  if (value === null) return "none";
  if (typeof value !== "object") return String(value);
  if (!("family" in value)) return `[${value.map((item) => spellArgument(item, known)).join(", ")}]`;
  const { family, name, args } = value;
  return spellCall(name, args, documentedIn(known)[family].get(name)?.params ?? {}, known);
}

/** An argument of that type. */
export function spellTyped(type: ParamType, value: Argument, known: FullCatalog): string {
  if (type.kind === "optional") return value === null ? "none" : spellTyped(type.of, value, known);
  if (type.kind === "column" && typeof value === "string") return spellColumn(value);
  if (type.kind === "columns" && Array.isArray(value)) {
    const names = value.filter((name) => typeof name === "string").map(spellColumn);
    return names.length === 1 ? names.join() : `[${names.join(", ")}]`;
  }
  if (type.kind === "list" && Array.isArray(value))
    return `[${value.map((item) => spellTyped(type.of, item, known)).join(", ")}]`;
  if (type.kind === "oneOf" && Array.isArray(value)) {
    const own = type.of.find(({ kind }) => kind === "list");
    if (own !== undefined) return spellTyped(own, value, known);
  }
  return isText(type) && typeof value === "string" ? stringText(value) : spellArgument(value, known);
}

export function spellCall(name: string, args: Args, params: Params, known: FullCatalog): string {
  const given = Object.entries(args).map(([key, value]) => {
    const type = params[key]?.type;
    return `${key}: ${type === undefined ? spellArgument(value, known) : spellTyped(type, value, known)}`;
  });
  return given.length === 0 ? name : `${name}(${given.join(", ")})`;
}

function isText(type: ParamType): boolean {
  return type.kind === "string" || (type.kind === "oneOf" && type.of.some(isText));
}
