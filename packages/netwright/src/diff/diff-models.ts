// What changed from one model to another in meaning: settings, layers, what they cost, and which weights of a run of
// the first fit the second. Spelling, comments, params and blocks that come to the same make no difference.

import { modelVariables } from "@netwright/compiler";
import { type Args, describeValueType, type Shape, type ValueType } from "@netwright/definitions";
import type { Model, Node } from "@netwright/lang";
import { diffArrays } from "diff";
import { type CatalogOption, catalog, type FullCatalog } from "../catalog/catalog.ts";
import { type Explanation, explain, type LayerRow } from "../explain/explain.ts";
import { spellArgument, spellTyped } from "../resolved/spell.ts";
import { settingsOf } from "./settings.ts";

/** `null`: not there. */
export interface SettingChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface LayerSide extends LayerRow {
  /** As it would be written, without arguments that are defaults. */
  readonly call: string;
  readonly inputs: readonly ValueType[];
}

export interface LayerChange {
  readonly change: "same" | "changed" | "added" | "removed";
  readonly before: LayerSide | null;
  readonly after: LayerSide | null;
}

/** A weight of the second model, and the weight of the first that has its shape and its place. */
export interface WeightMatch {
  readonly weight: string;
  readonly shape: Shape;
  readonly from: string | null;
}

export interface ModelDiff {
  /** Nothing below differs. */
  readonly equal: boolean;
  readonly settings: readonly SettingChange[];
  readonly layers: readonly LayerChange[];
  readonly totals: { readonly before: Explanation["totals"]; readonly after: Explanation["totals"] };
  readonly weights: readonly WeightMatch[];
}

/** The names of both stand for what the catalog has. */
export function diffModels(
  before: Model,
  after: Model,
  { catalog: known = catalog }: CatalogOption = {},
): ModelDiff {
  const settings = changedSettings(settingsOf(before, known), settingsOf(after, known));
  const [first, second] = [explain(before, { catalog: known }), explain(after, { catalog: known })];
  const layers = alignLayers(sidesOf(before, first, known), sidesOf(after, second, known));
  return {
    equal: settings.length === 0 && layers.every(({ change }) => change === "same"),
    settings,
    layers,
    totals: { before: first.totals, after: second.totals },
    weights: matchWeights(before, after, layers, known),
  };
}

function changedSettings(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): SettingChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => {
    const change = { path, before: before.get(path) ?? null, after: after.get(path) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

function sidesOf(model: Model, { layers }: Explanation, known: FullCatalog): LayerSide[] {
  const rows = new Map(layers.map((row) => [row.name, row]));
  return model.nodes.flatMap((node) => {
    const row = rows.get(node.name);
    return row === undefined
      ? []
      : [{ ...row, call: callOf(node, known), inputs: node.inputs.map(({ type }) => type) }];
  });
}

function callOf({ layer, args }: Node, known: FullCatalog): string {
  const params = known.layer.get(layer)?.params ?? {};
  const given = Object.entries<Args[string]>(args).flatMap(([key, value]) => {
    const param = params[key];
    const text = param === undefined ? spellArgument(value, known) : spellTyped(param.type, value, known);
    const isDefault = param?.default !== undefined && text === spellTyped(param.type, param.default, known);
    return isDefault ? [] : [`${key}: ${text}`];
  });
  return given.length === 0 ? layer : `${layer}(${given.join(", ")})`;
}

/** Layers that are written alike and get the same shape are the same; those between belong together in order. */
function alignLayers(before: readonly LayerSide[], after: readonly LayerSide[]): LayerChange[] {
  const parts = diffArrays([...before], [...after], { comparator: alike });
  const changes: LayerChange[] = [];
  let [i, j] = [0, 0];
  let removed: LayerSide[] = [];
  const flush = (added: readonly LayerSide[]): void => {
    changes.push(...pairUp(removed, added));
    removed = [];
  };
  for (const { count, added, removed: gone } of parts) {
    if (gone) {
      removed = before.slice(i, i + count);
      i += count;
    } else if (added) {
      flush(after.slice(j, j + count));
      j += count;
    } else {
      flush([]);
      for (let k = 0; k < count; k++, i++, j++) {
        changes.push({ change: "same", before: before[i] ?? null, after: after[j] ?? null });
      }
    }
  }
  flush([]);
  return changes;
}

function alike(a: LayerSide, b: LayerSide): boolean {
  return a.call === b.call && typesText(a.inputs) === typesText(b.inputs);
}

function typesText(types: readonly ValueType[]): string {
  return types.map(describeValueType).join();
}

/** In order, each with the next one of its kind; what was removed stands before what took its place. */
function pairUp(removed: readonly LayerSide[], added: readonly LayerSide[]): LayerChange[] {
  const changes: LayerChange[] = [];
  let next = 0;
  for (const [k, after] of added.entries()) {
    const kinds = new Set(added.slice(k).map(({ layer }) => layer));
    for (
      let before = removed[next];
      before !== undefined && !kinds.has(before.layer);
      before = removed[next]
    ) {
      changes.push({ change: "removed", before, after: null });
      next++;
    }
    const found = removed.findIndex(({ layer }, position) => position >= next && layer === after.layer);
    if (found < 0) {
      changes.push({ change: "added", before: null, after });
      continue;
    }
    for (const before of removed.slice(next, found)) changes.push({ change: "removed", before, after: null });
    changes.push({ change: "changed", before: removed[found] ?? null, after });
    next = found + 1;
  }
  for (const before of removed.slice(next)) changes.push({ change: "removed", before, after: null });
  return changes;
}

function matchWeights(
  before: Model,
  after: Model,
  layers: readonly LayerChange[],
  { compiler }: FullCatalog,
): WeightMatch[] {
  const source = new Map(layers.flatMap(({ before: a, after: b }) => (a && b ? [[b.name, a.name]] : [])));
  const weights = new Map(modelVariables(before, compiler).map((weight) => [weight.id, weight]));
  return modelVariables(after, compiler).map(({ id, node, name, shape }) => {
    const match = weights.get(`${source.get(node.name)}.${name}`);
    const fits = match !== undefined && match.shape.join() === shape.join();
    return { weight: id, shape, from: fits ? match.id : null };
  });
}
