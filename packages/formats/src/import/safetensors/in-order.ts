// Which module is of which layer where their names do not say it: by an order, as far as sizes and numbers in names leave no doubt.

/** Pairs that stand in the place of each other: modules i and j of which each has a way to the layer of the other. */
export function exchangeable(count: number, fits: (module: number, layer: number) => boolean) {
  const reaches = Array.from({ length: count }, (_, i) => {
    const found = new Set<number>([i]);
    for (const one of found) for (let j = 0; j < count; j++) if (!found.has(j) && fits(one, j)) found.add(j);
    return found;
  });
  return (i: number, j: number) => reaches[i]?.has(j) === true && reaches[j]?.has(i) === true;
}

/** Whether two names are alike up to a number, which is less in the first: `fc1` and `fc2`, `layers.2.weight` and `layers.10.weight`. */
export function areNumbered(first: string, second: string): boolean {
  // The first layer of a recurrent module has no number (`modules.ts`).
  if (second.startsWith(first) && /^\.l\d+$/.test(second.slice(first.length))) return true;
  const [a, b] = [tokensOf(first), tokensOf(second)];
  const place = a.findIndex((token, i) => token !== b[i]);
  const [x, y] = [Number(a[place]), Number(b[place])];
  return place >= 0 && a[place] !== "" && x < y;
}

/** Words and numbers by turns. */
function tokensOf(name: string): readonly string[] {
  return name.split(/(\d+)/);
}
