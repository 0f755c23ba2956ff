// Operations that move elements: expressions of other indices, or copies where one index has several sources.

import { at, type Op, sizeOf, type TensorType } from "@netwright/ir";
import { elementOf, type Held, lazy, type Printer, resultOf, sum, times } from "./printer.ts";

type Operands = readonly Held[];

function first(operands: Operands): Held {
  return at(operands, 0);
}

const isFree = (value: Held): boolean => value.kind === "array" || value.isFree;

/** The same elements under other indices, each at most once. */
function moved(op: Op, x: Held, to: (index: readonly string[]) => readonly string[]): Held {
  return lazy(resultOf(op), isFree(x), (index) => elementOf(x, to(index)));
}

export function broadcastInDim(p: Printer, op: Op<"broadcast_in_dim">, operands: Operands): Held {
  const { dimensions } = op.attributes;
  const given = first(operands);
  const isSame = sizeOf(given.type.shape) === sizeOf(resultOf(op).shape);
  const x = isSame ? given : p.again(given);
  return moved(op, x, (index) => dimensions.map((d, i) => (at(x.type.shape, i) === 1 ? "0" : at(index, d))));
}

export function reshape(p: Printer, op: Op<"reshape">, operands: Operands): Held {
  const x = first(operands);
  return x.kind === "lazy" && x.isFree && sizeOf(x.type.shape) === 1
    ? moved(op, x, () => x.type.shape.map(() => "0"))
    : { ...p.stored(x), type: resultOf(op) };
}

export function transpose(_: Printer, op: Op<"transpose">, operands: Operands): Held {
  const { permutation } = op.attributes;
  return moved(op, first(operands), (index) => permutation.map((_, d) => at(index, permutation.indexOf(d))));
}

export function slice(_: Printer, op: Op<"slice">, operands: Operands): Held {
  const { start, strides } = op.attributes;
  return moved(op, first(operands), (index) =>
    index.map((one, d) => sum([times(one, at(strides, d)), String(at(start, d))])),
  );
}

export function reverse(_: Printer, op: Op<"reverse">, operands: Operands): Held {
  const x = first(operands);
  const { dimensions } = op.attributes;
  return moved(op, x, (index) =>
    index.map((one, d) =>
      dimensions.includes(d) && at(x.type.shape, d) > 1 ? `(${at(x.type.shape, d) - 1} - (${one}))` : one,
    ),
  );
}

export function concatenate(p: Printer, op: Op<"concatenate">, operands: Operands): Held {
  const { dimension } = op.attributes;
  const target = p.array(resultOf(op));
  p.within("operation", () => {
    let start = 0;
    for (const x of operands) {
      const from = String(start);
      p.loops(x.type.shape, (index) => {
        const to = index.map((one, d) => (d === dimension ? sum([one, from]) : one));
        p.store(target, to, elementOf(x, index));
      });
      start += at(x.type.shape, dimension);
    }
  });
  return target;
}

export function pad(p: Printer, op: Op<"pad">, operands: Operands): Held {
  return padded(p, first(operands), resultOf(op), elementOf(at(operands, 1), []), op.attributes);
}

/** In a buffer, with `value` around and between. */
export function padded(
  p: Printer,
  x: Held,
  type: TensorType,
  value: string,
  { low, interior }: { readonly low: readonly number[]; readonly interior: readonly number[] },
): Held {
  const target = p.array(type);
  const { shape } = x.type;
  const steps = shape.map((_, d) => at(interior, d) + 1);
  // The first element that is inside, and one past the last.
  const from = shape.map((_, d) => Math.max(0, Math.ceil(-at(low, d) / at(steps, d))));
  const to = shape.map((size, d) =>
    Math.min(size, Math.ceil((at(type.shape, d) - at(low, d)) / at(steps, d))),
  );
  p.within("operation", () => {
    p.loops(type.shape, (index) => {
      p.store(target, index, value);
    });
    const counts = from.map((start, d) => Math.max(0, at(to, d) - start));
    if (sizeOf(counts) === 0) return;
    p.loops(counts, (index) => {
      const own = index.map((one, d) => sum([one, String(at(from, d))]));
      const there = index.map((one, d) =>
        sum([times(one, at(steps, d)), String(at(from, d) * at(steps, d) + at(low, d))]),
      );
      p.store(target, there, elementOf(x, own));
    });
  });
  return target;
}

export function iota({ syntax }: Printer, op: Op<"iota">): Held {
  const { type, dimension } = op.attributes;
  return lazy(type, true, (index) => {
    const own = syntax.indexToInt(at(index, dimension));
    return type.dtype === "f32" ? syntax.intToReal(own) : own;
  });
}

export function constant({ syntax, constants }: Printer, op: Op<"constant">): Held {
  const { type, values } = op.attributes;
  const text = (value: number): string =>
    type.dtype === "f32"
      ? syntax.real(value)
      : type.dtype === "pred"
        ? `(0 ${value === 0 ? "!=" : "=="} 0)`
        : syntax.int(value);
  const [only] = values;
  if (only !== undefined && values.every((value) => Object.is(value, only)))
    return lazy(type, true, () => text(only));
  const kind = type.dtype === "f32" ? "real" : "int";
  const key = `${kind} ${values.map((value) => (Object.is(value, -0) ? "-0" : value)).join(", ")}`;
  const found = constants.get(key) ?? { name: `c${constants.size}`, type: kind, values };
  constants.set(key, found);
  return { kind: "array", name: syntax.global(found.name), offset: "0", type };
}
