// What a function of a user's own has to give, asked of what it gives: whoever calls it watches, and tells of what is thrown.

import { listNames, quote } from "@netwright/definitions";
import { formatType, sameType, type TensorType, type Value } from "@netwright/ir";

export function requireNumber(made: unknown): number {
  if (typeof made !== "number" || Number.isNaN(made))
    throw new Error(`it gives ${kindOf(made)}, expected a number`);
  return made;
}

export function requireObject<T>(made: T, expected: string): T {
  if (typeof made !== "object" || made === null)
    throw new Error(`it gives ${kindOf(made)}, expected ${expected}`);
  return made;
}

export function requireName(name: unknown, known: ReadonlyMap<string, unknown>, what: string): void {
  if (typeof name === "string" && known.has(name)) return;
  throw new Error(
    `there is no ${what} ${quote(String(name))}; there are ${listNames([...known.keys()], 20)}`,
  );
}

/** A value of that type. `why` says who asks for it: `and `output` says`. */
export function requireValue(made: unknown, expected: TensorType, why: string): Value {
  requireObject(made, "a value of the builder");
  if (!isValue(made)) throw new Error(`it gives ${kindOf(made)}, expected a value of the builder`);
  if (!sameType(made.type, expected))
    throw new Error(`it gives ${formatType(made.type)}, and ${why} ${formatType(expected)}`);
  return made;
}

export function isValue(made: unknown): made is Value {
  return typeof made === "object" && made !== null && "id" in made && "type" in made;
}

export function kindOf(made: unknown): string {
  if (made === undefined) return "nothing";
  if (made === null || typeof made === "number") return String(made);
  if (made instanceof Promise) return "a promise";
  return Array.isArray(made) ? "a list" : typeof made === "object" ? "an object" : `a ${typeof made}`;
}
