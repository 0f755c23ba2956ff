// What a place wants, once the catalog is asked: the definition that a call calls, the parameter or setting
// that takes a value.

import { type Definition, familyOf, type Param, type Params } from "@netwright/definitions";
import { dataSettings } from "../sections/data.ts";
import { reportSettings } from "../sections/report.ts";
import { type Setting, type Settings, valueSettings } from "../sections/setting.ts";
import { trainSettings } from "../sections/train.ts";
import type { BlockItem } from "../syntax/tree.ts";
import { definitionsOf } from "./families.ts";
import type { OpenCall, Slot } from "./frames.ts";
import type { Names } from "./names.ts";
import { residualDefinition } from "./walk-flow.ts";

export type Callee =
  | { readonly kind: "block"; readonly block: BlockItem }
  | { readonly kind: "definition"; readonly definition: Definition };

const sections: ReadonlyMap<string, Settings> = new Map([
  ["data", dataSettings],
  ["train", trainSettings],
  ["report", reportSettings],
]);

/** The settings that stand under a path: those of `data`, `train`, `report`, and of their settings in braces. */
export function settingsAt(path: readonly string[]): Settings | undefined {
  const [section = ""] = path;
  if (path.length === 1) return sections.get(section);
  const setting = path.length === 2 ? settingAt(path) : undefined;
  return setting?.kind === "record" || setting?.kind === "factors" || setting?.kind === "braces"
    ? valueSettings(setting.settings)
    : undefined;
}

export function settingAt(path: readonly string[]): Setting | undefined {
  const settings = settingsAt(path.slice(0, -1));
  const key = path.at(-1);
  return settings !== undefined && key !== undefined && Object.hasOwn(settings, key)
    ? settings[key]
    : undefined;
}

/** `data.columns` itself, whose keys are columns. */
export function isContract(path: readonly string[]): boolean {
  return path.length === 2 && settingAt(path)?.kind === "contract";
}

export function calleeOf({ name, slot }: OpenCall, names: Names): Callee | undefined {
  if (slot.kind === "step") {
    if (name === "residual") return { kind: "definition", definition: residualDefinition };
    const block = names.blocks.get(name);
    if (block !== undefined) return { kind: "block", block };
    return found(names.catalog.layer.get(name));
  }
  if (slot.kind === "setting" && isContract(slot.path.slice(0, -1)))
    return found(names.catalog.definitions.column.get(name));
  const param = paramAt(slot, names);
  const family = param === undefined ? undefined : familyOf(param.type);
  if (family !== undefined) return found(definitionsOf(names.catalog, family).get(name));
  const families = Object.values(names.catalog.definitions);
  return found(families.map((family) => family.get(name)).find((one) => one !== undefined));
}

function found(definition: Definition | undefined): Callee | undefined {
  return definition === undefined ? undefined : { kind: "definition", definition };
}

/** The parameter that takes the value of a slot, where it is one of a definition or a plain setting. */
export function paramAt(slot: Slot, names: Names): Param | undefined {
  if (slot.kind === "setting") {
    const setting = settingAt(slot.path);
    return setting?.kind === "value" || setting?.kind === "record" ? setting.param : undefined;
  }
  if (slot.kind !== "argument") return undefined;
  const callee = calleeOf(slot.call, names);
  if (callee?.kind !== "definition") return undefined;
  return parameterOf(callee.definition.params, slot.call)?.param;
}

/** The parameter that the present argument of a call belongs to. */
function parameterOf(
  params: Params,
  { parameter, index }: OpenCall,
): { readonly name: string; readonly param: Param } | undefined {
  const entry =
    parameter === undefined
      ? Object.entries(params)[index]
      : Object.entries(params).find(([name]) => name === parameter);
  return entry === undefined ? undefined : { name: entry[0], param: entry[1] };
}
