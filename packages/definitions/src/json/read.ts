// What a reader makes of a whole value: the value with its type, or all that is wrong with it.

import { invalid, type Reader } from "./shape.ts";

/** A place in the value, "" for all of it, and what was expected there: it completes "... is not". */
export interface Complaint {
  readonly path: string;
  readonly expected: string;
}

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  /** `more` are those beyond the first. */
  | { readonly ok: false; readonly complaints: readonly Complaint[]; readonly more: number };

/** More would hide the message; the first ones say what kind of value it is. */
const SHOWN = 5;

export function readValue<T>(value: unknown, reader: Reader<T>): Read<T> {
  const complaints: Complaint[] = [];
  let count = 0;
  const read = reader(value, "", (path, expected) => {
    if (count++ < SHOWN) complaints.push({ path, expected });
  });
  return read === invalid
    ? { ok: false, complaints, more: count - complaints.length }
    : { ok: true, value: read };
}

/** The same of a text, which may not be JSON at all: then null. */
export function readText<T>(text: string, reader: Reader<T>): Read<T> | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return readValue(value, reader);
}

/** Whether a reader takes the value, which it then gives back as it is: none of those that leave something out. */
export function fits<T>(value: unknown, reader: Reader<T>): value is T {
  return reader(value, "", () => {}) !== invalid;
}

/** Complaints as a part of a sentence: "`a.b` is not a text; it is not a list". */
export function complaintsText(complaints: readonly Complaint[], more = 0): string {
  const all = complaints.map(
    ({ path, expected }) => `${path === "" ? "it" : `\`${path}\``} is not ${expected}`,
  );
  return all.join("; ") + (more > 0 ? ` and ${more} more like it` : "");
}
