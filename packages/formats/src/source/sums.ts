// Operations that add up, in the order that the IR states: so the bits are Netwright's wherever nothing is fused.

import { at, type Op, REDUCE_BLOCK, type ReduceKind, reduction, sizeOf, tensor } from "@netwright/ir";
import { padded } from "./moves.ts";
import { elementOf, type Held, type Index, type Printer, refused, resultOf, sum, times } from "./printer.ts";

type Operands = readonly Held[];

/** Batching, then free left, then free right dimensions; each accumulator takes its products in increasing order. */
export function dotGeneral(p: Printer, op: Op<"dot_general">, operands: Operands): Held {
  const { lhsBatching, rhsBatching, lhsContracting, rhsContracting } = op.attributes;
  const [lhs, rhs] = [p.again(at(operands, 0)), p.again(at(operands, 1))];
  const free = (x: Held, used: readonly number[]) =>
    x.type.shape.map((_, d) => d).filter((d) => !used.includes(d));
  const lhsFree = free(lhs, [...lhsBatching, ...lhsContracting]);
  const rhsFree = free(rhs, [...rhsBatching, ...rhsContracting]);
  const sizes = (x: Held, dimensions: readonly number[]) => dimensions.map((d) => at(x.type.shape, d));
  const target = p.array(resultOf(op));
  const placed = (rank: number, parts: readonly (readonly [readonly number[], Index])[]): Index => {
    const index = Array.from({ length: rank }, () => "0");
    for (const [dimensions, own] of parts)
      dimensions.forEach((d, i) => {
        index[d] = at(own, i);
      });
    return index;
  };
  p.within("operation", () => {
    p.loops([...sizes(lhs, lhsBatching), ...sizes(lhs, lhsFree)], (outer) => {
      const [batch, row] = [outer.slice(0, lhsBatching.length), outer.slice(lhsBatching.length)];
      p.loops(sizes(rhs, rhsFree), (column) => {
        p.store(target, [...outer, ...column], p.syntax.real(0));
      });
      p.loops(sizes(lhs, lhsContracting), (inner) => {
        const left = p.named(
          "real",
          elementOf(
            lhs,
            placed(lhs.type.shape.length, [
              [lhsBatching, batch],
              [lhsFree, row],
              [lhsContracting, inner],
            ]),
          ),
        );
        p.loops(sizes(rhs, rhsFree), (column) => {
          const right = elementOf(
            rhs,
            placed(rhs.type.shape.length, [
              [rhsBatching, batch],
              [rhsFree, column],
              [rhsContracting, inner],
            ]),
          );
          takeProduct(p, target, [...outer, ...column], left, right);
        });
      });
    });
  });
  return target;
}

function takeProduct(
  p: Printer,
  target: Extract<Held, { kind: "array" }>,
  index: Index,
  left: string,
  right: string,
): void {
  const { add, multiply } = p.syntax;
  p.store(target, index, add(elementOf(target, index), multiply(left, right)));
}

export function convolution(p: Printer, op: Op<"convolution">, operands: Operands): Held {
  const c = op.attributes;
  if (c.batchGroups !== 1) throw refused(op, "convolves groups of a batch, which is not printed");
  const kernel = p.again(at(operands, 1));
  const given = at(operands, 0);
  const rank = given.type.shape.length;
  const spread = (spatial: readonly number[]) => {
    const all = Array.from({ length: rank }, () => 0);
    c.inputSpatial.forEach((d, i) => {
      all[d] = at(spatial, i);
    });
    return all;
  };
  const [low, high] = [spread(c.low), spread(c.high)];
  const interior = spread(c.lhsDilation.map((step) => step - 1));
  const x = surrounded(p, given, p.syntax.real(0), { low, high, interior });
  const groups = c.featureGroups;
  const inner = at(kernel.type.shape, c.kernelInputFeature);
  const outer = at(kernel.type.shape, c.kernelOutputFeature) / groups;
  const window = c.kernelSpatial.map((d) => at(kernel.type.shape, d));
  const target = p.array(resultOf(op));
  const outputs = c.outputSpatial.map((d) => at(target.type.shape, d));
  const set = (size: number, pairs: readonly (readonly [number, string])[]): Index => {
    const index = Array.from({ length: size }, () => "0");
    for (const [d, one] of pairs) index[d] = one;
    return index;
  };
  p.within("operation", () => {
    p.loops([at(x.type.shape, c.inputBatch), ...outputs, groups], (outside) => {
      const [batch = "0", ...rest] = outside;
      const place = rest.slice(0, -1);
      const group = at(rest, rest.length - 1);
      const out = (feature: string) =>
        set(rank, [
          [c.outputBatch, batch],
          [c.outputFeature, sum([times(group, outer), feature])],
          ...c.outputSpatial.map((d, i) => [d, at(place, i)] as const),
        ]);
      p.loops([outer], ([feature = "0"]) => {
        p.store(target, out(feature), p.syntax.real(0));
      });
      p.loops([...window, inner], (inside) => {
        const taps = inside.slice(0, -1);
        const channel = at(inside, inside.length - 1);
        const left = p.named(
          "real",
          elementOf(
            x,
            set(rank, [
              [c.inputBatch, batch],
              [c.inputFeature, sum([times(group, inner), channel])],
              ...c.inputSpatial.map(
                (d, i) =>
                  [
                    d,
                    sum([times(at(place, i), at(c.strides, i)), times(at(taps, i), at(c.rhsDilation, i))]),
                  ] as const,
              ),
            ]),
          ),
        );
        p.loops([outer], ([feature = "0"]) => {
          const right = elementOf(
            kernel,
            set(rank, [
              [c.kernelInputFeature, channel],
              [c.kernelOutputFeature, sum([times(group, outer), feature])],
              ...c.kernelSpatial.map((d, i) => [d, at(taps, i)] as const),
            ]),
          );
          takeProduct(p, target, out(feature), left, right);
        });
      });
    });
  });
  return target;
}

/** As it is where nothing is around it. */
function surrounded(
  p: Printer,
  x: Held,
  value: string,
  around: Readonly<Record<"low" | "high" | "interior", readonly number[]>>,
): Held {
  const { low, high, interior } = around;
  if ([...low, ...high, ...interior].every((size) => size === 0)) return p.again(x);
  const shape = x.type.shape.map(
    (size, d) => size + Math.max(size - 1, 0) * at(interior, d) + at(low, d) + at(high, d),
  );
  return padded(p, x, tensor(x.type.dtype, shape), value, around);
}

export function reduce(p: Printer, op: Op<"reduce">, operands: Operands): Held {
  const { kind, dimensions } = op.attributes;
  const x = at(operands, 0);
  const target = p.array(resultOf(op));
  const kept = x.type.shape.map((_, d) => d).filter((d) => !dimensions.includes(d));
  p.within("operation", () => {
    p.loops(target.type.shape, (index) => {
      const sizes = dimensions.map((d) => at(x.type.shape, d));
      accumulate(p, op, kind, sizes, target, index, (inner) => {
        const own = x.type.shape.map(() => "0");
        kept.forEach((d, i) => {
          own[d] = at(index, i);
        });
        dimensions.forEach((d, i) => {
          own[d] = at(inner, i);
        });
        return elementOf(x, own);
      });
    });
  });
  return target;
}

export function reduceWindow(p: Printer, op: Op<"reduce_window">, operands: Operands): Held {
  const { kind, sizes, strides, windowDilations, baseDilations, low, high } = op.attributes;
  const given = at(operands, 0);
  const { identity } = reduction(kind, given.type.dtype);
  const interior = baseDilations.map((step) => step - 1);
  const around = given.type.dtype === "f32" ? p.syntax.real(identity) : p.syntax.int(identity);
  const x = surrounded(p, given, around, { low, high, interior });
  const target = p.array(resultOf(op));
  p.within("operation", () => {
    p.loops(target.type.shape, (index) => {
      accumulate(p, op, kind, sizes, target, index, (inner) =>
        elementOf(
          x,
          index.map((one, d) =>
            sum([times(one, at(strides, d)), times(at(inner, d), at(windowDilations, d))]),
          ),
        ),
      );
    });
  });
  return target;
}

/** In blocks, as `reduce` states: an accumulator for each, and one that takes them. */
function accumulate(
  p: Printer,
  op: Op,
  kind: ReduceKind,
  sizes: readonly number[],
  target: Extract<Held, { kind: "array" }>,
  index: Index,
  element: (index: Index) => string,
): void {
  const { dtype } = target.type;
  const { syntax } = p;
  if (dtype === "pred" || dtype === "u32") throw refused(op, `reduces ${dtype}, which is not printed`);
  const type = dtype === "f32" ? "real" : "int";
  const { identity } = reduction(kind, dtype);
  const start = dtype === "f32" ? syntax.real(identity) : syntax.int(identity);
  const [block, total, count] = [p.fresh("s"), p.fresh("s"), p.fresh("n")];
  const isLong = sizeOf(sizes) > REDUCE_BLOCK && (kind === "sum" || kind === "product");
  p.emit(syntax.variable(type, block, start));
  if (isLong) p.emit(syntax.variable(type, total, start), syntax.variable("int", count, syntax.int(0)));
  p.loops(sizes, (inner) => {
    p.emit(`${block} = ${combined(p, kind, type, block, element(inner))};`);
    if (!isLong) return;
    p.emit(
      `${count} = ${syntax.addInt(count, syntax.int(1))};`,
      syntax.when(`${count} == ${REDUCE_BLOCK}`),
      `${total} = ${combined(p, kind, type, total, block)};`,
      `${block} = ${start};`,
      `${count} = ${syntax.int(0)};`,
      "}",
    );
  });
  // What is left: adding the identity changes no bit.
  p.store(target, index, isLong ? combined(p, kind, type, total, block) : block);
}

function combined(p: Printer, kind: ReduceKind, type: "real" | "int", a: string, b: string): string {
  const { syntax } = p;
  switch (kind) {
    case "sum":
      return type === "real" ? syntax.add(a, b) : syntax.addInt(a, b);
    case "product":
      return type === "real" ? syntax.multiply(a, b) : syntax.multiplyInt(a, b);
    case "max":
    case "min": {
      const own = p.named(type, b);
      const sign = kind === "max" ? ">" : "<";
      const first = type === "real" ? `${a} ${sign} ${own} || ${a} != ${a}` : `${a} ${sign} ${own}`;
      return syntax.pick(first, a, own, type);
    }
    case "and":
    case "or":
      throw new Error("truth values are refused before");
  }
}
