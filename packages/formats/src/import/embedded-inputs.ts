// Inputs that embeddings take are indices: how many there are, the table of the embedding says.

import type { ModelInput } from "@netwright/lang";
import type { ForeignGraph } from "./foreign-graph.ts";

export function withIndices(inputs: readonly ModelInput[], g: ForeignGraph): readonly ModelInput[] {
  const embedded = g.layers.filter(({ layer }) => layer === "embedding");
  for (const { name, inputs: taken } of embedded)
    if (!inputs.some((input) => input.name === taken[0]))
      g.refuse(
        `Layer \`${name}\``,
        "looks up what a layer gives, and an embedding of Netwright looks up an input",
      );
  return inputs.map((input) => {
    const own = embedded.filter(({ inputs: [taken] }) => taken === input.name);
    if (own.length === 0) return input;
    const takers = g.layers.filter((layer) => layer.inputs.includes(input.name));
    const sizes = own.map(({ weights, sharedWith }) => {
      const owner = sharedWith === null ? weights : g.layers.find(({ name }) => name === sharedWith)?.weights;
      return owner?.get("embeddings")?.shape[0] ?? 1;
    });
    const [of = 1] = sizes;
    if (takers.length > own.length)
      g.refuse(
        `Input \`${input.name}\``,
        "goes into embeddings and into other layers, and is indices or numbers",
      );
    if (sizes.some((size) => size !== of))
      g.refuse(`Input \`${input.name}\``, "goes into embeddings with different numbers of rows");
    return { name: input.name, type: { kind: "index", shape: input.type.shape, of } };
  });
}
