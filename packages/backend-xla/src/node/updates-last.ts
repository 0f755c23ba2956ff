// The update of a weight comes after whatever still reads the weight, so that it can be written where the old one is.
//
// The products of the backward pass read the weights, and nothing says that they do so before the updates: XLA's compiler for
// processors then copies each weight in every step, which is up to a tenth of a small one (tools/bench/xla-step.mjs measures it; a
// barrier of operations is gone before copies are put in). But nothing is computed before what goes into it. So the first element of
// such a product goes into the update: the new weight is the old one where that element is less than 0 and more than 0, which no
// number is, not even NaN. The bits are the same.

import {
  type AnyOp,
  at,
  type Func,
  inline,
  mapFuncs,
  type Program,
  sizeOf,
  type TensorType,
  tensor,
  type Value,
} from "@netwright/ir";

/** Elements: to copy fewer costs no more than a kernel that waits. */
const LEAST = 4096;

/** Operations through which a product may read a weight: a kernel of their own is seldom made of them. */
const VIEWS: ReadonlySet<AnyOp["name"]> = new Set([
  "transpose",
  "reshape",
  "broadcast_in_dim",
  "convert",
  "reverse",
]);
const PRODUCTS: ReadonlySet<AnyOp["name"]> = new Set(["dot_general", "convolution"]);

/** The same values in the same bits; without composites. */
export function updatesLast(program: Program): Program {
  return mapFuncs(inline(program), (func) => (func.writes.length === 0 ? func : ordered(func)));
}

function ordered(func: Func): Func {
  const waits = waitsOf(func);
  if (waits.size === 0) return func;
  const values = [
    ...func.parameters.map(({ value }) => value),
    ...func.body.flatMap(({ results }) => results),
  ];
  let next = 1 + Math.max(...values.map(({ id }) => id));
  const replaced = new Map<number, Value>();
  const current = (value: Value): Value => replaced.get(value.id) ?? value;
  const body: AnyOp[] = [];
  for (const op of func.body) {
    body.push({ ...op, operands: op.operands.map(current) });
    for (const result of op.results) {
      for (const { old, read } of waits.get(result.id) ?? []) {
        const { ops, value } = after(old, current(result), current(read), () => next++);
        body.push(...ops.map((each) => (op.origin === undefined ? each : { ...each, origin: op.origin })));
        replaced.set(result.id, value);
      }
    }
  }
  return { ...func, body, results: func.results.map(({ name, value }) => ({ name, value: current(value) })) };
}

/** A weight, and a product that reads it. */
interface Wait {
  readonly old: Value;
  readonly read: Value;
}

/** By the new value: what stands before it and does not go into it. */
function waitsOf(func: Func): ReadonlyMap<number, readonly Wait[]> {
  const makers = new Map(func.body.flatMap((op, place) => op.results.map(({ id }) => [id, { op, place }])));
  const waits = new Map<number, readonly Wait[]>();
  func.writes.forEach((name, i) => {
    const read = func.reads.indexOf(name);
    const [old, made] = [func.parameters[read]?.value, at(func.results, i).value];
    const maker = makers.get(made.id);
    if (read < 0 || old === undefined || maker === undefined || waits.has(made.id)) return;
    if (old.type.dtype !== "f32" || sizeOf(old.type.shape) < LEAST) return;
    const before = func.body.slice(0, maker.place);
    const products = productsOf(old, before);
    if (products.length === 0) return;
    const inside = intoThat(maker.op, makers);
    const waiting = products.filter(({ id }) => !inside.has(id)).map((value) => ({ old, read: value }));
    if (waiting.length > 0) waits.set(made.id, waiting);
  });
  return waits;
}

/** Of products that read the value, in order. */
function productsOf(value: Value, body: readonly AnyOp[]): readonly Value[] {
  const views = new Set([value.id]);
  const products: Value[] = [];
  for (const { name, operands, results } of body) {
    if (!operands.some(({ id }) => views.has(id))) continue;
    if (VIEWS.has(name)) for (const { id } of results) views.add(id);
    if (PRODUCTS.has(name)) products.push(...results.filter(({ type }) => isNumbers(type)));
  }
  return products;
}

function isNumbers({ dtype, shape }: TensorType): boolean {
  return dtype === "f32" && sizeOf(shape) > 0;
}

/** The ids of all values that go into an operation. */
function intoThat(last: AnyOp, makers: ReadonlyMap<number, { readonly op: AnyOp }>): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [last];
  for (let op = open.pop(); op !== undefined; op = open.pop()) {
    for (const { id } of op.operands) {
      if (found.has(id)) continue;
      found.add(id);
      const maker = makers.get(id);
      if (maker !== undefined) open.push(maker.op);
    }
  }
  return found;
}

/** `made`, in operations that come after `read`. */
function after(
  old: Value,
  made: Value,
  read: Value,
  nextId: () => number,
): { readonly ops: readonly AnyOp[]; readonly value: Value } {
  const value = (type: TensorType): Value => ({ id: nextId(), type });
  const { shape } = read.type;
  const [element, number, zero] = [
    value(
      tensor(
        "f32",
        shape.map(() => 1),
      ),
    ),
    value(tensor("f32")),
    value(tensor("f32")),
  ];
  const [less, more, never] = [value(tensor("pred")), value(tensor("pred")), value(tensor("pred"))];
  const [everywhere, chosen] = [value(tensor("pred", made.type.shape)), value(made.type)];
  const [start, limit, strides] = [shape.map(() => 0), shape.map(() => 1), shape.map(() => 1)];
  const ops: readonly AnyOp[] = [
    { name: "slice", operands: [read], attributes: { start, limit, strides }, results: [element] },
    { name: "reshape", operands: [element], attributes: { shape: [] }, results: [number] },
    { name: "constant", operands: [], attributes: { type: zero.type, values: [0] }, results: [zero] },
    { name: "compare", operands: [number, zero], attributes: { direction: "LT" }, results: [less] },
    { name: "compare", operands: [number, zero], attributes: { direction: "GT" }, results: [more] },
    { name: "and", operands: [less, more], attributes: {}, results: [never] },
    {
      name: "broadcast_in_dim",
      operands: [never],
      attributes: { shape: made.type.shape, dimensions: [] },
      results: [everywhere],
    },
    { name: "select", operands: [everywhere, old, made], attributes: {}, results: [chosen] },
  ];
  return { ops, value: chosen };
}
