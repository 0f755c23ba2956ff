// More numbers in the place of each along a direction: the same again, or numbers between neighbours. Both move and mix
// elements; a product with a matrix of shares would make a NaN of an infinity that stands elsewhere.

import { at } from "@netwright/definitions";
import { type Builder, tensor, type Value } from "@netwright/ir";

/** [batch, spatial, channels], each number `factors` times along the spatial dimensions. */
export function repeated(b: Builder, x: Value, factors: readonly number[]): Value {
  const [rows = 0, ...rest] = x.type.shape;
  const channels = rest.at(-1) ?? 1;
  const lengths = rest.slice(0, -1);
  // The copies of each stand behind it, as a dimension of their own.
  const apart = [rows, ...lengths.flatMap((length, d) => [length, at(factors, d)]), channels];
  const places = [0, ...lengths.map((_, d) => 2 * d + 1), 2 * lengths.length + 1];
  const longer = lengths.map((length, d) => length * at(factors, d));
  return b.reshape(b.broadcastInDim(x, apart, places), [rows, ...longer, channels]);
}

/**
 * Linear interpolation along one dimension, `factor` numbers for each. The middles of the new ones lie as in the old, so that number
 * p of the `factor` for one is (p + 1/2) / factor - 1/2 away from it, and its other neighbour is before it or after. Beyond the
 * ends there is the last number again.
 */
export function interpolated(b: Builder, x: Value, dimension: number, factor: number): Value {
  const { shape } = x.type;
  const length = at(shape, dimension);
  const apart = shape.flatMap((size, d) => (d === dimension ? [size, 1] : [size]));
  const offsets = Array.from({ length: factor }, (_, p) => (p + 0.5) / factor - 0.5);
  const between = (neighbour: Value, some: readonly number[]): readonly Value[] => {
    if (some.length === 0) return [];
    const full = apart.with(dimension + 1, some.length);
    const spread = (value: Value) =>
      b.broadcastInDim(
        value,
        full,
        shape.map((_, d) => (d > dimension ? d + 1 : d)),
      );
    const shares = (of: (offset: number) => number) =>
      b.broadcastInDim(
        b.literal(
          tensor("f32", [some.length]),
          some.map((offset) => Math.fround(of(offset))),
        ),
        full,
        [dimension + 1],
      );
    const own = b.multiply(
      spread(x),
      shares((offset) => 1 - Math.abs(offset)),
    );
    return [b.add(own, b.multiply(spread(neighbour), shares(Math.abs)))];
  };
  const parts = [
    ...between(
      moved(b, x, dimension, "before"),
      offsets.filter((offset) => offset < 0),
    ),
    ...(offsets.includes(0) ? [b.reshape(x, apart)] : []),
    ...between(
      moved(b, x, dimension, "after"),
      offsets.filter((offset) => offset > 0),
    ),
  ];
  const [first = x] = parts;
  const all = parts.length === 1 ? first : b.concatenate(parts, dimension + 1);
  return b.reshape(all, shape.with(dimension, length * factor));
}

/** At each place the number before it, or after it; at the end its own. */
function moved(b: Builder, x: Value, dimension: number, side: "before" | "after"): Value {
  const { shape } = x.type;
  const length = at(shape, dimension);
  const cut = (from: number, to: number) =>
    b.slice(
      x,
      shape.map((_, d) => (d === dimension ? from : 0)),
      shape.map((size, d) => (d === dimension ? to : size)),
    );
  if (length === 1) return x;
  const parts =
    side === "before" ? [cut(0, 1), cut(0, length - 1)] : [cut(1, length), cut(length - 1, length)];
  return b.concatenate(parts, dimension);
}
