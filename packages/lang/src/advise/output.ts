// The end of the network against the target: an activation that cannot give what the scaled target takes, or what the
// loss makes a prediction of.

import {
  anyNumber,
  type Bounds,
  contains,
  describeInterval,
  type Interval,
  listNames,
  quote,
  withDefaults,
} from "@netwright/definitions";
import type { DataSettings, Node, TrainSettings } from "../model/model.ts";
import type { Context } from "../resolve/context.ts";
import type { ResolvedNetwork } from "../resolve/model.ts";
import { outputRange } from "./output-range.ts";

export function adviseOnOutput(nodes: readonly Node[], data: DataSettings, context: Context): void {
  const { range, by } = outputRange(nodes, context.catalog);
  if (by === undefined) return;
  const { encoder: encoders, column: types } = context.catalog.definitions;
  // One target that cannot be reached is said; the others come once it is mended.
  for (const name of data.target) {
    const column = Object.hasOwn(data.columns, name) ? data.columns[name] : undefined;
    const type = column === undefined ? undefined : types.get(column.name);
    if (type?.takes === "words") continue;
    const contract: Bounds = type?.bounds(column?.args ?? {}) ?? { min: null, max: null };
    const chosen = type?.encoder(column?.args ?? {}, data.scale) ?? data.scale;
    const { name: encoder } = chosen;
    const scaling = encoders.get(encoder);
    if (scaling === undefined) continue;
    const takes = scaling.range(contract, withDefaults(scaling.params, chosen.args));
    const wanted = within(takes, range);
    if (contains(range, wanted)) continue;
    const fitting = [...encoders].filter(
      ([, other]) =>
        other.takes === "number" &&
        contains(range, within(other.range(contract, withDefaults(other.params, {})), range)),
    );
    const others = fitting.map(([other]) => other).filter((other) => other !== "none");
    const scaled = encoder === "none" ? quote(name) : `${quote(name)}, scaled by \`${encoder}\`,`;
    context.report.warning(
      "NW0406",
      by.span,
      `${quote(by.activation)} at the end gives ${describeInterval(range)}, and the target ${scaled} takes ${describeInterval(wanted)}`,
      {
        notes: [
          "What lies outside cannot be predicted. End with a layer without activation, as `dense(outputs)`.",
          ...(others.length === 0 ? [] : [`A scale of the target that fits it: ${listNames(others)}.`]),
        ],
      },
    );
    return;
  }
}

/** A loss that applies an activation of its own takes any number, whatever the target is. */
export function adviseOnLinkedOutput(
  nodes: readonly Node[],
  loss: TrainSettings["loss"],
  applies: string,
  context: Context,
): void {
  const { range, by } = outputRange(nodes, context.catalog);
  if (by === undefined || contains(range, anyNumber)) return;
  context.report.warning(
    "NW0406",
    by.span,
    `${quote(by.activation)} at the end gives ${describeInterval(range)}, and ${quote(loss.name)} takes any number`,
    {
      notes: [
        `${quote(loss.name)} applies ${quote(applies)} itself. End with a layer without activation, as \`dense(outputs)\`.`,
      ],
    },
  );
}

/** A loss that tells two classes apart by the sign of one number. */
export function adviseOnMargin(
  { nodes, outputs }: Pick<ResolvedNetwork, "nodes" | "outputs">,
  loss: TrainSettings["loss"],
  context: Context,
): void {
  const { range, by } = outputRange(nodes, context.catalog);
  const isOne = outputs[0]?.type.shape.at(-1) === 1;
  if (by === undefined || !isOne || (range.min < 0 && range.max > 0)) return;
  context.report.warning(
    "NW0406",
    by.span,
    `${quote(by.activation)} at the end gives ${describeInterval(range)}, and ${quote(loss.name)} goes by the sign`,
    {
      notes: [
        "One class could never be predicted. End with a layer without activation, as `dense(outputs)`.",
      ],
    },
  );
}

/** An end of which nothing is known asks for nothing. */
function within({ min, max }: Bounds, range: Interval): Interval {
  return { min: min ?? range.min, max: max ?? range.max };
}
