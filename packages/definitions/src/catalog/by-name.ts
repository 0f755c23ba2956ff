// Tables of definitions: looked up by the name under which the resolver has found them.

export type ByName<T> = ReadonlyMap<string, T>;

export function byName<T extends { readonly name: string }>(definitions: readonly T[]): ByName<T> {
  return new Map(definitions.map((definition) => [definition.name, definition]));
}

/** The definition the resolver has already found; its absence means model and catalog do not belong together. */
export function lookUp<T>(table: ByName<T>, name: string): T {
  const definition = table.get(name);
  if (definition === undefined) throw new Error(`the model uses ${name}, which this catalog does not define`);
  return definition;
}
