// Windows upon windows that reach further than the input is wide, so that they meet padding on both sides of it.

import { placesOf, receptiveFields } from "../model/receptive-fields.ts";
import type { Context } from "../resolve/context.ts";
import type { ResolvedNetwork } from "../resolve/model.ts";

/** Told of the first layer whose receptive field is that wide. */
export function adviseOnReceptiveField(network: ResolvedNetwork, { catalog, report }: Context): void {
  const fields = receptiveFields(network, catalog);
  for (const { name, span } of network.nodes) {
    const field = fields.get(name);
    if (field === undefined || field === "all") continue;
    const places = placesOf(field);
    if (field.every(({ length }, d) => (places[d] ?? 0) <= length)) continue;
    const seen = `${places.join(" x ")} ${field.length === 1 ? "steps" : "places"}`;
    const given = field.map(({ length }) => length).join(" x ");
    report.warning("NW0741", span, `an output of \`${name}\` sees ${seen}, and the input has ${given}`, {
      notes: [
        "What it sees beyond the input is padding. Take fewer or smaller windows, less dilation or smaller strides, or an input that is larger.",
      ],
    });
    return;
  }
}
