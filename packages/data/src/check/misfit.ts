// What is wrong with a number that is none of those its column may have, and how that is said.

import type { NumberContract } from "../fitted/contract.ts";
import type { NumberEncoder } from "../preprocess/encoder.ts";
import type { DataCode } from "../problem/codes.ts";
import type { CellReading } from "../reading/cell-reading.ts";

/** In the order in which they are told. */
export const misfits = ["infinite", "below", "above", "fraction", "outside"] as const;
export type Misfit = (typeof misfits)[number];

export interface ValueRule {
  readonly contract: NumberContract;
  readonly encoder: Pick<NumberEncoder, "name" | "accepts" | "domain">;
  /** How its cells say a number; null where they are numbers. */
  readonly reading: Pick<CellReading, "spell"> | null;
}

/** `null` where nothing is. */
export function misfitOf(
  { contract: { min, max, whole }, encoder }: Pick<ValueRule, "contract" | "encoder">,
  x: number,
): Misfit | null {
  if (!Number.isFinite(x)) return "infinite";
  if (min !== null && x < min) return "below";
  if (max !== null && x > max) return "above";
  if (whole === true && !Number.isInteger(x)) return "fraction";
  return encoder.accepts(x) ? null : "outside";
}

/** Goes on after the place. */
export function saysMisfit(
  { contract: { min, max, unit }, encoder, reading }: ValueRule,
  misfit: Misfit,
  x: number,
): { readonly code: DataCode; readonly says: string } {
  const spell = (x: number | null) => (x === null || reading === null ? `${x}` : reading.spell(x));
  const measure = (x: number | null) => (unit === null ? spell(x) : `${spell(x)} ${unit}`);
  switch (misfit) {
    case "infinite":
      return { code: "NW0632", says: `is ${x}, which is not a finite number` };
    case "below":
      return {
        code: "NW0633",
        says: `is ${measure(x)}, below the minimum of ${measure(min)} that the model states`,
      };
    case "above":
      return {
        code: "NW0633",
        says: `is ${measure(x)}, above the maximum of ${measure(max)} that the model states`,
      };
    case "fraction":
      return { code: "NW0652", says: `is ${measure(x)}, and the model states whole numbers` };
    case "outside":
      return {
        code: "NW0634",
        says: `is ${spell(x)}, but \`${encoder.name}\` takes only values ${encoder.domain}`,
      };
  }
}
