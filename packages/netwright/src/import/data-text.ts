// What a foreign model takes and gives as the sections `data` and `train`: columns with their scaling, a target, and a loss.

import { spellColumn, stringText } from "@netwright/lang";
import { type Features, featuresText, type Row } from "./features-text.ts";
import type { Misnamed, NamingOptions } from "./naming.ts";
import type { ForeignNetwork } from "./network.ts";
import { type Target, targetText } from "./target-text.ts";

export interface DataText
  extends Pick<Features, "input" | "inputNames" | "keepsScaling">,
    Pick<Target, "keepsUnscaling" | "keepsLink"> {
  readonly data: readonly string[];
  readonly train: readonly string[];
  /** Rows as a table of that model has them, one after the other: enough to learn what encoders keep. */
  readonly row: (i: number) => Row;
}

/** More columns are predicted by no table. */
const MOST_TARGETS = 4096;

/** Null where the language has no columns that would be this input. `outputs` are the numbers that the network gives. */
export function dataText(
  name: string,
  network: ForeignNetwork,
  outputs: number,
  options: NamingOptions,
): DataText | Misnamed | null {
  const features = outputs > MOST_TARGETS ? null : featuresText(network, options);
  if (features === null || "misnamed" in features) return features;
  const target = targetText(network, outputs, options, features.names);
  if ("misnamed" in target) return target;
  return {
    data: [
      "data {",
      `source: ${stringText(`${name}.csv`)}`,
      `target: ${spelledList(target.names)}`,
      ...(features.isAll ? [] : [`features: [${features.names.map(spellColumn).join(", ")}]`]),
      ...described([...features.columns, ...target.columns]),
      "scale: none",
      "}",
    ],
    input: features.input,
    ...(features.inputNames === undefined ? {} : { inputNames: features.inputNames }),
    train: ["train {", `loss: ${target.loss}`, "}"],
    keepsScaling: features.keepsScaling,
    keepsUnscaling: target.keepsUnscaling,
    keepsLink: target.keepsLink,
    row: (i) => ({ ...features.row(i), ...target.row(i) }),
  };
}

/** What nothing is said of holds numbers. */
function described(columns: readonly string[]): readonly string[] {
  const told = columns.filter((column) => !column.endsWith(": number"));
  return told.length === 0 ? [] : ["columns {", ...told, "}"];
}

function spelledList(names: readonly string[]): string {
  const [only = ""] = names;
  return names.length === 1 ? spellColumn(only) : `[${names.map(spellColumn).join(", ")}]`;
}
