// What several trainings of one file have in common is made once.

/** Gives what `make` gives, or has given for the same key. */
export type Memo<T> = (key: string, make: () => T) => T;

/** Keeps the result for the last key alone, so that no more lies in memory than one training needs. */
export function lastOnly<T>(): Memo<T> {
  let last: { readonly key: string; readonly value: T } | undefined;
  return (key, make) => {
    if (last?.key !== key) last = { key, value: make() };
    return last.value;
  };
}
