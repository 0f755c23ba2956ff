// Nodes of a graph: those that an output is made of, those that are alone, those that are constants.

import { constantOf } from "./constant.ts";
import type { FileNode } from "./decode.ts";
import { misfit, type NodeContext, scopeOf, type Value } from "./node-context.ts";

/** Of a node without inputs: one number, several, or a tensor. */
export function constantIn(c: NodeContext): Value {
  const { attributes } = c.node;
  const tensor = c.tensor("value");
  if (tensor !== null) return tensor;
  const float = attributes.get("value_float");
  if (float !== undefined) return constantOf([], Float32Array.of(float.float), true);
  const int = attributes.get("value_int");
  if (int !== undefined) return constantOf([], Float64Array.of(int.int), false);
  const floats = attributes.get("value_floats");
  if (floats !== undefined) return constantOf([floats.floats.length], Float32Array.from(floats.floats), true);
  const ints = attributes.get("value_ints");
  if (ints !== undefined) return constantOf([ints.ints.length], Float64Array.from(ints.ints), false);
  return misfit("has a value of a kind that is not read");
}

/** The nodes that the output is made of, in their order. */
export function neededFor(output: string, nodes: readonly FileNode[]): readonly FileNode[] {
  const needed = new Set([output]);
  const found: FileNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((name) => name !== "" && needed.has(name))) continue;
    for (const input of node.inputs) needed.add(input);
    found.push(node);
  }
  return found.toReversed();
}

/** Nodes of which each is all that there is of its scope. */
export function aloneIn(nodes: readonly FileNode[]): ReadonlySet<FileNode> {
  const scopes = new Map<string, FileNode[]>();
  for (const node of nodes) {
    const scope = scopeOf(node);
    const known = scopes.get(scope);
    if (known === undefined) scopes.set(scope, [node]);
    else known.push(node);
  }
  return new Set([...scopes.values()].flatMap((all) => (all.length === 1 ? all : [])));
}

export function stemOf(file: string): string {
  return file.replace(/^.*[/\\]/, "").replace(/\.onnx$/i, "") || "model";
}

/** Operations that give what they take, in other sizes. */
const MOVES: ReadonlySet<string> = new Set([
  "Cast",
  "Flatten",
  "Identity",
  "Reshape",
  "Squeeze",
  "Transpose",
  "Unsqueeze",
]);

/** Whether all that takes a value looks up in a table by it, or gives it on to what does. */
export function areIndices(name: string, output: string, nodes: readonly FileNode[]): boolean {
  const seen = new Set([name]);
  for (const value of seen) {
    if (value === output) return false;
    for (const { op, inputs, outputs } of nodes) {
      if (!inputs.includes(value)) continue;
      const place = inputs.lastIndexOf(value);
      if (inputs.indexOf(value) !== place) return false;
      if (MOVES.has(op) && place === 0) for (const made of outputs) seen.add(made);
      else if (op !== "Gather" || place !== 1) return false;
    }
  }
  return true;
}
