// Steps that are padding: told by a layer and heeded by none, or behind the last word of texts and told by none.

import { type LayerParts, quote } from "@netwright/definitions";
import type { DataSettings, Node } from "../model/model.ts";
import type { Context } from "../resolve/context.ts";
import type { ResolvedNetwork } from "../resolve/model.ts";

export function adviseOnPadding(
  { nodes }: Pick<ResolvedNetwork, "nodes">,
  data: DataSettings | null | undefined,
  context: Context,
): void {
  const { catalog, report } = context;
  const partsOf = ({ layer, args }: Node): LayerParts | undefined => catalog.layer.get(layer)?.parts(args);
  const telling = nodes.filter((node) => partsOf(node)?.padding === "tells");
  const heeded = heedersOf(telling, nodes, partsOf);
  for (const { name, layer, span } of telling) {
    if (heeded.has(name)) continue;
    report.warning("NW0746", span, `${quote(layer)} tells which steps are padding, and nothing heeds it`, {
      notes: [
        "Recurrent layers, `multi_head_attention`, `batch_norm` and `global_average_pooling1d` leave padding out, unless a layer before them takes steps together.",
      ],
    });
  }
  const silent = nodes.filter((node) => {
    const column = node.inputs[0]?.from ?? "";
    return partsOf(node)?.padding === "might tell" && data != null && pads(column, data, context);
  });
  const readers = heedersOf(silent, nodes, partsOf);
  for (const { name, layer, inputs, span } of silent) {
    const reader = readers.get(name);
    if (reader === undefined) continue;
    report.warning(
      "NW0747",
      span,
      `${quote(reader.layer)} takes the padding behind shorter texts for words`,
      {
        notes: [
          `Behind the last word of ${quote(inputs[0]?.from ?? "")} there is 0, which \`${layer}(..., mask_zero: true)\` lets it leave out.`,
        ],
      },
    );
  }
}

/** By the name of a node where padding begins: the first one that leaves it out, if there is any. */
function heedersOf(
  begins: readonly Node[],
  nodes: readonly Node[],
  partsOf: (node: Node) => LayerParts | undefined,
): ReadonlyMap<string, Node> {
  const heeders = new Map<string, Node>();
  /** Of each value whose padding it has. */
  const padded = new Map<string, ReadonlySet<string>>(begins.map(({ name }) => [name, new Set([name])]));
  for (const node of nodes) {
    const { padding } = partsOf(node) ?? {};
    const given = node.inputs.map(({ from }) => padded.get(from) ?? new Set<string>());
    const all = new Set(given.flatMap((names) => [...names]));
    if (padding === "heeds" || padding === "heeds and keeps")
      for (const name of all) if (!heeders.has(name)) heeders.set(name, node);
    // Of several inputs that are joined each has some: a step is there that any of them has.
    const kept = padding === "keeps" && given.every(({ size }) => size > 0) ? all : undefined;
    const own = padding === "heeds and keeps" ? given[0] : kept;
    if (own !== undefined) padded.set(node.name, own);
  }
  return heeders;
}

/** Whether the encoder of a column puts padding behind its words. */
function pads(column: string, { columns, scale, categories }: DataSettings, { catalog }: Context): boolean {
  const described = columns[column];
  if (described === undefined) return false;
  const type = catalog.definitions.column.get(described.name);
  const encoder = type?.encoder(described.args, scale) ?? categories;
  return encoder !== undefined && catalog.definitions.encoder.get(encoder.name)?.pads === true;
}
