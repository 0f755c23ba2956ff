// Tensors of another program for the layers of a `.net` file, which says what the file of tensors does not: activations, strides, how
// values go. By their names, or in order, as far as their sizes leave no doubt.

import { type Args, quote } from "@netwright/definitions";
import type { Source } from "@netwright/lang";
import type { FloatTensor } from "../../model/layouts.ts";
import type { ForeignFiles, NotUnderstood } from "../foreign-model.ts";
import { type FlatOrder, flatOrders, rowsReordered } from "./channels-first.ts";
import { decodeSafetensors } from "./decode.ts";
import { fromTorch, type Tensors } from "./from-torch.ts";
import { areNumbered, exchangeable } from "./in-order.ts";
import { type Module, modulesOf } from "./modules.ts";

/** A layer of the network, with the weights that are its own. */
export interface TargetNode {
  readonly name: string;
  readonly layer: string;
  readonly args: Args;
  readonly inputs: readonly Source[];
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
  const orderOf = flatOrders(nodes);
  // What Netwright wrote has the order of Netwright.
  const isOwn = decoded.metadata["netwright.layers"] !== undefined;
  const open = nodes
    .filter(({ variables }) => variables.length > 0)
    .map((node): Target => ({ ...node, order: isOwn ? null : orderOf(node) }));
  const named = byNames(modules, open);
  return named ?? inOrder(modules, open);
}

interface Target extends TargetNode {
  readonly order: FlatOrder;
}

/** Under the names of the layers, each of which has to be there; null where there is none of them. */
function byNames(modules: readonly Module[], nodes: readonly Target[]): TensorsTaken | null {
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
            : node.order === "unclear"
              ? "takes parts of an image that was made flat, whose channels PyTorch has first: their order is not known"
              : `is ${needs(node)}, and the file has ${has(module)}`,
      });
  }
  const left = modules.filter(({ name }) => !nodes.some((node) => node.name === name));
  for (const module of left)
    refused.push({ what: `Tensors ${quote(module.name)}`, why: "are of no layer of the `.net` file" });
  return refused.length > 0 ? { refused } : { weights };
}

/** One module for each layer, in the order of the numbers in their names, or of the file, where no other is as good. */
function inOrder(modules: readonly Module[], nodes: readonly Target[]): TensorsTaken {
  const byName = [...modules].sort((a, b) => NATURAL.compare(a.name, b.name));
  const fits = fitting();
  let doubt: readonly NotUnderstood[] | null = null;
  for (const order of [byName, modules, bySizes(modules, nodes, fits)]) {
    if (order === null || order.length !== nodes.length) continue;
    if (!order.every((module, i) => fits(module, nodes[i]))) continue;
    const unclear = doubtful(order, nodes, fits);
    if (unclear.length === 0) return inPairs(order, nodes);
    doubt ??= unclear;
  }
  return { refused: doubt ?? whyNot(byName, nodes) };
}

const NATURAL = new Intl.Collator("en", { numeric: true });

type Fits = (module: Module | undefined, node: Target | undefined) => boolean;

/** By the sizes alone, of which there are less than pairs. */
function fitting(): Fits {
  const known = new Map<string, boolean>();
  return (module, node) => {
    if (module === undefined || node === undefined) return false;
    const key = `${has(module)} in ${needs(node)} ${JSON.stringify(node.order)}`;
    const seen = known.get(key) ?? taken(module, node) !== null;
    known.set(key, seen);
    return seen;
  };
}

/** Modules that fit the layers of each other, and have no numbers that say which is first. */
function doubtful(
  modules: readonly Module[],
  nodes: readonly Target[],
  fits: Fits,
): readonly NotUnderstood[] {
  const isAlike = exchangeable(modules.length, (i, j) => fits(modules[i], nodes[j]));
  return modules.flatMap((first, i) => {
    const other = modules.find((one, j) => j > i && isAlike(i, j) && !areNumbered(first.name, one.name));
    if (other === undefined) return [];
    const own = nodes[i]?.name ?? "";
    const why = `have the sizes of several layers, as ${quote(other.name)} has, and no numbers in their names say which comes first: give them the name of their layer, such as \`${own}\``;
    return [{ what: `Tensors ${quote(first.name)}`, why }];
  });
}

function inPairs(modules: readonly Module[], nodes: readonly Target[]): TensorsTaken {
  const weights = new Map<string, Tensors>();
  for (const [i, node] of nodes.entries()) {
    const module = modules[i];
    const made = module === undefined ? null : taken(module, node);
    if (made === null) return { refused: whyNot(modules, nodes) };
    weights.set(node.name, made);
  }
  return { weights };
}

/** Where each layer is fitted by one module alone: the modules in the order of the layers. */
function bySizes(modules: readonly Module[], nodes: readonly Target[], fits: Fits): readonly Module[] | null {
  const found = nodes.flatMap((node) => {
    const [only, another] = modules.filter((module) => fits(module, node));
    return only === undefined || another !== undefined ? [] : [only];
  });
  return new Set(found).size === nodes.length ? found : null;
}

function taken({ tensors }: Module, node: Target): Tensors | null {
  const { layer, variables, args, order } = node;
  const wanted = new Map(variables.map(({ name, shape }) => [name, shape]));
  const asNamed = [...wanted].every(([name, shape]) => tensors.get(name)?.shape.join() === shape.join());
  if (asNamed && tensors.size === wanted.size) return tensors;
  const made = fromTorch(layer, tensors, wanted);
  if (made === null) return null;
  return rowsReordered(node, args["parametrization"] === "ntk" ? undivided(made) : made, order);
}

/** `ntk` divides its sums by the root of how many numbers they take, `Linear` does not. */
function undivided(tensors: Tensors): Tensors {
  return new Map(
    [...tensors].map(([name, { shape, data }]) => {
      const by = Math.sqrt(shape[0] ?? 1);
      return [name, name === "kernel" ? { shape, data: data.map((value) => value * by) } : { shape, data }];
    }),
  );
}

function whyNot(modules: readonly Module[], nodes: readonly Target[]): readonly NotUnderstood[] {
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
