// The scales that encoders hold inside of them: a column that becomes several numbers hands its own on to its encoder, or
// else that of the section.

import { type Chosen, listNames, lookUp, quote } from "@netwright/definitions";
import { chosen } from "../columns/column-type.ts";
import type { DataDefinitions } from "../definitions.ts";
import { isPlainScale } from "../preprocess/inner-scale.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import type { DataPlan } from "./plan.ts";

/** Those that do not make one number of any number. */
export function innerScaleMisfits({ scale, columns }: DataPlan, definitions: DataDefinitions): DataProblem[] {
  const ofColumns = Object.entries(columns).map(([name, { name: type, args }]): Holder => {
    const encoder = lookUp(definitions.column, type).encoder(args, scale);
    return {
      encoder,
      what: `Column ${quote(name)}`,
      fix: `${type}(scale: zscore)`,
      setting: `columns.${name}`,
      column: name,
    };
  });
  const ofSection: Holder = { encoder: scale, what: "A column", fix: "scale: zscore", setting: "scale" };
  return [ofSection, ...ofColumns].flatMap((holder) => misfit(holder, definitions));
}

interface Holder {
  readonly encoder: Chosen | null;
  readonly what: string;
  readonly fix: string;
  readonly setting: string;
  readonly column?: string;
}

function misfit({ encoder, what, fix, ...place }: Holder, definitions: DataDefinitions): DataProblem[] {
  const inner = chosen(encoder?.args["scale"]);
  if (inner === null || isPlainScale(lookUp(definitions.encoder, inner.name))) return [];
  const fitting = [...definitions.encoder.values()].filter(isPlainScale).map(({ name }) => name);
  const message = `${what} becomes several numbers, and \`scale: ${inner.name}\` does not make one number of any of them.`;
  const notes = [`Give it another scale, as \`${fix}\`.`, `Scales that do: ${listNames(fitting)}.`];
  return [error("NW0648", message, { notes, ...place })];
}
