// Which elements of a list have a key that an earlier one has.

export function repeated<T>(elements: readonly T[], key: (element: T) => string): readonly T[] {
  const seen = new Set<string>();
  return elements.filter((element) => {
    const name = key(element);
    const isRepeated = seen.has(name);
    seen.add(name);
    return isRepeated;
  });
}
