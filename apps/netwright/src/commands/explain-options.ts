// What `netwright explain` may be asked at a time, and of what.

import type { Diagnostic } from "@netwright/lang";
import { pathKind } from "../project/path-kind.ts";
import { FIXED_SETTINGS } from "../project/read-model.ts";
import { cliError } from "../usage/codes.ts";
import { type OverrideOptions, overridesOf } from "../usage/options.ts";
import type { InfluenceOptions } from "./explain-influence.ts";
import type { InsideOptions } from "./explain-inside.ts";

export interface ExplainOptions extends OverrideOptions, InfluenceOptions, InsideOptions {
  readonly resolved?: boolean;
}

export function asksInfluence({ importance, dependence }: ExplainOptions): boolean {
  return importance === true || dependence !== undefined;
}

export function asksInside({ filters, activations, attention }: ExplainOptions): boolean {
  return filters !== undefined || activations !== undefined || attention !== undefined;
}

/** What goes with a run alone, and what with one question of it; null where all of it goes together. */
export function misuseOf(path: string, options: ExplainOptions): Diagnostic | null {
  const { data, split, metric, repeats, importance } = options;
  if (asksInside(options)) return misuseInside(path, options);
  if (options.output !== undefined || options.layer !== undefined)
    return cliError(
      "NW0901",
      "`--output` and `--layer` go with `--filters`, `--activations` or `--attention`",
    );
  if (!asksInfluence(options)) {
    const given = data ?? split ?? metric ?? repeats;
    return given === undefined
      ? null
      : cliError(
          "NW0901",
          "`--data`, `--split`, `--metric` and `--repeats` go with `--importance` or `--dependence`",
        );
  }
  if (pathKind(path) !== "directory")
    return cliError(
      "NW0901",
      "`--importance` and `--dependence` are asked of a run, and no directory has this name",
      "Train the file first.",
    );
  if (overridesOf(options).length > 0) return cliError("NW0901", FIXED_SETTINGS);
  if (importance !== true && (metric !== undefined || repeats !== undefined))
    return cliError("NW0901", "`--metric` and `--repeats` go with `--importance`");
  return data !== undefined && split !== undefined
    ? cliError("NW0901", "`--split` names rows of the run's own table, and `--data` another table")
    : null;
}

function misuseInside(path: string, options: ExplainOptions): Diagnostic | null {
  const { filters, activations, attention, layer, output, data, split, metric, repeats } = options;
  const asked = [filters, activations, attention].filter((one) => one !== undefined);
  if (asked.length > 1 || asksInfluence(options))
    return cliError("NW0901", "a run is asked one thing at a time", "Call the command once for each.");
  if (pathKind(path) !== "directory")
    return cliError(
      "NW0901",
      "`--filters`, `--activations` and `--attention` are asked of a run, and no directory has this name",
      "Train the file first.",
    );
  if (overridesOf(options).length > 0) return cliError("NW0901", FIXED_SETTINGS);
  if (split !== undefined || metric !== undefined || repeats !== undefined)
    return cliError("NW0901", "`--split`, `--metric` and `--repeats` go with `--importance`");
  if (filters !== undefined && data !== undefined)
    return cliError(
      "NW0901",
      "`--data` names rows, and filters are the same whatever the row",
      "Leave it out.",
    );
  if (layer !== undefined && activations === undefined)
    return cliError("NW0901", "`--layer` goes with `--activations`");
  return output === undefined || /\.(svg|png)$/i.test(output)
    ? null
    : cliError("NW0901", `a picture is a .svg or a .png, not \`${output}\``);
}
