// Tensors of another program for the layers of a `.net` file, which says what the file of tensors does not: activations, strides, how
// values go. By their names, or in order, as far as their sizes leave no doubt.

import { type Args, quote, type ValueType } from "@netwright/definitions";
import type { FloatTensor } from "../../model/layouts.ts";
import type { ForeignFiles, NotUnderstood } from "../foreign-model.ts";
import { decodeSafetensors } from "./decode.ts";
import { fromTorch, type Tensors } from "./from-torch.ts";
import { type Module, modulesOf } from "./modules.ts";

/** A layer with weights of its own. */
export interface TargetNode {
  readonly name: string;
  readonly layer: string;
  readonly args: Args;
  readonly inputs: readonly ValueType[];
  readonly variables: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

export type TensorsTaken =
  | { readonly weights: ReadonlyMap<string, ReadonlyMap<string, FloatTensor>> }
  | { readonly refused: readonly NotUnderstood[] };

export function tensorsInto(files: ForeignFiles, nodes: readonly TargetNode[]): TensorsTaken {
  const [file, bytes] = [...files][0] ?? ["", new Uint8Array()];
  const what = `File ${quote(file)}`;
  const decoded = decodeSafetensors(bytes);
  if (typeof decoded === "string") return { refused: [{ what, why: decoded }] };
  const modules = modulesOf(decoded.tensors);
  const open = nodes.filter(({ variables }) => variables.length > 0);
  const named = byNames(modules, open);
  const found = named ?? inOrder(modules, open);
  return "refused" in found ? found : { weights: found.weights };
}

/** Under the names of the layers, each of which has to be there; null where there is none of them. */
function byNames(modules: readonly Module[], nodes: readonly TargetNode[]): TensorsTaken | null {
  const known = new Map(modules.map((module) => [module.name, module]));
  if (!nodes.some(({ name }) => known.has(name))) return null;
  const refused: NotUnderstood[] = [];
  const weights = new Map<string, Tensors>();
  for (const node of nodes) {
    const module = known.get(node.name);
    const made = module === undefined ? null : taken(module, node);
    if (made !== null) weights.set(node.name, made);
    else
      refused.push({
        what: `Layer ${quote(node.name)}`,
        why:
          module === undefined
            ? "has no tensors under its name"
            : `is ${needs(node)}, and the file has ${has(module)}`,
      });
  }
  const left = modules.filter(({ name }) => !nodes.some((node) => node.name === name));
  for (const module of left)
    refused.push({ what: `Tensors ${quote(module.name)}`, why: "are of no layer of the `.net` file" });
  return refused.length > 0 ? { refused } : { weights };
}

/** One module for each layer, in the order of their names, or else of the file. */
function inOrder(modules: readonly Module[], nodes: readonly TargetNode[]): TensorsTaken {
  const byName = [...modules].sort((a, b) => NATURAL.compare(a.name, b.name));
  for (const order of [byName, modules]) {
    const weights = pairs(order, nodes);
    if (weights !== null) return { weights };
  }
  const fitting = bySizes(modules, nodes);
  if (fitting !== null) return { weights: fitting };
  return { refused: whyNot(byName, nodes) };
}

const NATURAL = new Intl.Collator("en", { numeric: true });

function pairs(
  modules: readonly Module[],
  nodes: readonly TargetNode[],
): ReadonlyMap<string, Tensors> | null {
  if (modules.length !== nodes.length) return null;
  const weights = new Map<string, Tensors>();
  for (const [i, node] of nodes.entries()) {
    const module = modules[i];
    const made = module === undefined ? null : taken(module, node);
    if (made === null) return null;
    weights.set(node.name, made);
  }
  return weights;
}

/** Where each layer is fitted by one module alone. */
function bySizes(
  modules: readonly Module[],
  nodes: readonly TargetNode[],
): ReadonlyMap<string, Tensors> | null {
  if (modules.length !== nodes.length) return null;
  const weights = new Map<string, Tensors>();
  const used = new Set<Module>();
  for (const node of nodes) {
    const fits = modules.flatMap((module) => {
      const made = taken(module, node);
      return made === null ? [] : [{ module, made }];
    });
    const [only, another] = fits;
    if (only === undefined || another !== undefined || used.has(only.module)) return null;
    used.add(only.module);
    weights.set(node.name, only.made);
  }
  return weights;
}

function taken({ tensors }: Module, { layer, variables }: TargetNode): Tensors | null {
  const wanted = new Map(variables.map(({ name, shape }) => [name, shape]));
  const asNamed = [...wanted].every(([name, shape]) => tensors.get(name)?.shape.join() === shape.join());
  if (asNamed && tensors.size === wanted.size) return tensors;
  return fromTorch(layer, tensors, wanted);
}

function whyNot(modules: readonly Module[], nodes: readonly TargetNode[]): readonly NotUnderstood[] {
  const refused: NotUnderstood[] = [];
  for (const [i, node] of nodes.entries()) {
    const module = modules[i];
    if (module === undefined)
      refused.push({
        what: `Layer ${quote(node.name)}`,
        why: `is ${needs(node)}, and the file has nothing left for it`,
      });
    else if (taken(module, node) === null)
      refused.push({
        what: `Layer ${quote(node.name)}`,
        why: `is ${needs(node)}, and what stands in its place, ${quote(module.name)}, has ${has(module)}`,
      });
  }
  for (const module of modules.slice(nodes.length))
    refused.push({ what: `Tensors ${quote(module.name)}`, why: `are left over: ${has(module)}` });
  return refused;
}

function needs({ layer, variables }: TargetNode): string {
  return `\`${layer}\` with ${variables.map(({ name, shape }) => `${name} [${shape.join(", ")}]`).join(", ")}`;
}

function has({ tensors }: Module): string {
  return [...tensors].map(([name, { shape }]) => `${name} [${shape.join(", ")}]`).join(", ");
}
