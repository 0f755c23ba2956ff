// What a package that was imported by its name has, of which nothing is known.

/** Also what it inherits; undefined where it has no parts. */
export function partOf(value: unknown, part: string): unknown {
  const hasParts = (typeof value === "object" && value !== null) || typeof value === "function";
  return hasParts && part in value ? Reflect.get(value, part) : undefined;
}
