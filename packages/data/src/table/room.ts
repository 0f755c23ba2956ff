// Arrays that are used again and again: a new one for each piece of a column, of thousands, takes as long as what is done with it.

type Numbers = Float64Array | Float32Array | Int32Array;

/** Gives an array of so many numbers: what it gave before is written over. */
export type Room<T extends Numbers> = (length: number) => T;

export function roomFor<T extends Numbers>(make: new (length: number) => T): Room<T> {
  let array = new make(0);
  return (length) => {
    if (array.length < length) array = new make(length);
    return array.subarray(0, length) as T;
  };
}
