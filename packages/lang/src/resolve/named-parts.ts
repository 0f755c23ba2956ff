// What `freeze` may name beside layers and the parts of a flow: a block of the file, which is all of its uses or one of them, and a
// branch. The names stand for the layers there, so that whoever reads the model needs to know of no blocks.

import type { Node } from "../model/model.ts";

/**
 * Layers by `tower`, all uses of the block, by `tower_2`, the second of them in the order of the flow, and by the name of a branch.
 * `entries` are the layers of each use of each block. A block or a branch that is itself called `tower_2` has that name alone.
 */
export function namedParts(
  nodes: readonly Node[],
  entries: ReadonlyMap<string, readonly (readonly string[])[]>,
): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, readonly string[]>();
  const add = (name: string, layers: readonly string[]) =>
    named.set(name, [...new Set([...(named.get(name) ?? []), ...layers])]);
  for (const [block, uses] of entries) add(block, uses.flat());
  for (const { name, path } of nodes) for (const part of path) add(part.slice(part.indexOf(".") + 1), [name]);
  const written = new Set(named.keys());
  for (const [block, uses] of entries)
    for (const [i, layers] of uses.entries()) {
      const name = `${block}_${i + 1}`;
      if (!written.has(name)) add(name, layers);
    }
  return named;
}
