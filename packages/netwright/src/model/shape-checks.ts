// Predicates on values that were JSON; small ones make up larger ones.

import { isObject } from "@netwright/definitions";

export type Check = (value: unknown) => boolean;

export const isText: Check = (value) => typeof value === "string";
export const isFlag: Check = (value) => typeof value === "boolean";
export const isNumber: Check = (value) => typeof value === "number" && Number.isFinite(value);
export const isCount: Check = (value) =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

export const listOf =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item);

export const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);

export const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));

export const nullOr = (check: Check): Check => either(oneOf(null), check);

/** An object with any names. */
export const mapOf =
  (entry: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(entry);

/** An object with at least these names; what may be absent is `undefined` to its check. */
export const withKeys =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && Object.entries(checks).every(([key, check]) => check(own(value, key)));

/** Nothing that every object has, such as `constructor`. */
export function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
