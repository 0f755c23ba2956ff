// A value that was JSON with one of its places changed: other kinds, numbers beyond every range, paths, escapes, names that
// every object has, places gone or doubled.

import type { Random } from "../random.ts";

type Path = readonly string[];

const ODD = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  "",
  "x",
  "../../up",
  "/etc/passwd",
  "..",
  ".hidden",
  "a\\b",
  "C:\\x",
  "NUL",
  "a\u0000b",
  "\u001b[2J\u001b]0;x\u0007",
  "\u202eexe",
  "\ud800",
  "__proto__",
  "constructor",
  "toString",
  "1e999",
  "x".repeat(100_000),
  [],
  [[]],
  [null],
  {},
  { length: 1e9 },
  { constructor: { prototype: { polluted: 1 } } },
] as const;

const KEYS = ["__proto__", "constructor", "toString", "length", "", "../x", "\u001b[2J", "0"] as const;

export function oddJson(value: unknown, random: Random): unknown {
  const places = placesOf(value);
  const path = places[random.below(places.length)] ?? [];
  return changedAt(value, path, random);
}

function placesOf(value: unknown, path: Path = []): readonly Path[] {
  const inside = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [path, ...inside.flatMap(([key, entry]) => placesOf(entry, [...path, key]))];
}

function changedAt(value: unknown, [key, ...rest]: Path, random: Random): unknown {
  if (key === undefined) return another(value, random);
  const entry: unknown = Object(value)[key];
  // To be left out, or called something else.
  if (rest.length === 0 && !Array.isArray(value)) {
    const entries = Object.entries(Object(value)).filter(([name]) => name !== key);
    const kind = random.below(8);
    if (kind === 0) return Object.fromEntries(entries);
    if (kind === 1) return Object.fromEntries([...entries, [random.pick(KEYS), entry]]);
    if (kind === 2)
      return Object.fromEntries([...entries, [key, entry], [random.pick(KEYS), random.pick(ODD)]]);
  }
  const changed = changedAt(entry, rest, random);
  if (Array.isArray(value)) return value.map((item, i) => (String(i) === key ? changed : item));
  return Object.fromEntries(
    Object.entries(Object(value)).map(([name, one]) => [name, name === key ? changed : one]),
  );
}

function another(value: unknown, random: Random): unknown {
  const kind = random.below(4);
  if (typeof value === "number" && kind < 2) {
    const near = [value + 1, value - 1, -value, value * 2, value / 2, value + 2 ** -20] as const;
    return random.pick(near);
  }
  if (typeof value === "string" && value !== "" && kind < 2) {
    const at = random.below(value.length);
    const letter = random.pick(["0", "z", "/", "\\", "\u0000", "é", '"', "{", "}"]);
    return value.slice(0, at) + letter + value.slice(at + random.below(2));
  }
  if (Array.isArray(value) && kind < 3) {
    if (kind === 0) return value.slice(random.below(2), value.length - random.below(2));
    return kind === 1 ? [...value, ...value] : [...value].reverse();
  }
  return random.pick(ODD);
}
