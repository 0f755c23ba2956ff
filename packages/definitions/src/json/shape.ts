// Parsed JSON that comes from outside to typed values. A reader takes a value and gives it back with its type, or says at
// which path it is not what was expected. Small readers combine into the reader of a whole record. There is no other way in.

import { isFileName } from "../source/file-name.ts";
import { oneLine } from "../wording/wording.ts";
import { isObject } from "./is-object.ts";

/** `complain` is called with a path such as `hash.weights` and what was expected there. */
export type Reader<T> = (value: unknown, path: string, complain: Complain) => T | typeof invalid;
export type Complain = (path: string, expected: string) => void;

/** What a reader gives back when it has complained. A symbol, since `null` and `undefined` may be valid. */
export const invalid: unique symbol = Symbol("invalid");

function leaf<T>(expected: string, is: (value: unknown) => value is T): Reader<T> {
  return (value, path, complain) => {
    if (is(value)) return value;
    complain(path, expected);
    return invalid;
  };
}

export const text = leaf("a text", (value): value is string => typeof value === "string");
export const flag = leaf("true or false", (value): value is boolean => typeof value === "boolean");
export const number = leaf(
  "a number",
  (value): value is number => typeof value === "number" && Number.isFinite(value),
);
export const count = leaf(
  "a whole number",
  (value): value is number => typeof value === "number" && Number.isSafeInteger(value) && value >= 0,
);
/** Time that has passed, and the like. */
export const amount = leaf(
  "a number from 0 on",
  (value): value is number => typeof value === "number" && Number.isFinite(value) && value >= 0,
);
/** Of what is 32 bits to whoever computes with it. */
export const word = leaf(
  "a whole number below 4294967296",
  (value): value is number => typeof value === "number" && value >>> 0 === value,
);
/** Names of directories end with the beginning of one. */
export const hash = leaf(
  "a hash of up to 64 hexadecimal digits",
  (value): value is string => typeof value === "string" && /^[0-9a-f]{1,64}$/.test(value),
);
/** SHA-256, whole. */
export const sha256 = leaf(
  "64 hexadecimal digits",
  (value): value is string => typeof value === "string" && /^[0-9a-f]{64}$/.test(value),
);
/** Of a model: files are named by it. */
export const fileName = leaf(
  "a name of a file without a folder",
  (value): value is string => typeof value === "string" && isFileName(value),
);
/** Systems end a path at a zero. */
export const path = leaf(
  "a path",
  (value): value is string => typeof value === "string" && value !== "" && !value.includes("\0"),
);

export function oneOf<const T extends string>(...options: readonly T[]): Reader<T> {
  return leaf(`one of ${options.join(", ")}`, (value): value is T =>
    options.some((option) => option === value),
  );
}

/** What meets a condition beside, which may tell a narrower type; `expected` completes "... is not". */
export function where<T, U extends T>(
  reader: Reader<T>,
  expected: string,
  is: (value: T) => value is U,
): Reader<U>;
export function where<T>(reader: Reader<T>, expected: string, isMet: (value: T) => boolean): Reader<T>;
export function where<T>(reader: Reader<T>, expected: string, isMet: (value: T) => boolean): Reader<T> {
  return (value, path, complain) => {
    const read = reader(value, path, complain);
    if (read === invalid || isMet(read)) return read;
    complain(path, expected);
    return invalid;
  };
}

/** The first of several that takes it. */
export function either<T extends readonly unknown[]>(
  expected: string,
  ...readers: { readonly [K in keyof T]: Reader<T[K]> }
): Reader<T[number]> {
  return (value, path, complain) => {
    for (const reader of readers) {
      const read = reader(value, path, () => {});
      if (read !== invalid) return read;
    }
    complain(path, expected);
    return invalid;
  };
}

export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, path, complain) => (value === null ? null : reader(value, path, complain));
}

/** A name that an object may lack, as older releases did not write it. */
export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value, path, complain) => (value === undefined ? undefined : reader(value, path, complain));
}

export function list<T>(item: Reader<T>): Reader<T[]> {
  return (value, path, complain) => {
    if (!Array.isArray(value)) {
      complain(path, "a list");
      return invalid;
    }
    const items: T[] = [];
    for (const [i, entry] of value.entries()) {
      const read = item(entry, `${path}[${i}]`, complain);
      if (read !== invalid) items.push(read);
    }
    return items.length === value.length ? items : invalid;
  };
}

/** An object with any names and values of one kind. */
export function dictionary<T>(item: Reader<T>): Reader<Record<string, T>> {
  return (value, path, complain) => {
    if (!isObject(value)) {
      complain(path, "an object");
      return invalid;
    }
    const result: [string, T][] = [];
    let valid = true;
    for (const [key, entry] of Object.entries(value)) {
      const read = item(entry, join(path, key), complain);
      if (read === invalid) valid = false;
      else result.push([key, read]);
    }
    return valid ? Object.fromEntries(result) : invalid;
  };
}

/** An object with at least these names. Others are left out: a newer release may have added them. */
export function object<T extends object>(readers: { readonly [K in keyof T]-?: Reader<T[K]> }): Reader<T> {
  return (value, path, complain) => {
    if (!isObject(value)) {
      complain(path, "an object");
      return invalid;
    }
    const result: Partial<T> = {};
    let valid = true;
    for (const key in readers) {
      // Nothing that every object has, such as `constructor`.
      const own = Object.hasOwn(value, key) ? value[key] : undefined;
      const read = readers[key](own, join(path, key), complain);
      if (read === invalid) valid = false;
      else if (read !== undefined) result[key] = read;
    }
    // With no reader left that failed, every name of T is there.
    return valid ? (result as T) : invalid;
  };
}

function join(path: string, key: string): string {
  const shown = oneLine(key);
  return path === "" ? shown : `${path}.${shown}`;
}
