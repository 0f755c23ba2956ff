// Factors of the learning rate and of the weight decay, by the role of a weight: `learning_rate_factors { bias: 0.1 }`.

import { type ArgsOf, type Factors, factorParams, type Span } from "@netwright/definitions";
import type { TrainSettings } from "../model/model.ts";
import type { SettingsItem } from "../syntax/tree.ts";
import type { Context } from "./context.ts";
import type { OverrideNode } from "./overrides.ts";
import { type Entry, readBraces } from "./settings.ts";
import type { Scope } from "./value.ts";

interface Place {
  readonly item: SettingsItem;
  /** Those of `train`. */
  readonly overrides: OverrideNode | undefined;
  readonly scope: Scope;
  /** Places of what is said are added. */
  readonly spans: Record<string, Span>;
}

const keys = ["learning_rate_factors", "weight_decay_factors"] as const;

/** Without those that neither the file nor an override states. */
export function readFactors(
  entries: ReadonlyMap<string, Entry>,
  place: Place,
  context: Context,
): Pick<TrainSettings, (typeof keys)[number]> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const factors = read(key, entries.get(key), place, context);
      return factors === undefined ? [] : [[key, factors]];
    }),
  );
}

function read(
  key: string,
  entry: Entry | undefined,
  { item, overrides, scope, spans }: Place,
  context: Context,
): Factors | undefined {
  const under = overrides?.children.get(key);
  if (entry !== undefined && entry.value.kind !== "record") {
    const isNone = entry.value.kind === "constant" && entry.value.value === null;
    if (entry.value.kind !== "broken" && !isNone) {
      context.report.error("NW0303", entry.value.span, `\`${key}\` of \`train\` must be numbers in braces`, {
        notes: [`Write for example \`${key} { bias: 0.1 }\`.`],
      });
    }
    return undefined;
  }
  if (entry === undefined && (under?.children.size ?? 0) === 0) return undefined;
  const braces = {
    label: `train.${key}`,
    key,
    params: factorParams,
    entry,
    at: item.keyword,
    overrides: under,
  };
  // What checkSettings returns has exactly the parameters of `factorParams`, checked against their types.
  return readBraces(braces, scope, spans, context)?.args as ArgsOf<typeof factorParams> | undefined;
}
