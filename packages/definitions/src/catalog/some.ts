// Lists that hold something: a layer has one input at least, so that reading the first needs no doubt.

export type Some<T> = readonly [T, ...T[]];

/** @throws Error for an empty list, which would be a mistake of ours. */
export function some<T>(list: readonly T[]): Some<T> {
  const [first, ...others] = list;
  if (first === undefined) throw new Error("a list that must hold something is empty");
  return [first, ...others];
}
