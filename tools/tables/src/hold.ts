// What `init` says, held against what the table holds: nothing may be lost, and no number of a row may be learned from.

import type { LookedTable } from "./look.ts";
import { isRecord } from "./play.ts";

export interface Findings {
  /** Columns that are neither target, feature nor left out with a reason. */
  readonly unaccounted: readonly string[];
  /** Columns of numbers that are left out as words, because of words for missing values. */
  readonly lost: readonly string[];
  /** Features that number the rows. */
  readonly indexes: readonly string[];
}

/** `said` is the JSON of `init`; `null` where nothing was drafted. */
export function hold(seen: LookedTable, said: Readonly<Record<string, unknown>> | null): Findings {
  if (said === null) return { unaccounted: [], lost: [], indexes: [] };
  const features = new Set(namesIn(said["features"]));
  const leftOut = new Map(reasonsIn(said["left_out"]));
  const accounted = new Set([String(said["target"]), ...features, ...leftOut.keys()]);
  const named = (columns: LookedTable["columns"]) => columns.map(({ name }) => name);
  return {
    unaccounted: named(seen.columns.filter(({ name }) => !accounted.has(name))),
    lost: named(
      seen.columns.filter(
        ({ name, numeric, missingWords }) =>
          numeric && missingWords > 0 && /^(?:words|numbers but)/.test(leftOut.get(name) ?? ""),
      ),
    ),
    indexes: named(
      seen.columns.filter(({ name, rowNumbers }) => features.has(name) && (rowNumbers || name === "")),
    ),
  };
}

function namesIn(list: unknown): string[] {
  return Array.isArray(list) ? list.map(String) : [];
}

function reasonsIn(list: unknown): (readonly [string, string])[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one) =>
    isRecord(one) && String(one["reason"]) !== ""
      ? [[String(one["column"]), String(one["reason"])] as const]
      : [],
  );
}
