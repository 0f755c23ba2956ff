// An element that has to be there: a wrong index is a mistake of ours, and must not become a wrong number.

/** @throws RangeError where the list has no such element */
export function at<T>(list: ArrayLike<T>, index: number): T {
  const element = list[index];
  if (element === undefined) {
    throw new RangeError(`there is no element ${index} in a list of ${list.length}`);
  }
  return element;
}
