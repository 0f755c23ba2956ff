// The reader of JSON from outside: what it gives, and where and why it does not.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  complaintsText,
  count,
  dictionary,
  either,
  fits,
  flag,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type Reader,
  readText,
  readValue,
  text,
  where,
} from "../../src/json/index.ts";

interface Person {
  readonly name: string;
  readonly kind: "a" | "b";
  readonly sizes: readonly number[];
  readonly note?: string;
}
const person = object<Person>({
  name: text,
  kind: oneOf("a", "b"),
  sizes: list(where(count, "a size", (value) => value > 0)),
  note: optional(text),
});

describe("a reader", () => {
  test("gives what it knows, and leaves out what it does not", () => {
    const read = readText('{"name":"x","kind":"b","sizes":[1,2],"later":true}', person);
    expect(read).toEqual({ ok: true, value: { name: "x", kind: "b", sizes: [1, 2] } });
  });

  test("names every place, and what was expected there", () => {
    const read = readValue({ name: 3, kind: "c", sizes: [1, 0, -1, "2"], note: null }, list(person));
    expect(read).toMatchObject({ ok: false, complaints: [{ path: "", expected: "a list" }], more: 0 });
    const inside = readValue([{ name: 3, kind: "c", sizes: [1, 0, -1, "2"], note: null }], list(person));
    expect(inside).toEqual({
      ok: false,
      complaints: [
        { path: "[0].name", expected: "a text" },
        { path: "[0].kind", expected: "one of a, b" },
        { path: "[0].sizes[1]", expected: "a size" },
        { path: "[0].sizes[2]", expected: "a whole number" },
        { path: "[0].sizes[3]", expected: "a whole number" },
      ],
      more: 1,
    });
    if (inside.ok) return;
    expect(complaintsText(inside.complaints.slice(0, 2), 4)).toBe(
      "`[0].name` is not a text; `[0].kind` is not one of a, b and 4 more like it",
    );
  });

  test("takes no name that every object has for one of the value", () => {
    const odd = object<{ constructor?: unknown; toString?: unknown }>({
      constructor: optional(text),
      toString: optional(text),
    });
    expect(fits({}, odd)).toBe(true);
    expect(fits(JSON.parse('{"constructor":"x","__proto__":{"a":1}}'), odd)).toBe(true);
    expect(readText('{"__proto__":"x"}', dictionary(text))).toMatchObject({ ok: true });
  });

  test("of several kinds takes the first that fits", () => {
    const value: Reader<string | number | boolean | null> = nullable(either("a value", text, number, flag));
    for (const one of ["x", 1, true, null]) expect(readValue(one, value)).toEqual({ ok: true, value: one });
    expect(readValue([], value)).toMatchObject({ complaints: [{ expected: "a value" }] });
    expect(fits(Number.NaN, value)).toBe(false);
  });

  test("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const read = readValue(value, person);
        expect(read.ok || read.complaints.length > 0).toBe(true);
      }),
    );
  });

  test("of a text that is no JSON gives null", () => {
    expect(readText("{", person)).toBeNull();
  });
});
