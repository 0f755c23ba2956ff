/** Where each value of a list stands: its places from 0, ascending; the values in the order in which they first appear. */
export function placesOf<T>(values: Iterable<T>): ReadonlyMap<T, readonly number[]> {
  const places = new Map<T, number[]>();
  let place = 0;
  for (const value of values) {
    const known = places.get(value);
    if (known === undefined) places.set(value, [place]);
    else known.push(place);
    place++;
  }
  return places;
}
