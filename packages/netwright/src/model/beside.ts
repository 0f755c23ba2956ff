// What may stand beside a prediction, read back by what it is: under the same keys a target of that name has its own value.

import type { Interval, Prediction } from "./predictions.ts";

/** Probabilities or quantiles, by their names; null where the value is none. */
export function numbersIn(value: Prediction[string] | undefined): Readonly<Record<string, number>> | null {
  return isByName(value, isNumber) ? value : null;
}

/** The interval of that target; null where there is none. */
export function intervalIn({ interval }: Prediction, target: string): Interval | null {
  if (isInterval(interval)) return interval;
  return isByName(interval, isInterval) ? (interval[target] ?? null) : null;
}

/** The classes of the set; null where there is none. */
export function setIn({ set }: Prediction): readonly string[] | null {
  return isTexts(set) ? set : null;
}

function isByName<T>(
  value: unknown,
  isOne: (one: unknown) => one is T,
): value is Readonly<Record<string, T>> {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isOne)
  );
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isInterval(value: unknown): value is Interval {
  return Array.isArray(value) && value.length === 2 && value.every(isNumber);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
