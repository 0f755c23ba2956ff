// An element that has to be there: a wrong index is a mistake of ours, and must not become a wrong number.

/** @throws RangeError where the list has no such element */
export function at<T>(list: ArrayLike<T>, index: number): T {
  const element = list[index];
  if (element === undefined) throw noElement(list, index);
  return element;
}

// For loops over many elements: an engine compiles an access for the kinds of lists that it has met there. `at` meets
// all kinds; in the innermost loop of a product it made the reference backend twenty times as slow.

/** @throws RangeError as `at` */
export function float64At(list: Float64Array, index: number): number {
  const element = list[index];
  if (element === undefined) throw noElement(list, index);
  return element;
}

/** @throws RangeError as `at` */
export function int32At(list: Int32Array, index: number): number {
  const element = list[index];
  if (element === undefined) throw noElement(list, index);
  return element;
}

function noElement({ length }: ArrayLike<unknown>, index: number): RangeError {
  return new RangeError(`there is no element ${index} in a list of ${length}`);
}
