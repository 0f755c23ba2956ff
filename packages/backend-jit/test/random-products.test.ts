// Random steps of several products each, of equal and of other shapes, from operands that lie in either order, are shared
// or replaced; what follows each of them reads biases, masks, earlier products and states that it writes over. On one thread
// and on several, they give the bits of the reference.

import { expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { at, Builder, type Program, type TensorType, tensor, type Value } from "@netwright/ir";
import { type Backend, compile } from "@netwright/runtime";
import fc from "fast-check";
import { jitBackend } from "../src/jit-backend.ts";
import { numbers } from "./models.ts";
import { oneByOne } from "./threads/one-by-one.ts";

/** The same programs on every run; other seeds are for looking further by hand. */
const RUNS = { seed: 404, numRuns: 800 };

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
}

/** What is done with the sums, one after the other; numbers pick what is read. */
const AFTER = ["bias", "column", "old", "new", "earlier", "mask", "replace", "scale"] as const;

interface Step {
  /** Of the shapes of the program, and of the same with as many rows as the first and one. */
  readonly shape: number;
  /** How many products of that shape there are, one below the other. */
  readonly batch: number;
  readonly left: "plain" | "turned" | "state" | "row";
  readonly right: "plain" | "turned" | "shared" | "column";
  readonly after: readonly { readonly kind: (typeof AFTER)[number]; readonly pick: number }[];
}

interface Steps {
  readonly isFused: boolean;
  readonly shapes: readonly Shape[];
  readonly steps: readonly Step[];
}

const size = (most: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: most }));

const steps: fc.Arbitrary<Steps> = fc.record({
  isFused: fc.boolean(),
  shapes: fc.array(fc.record({ rows: size(70), columns: size(40), inner: size(80) }), {
    minLength: 1,
    maxLength: 2,
  }),
  steps: fc.array(
    fc.record({
      shape: fc.nat(3),
      batch: fc.constantFrom(1, 1, 1, 2, 3),
      left: fc.constantFrom("plain", "plain", "turned", "state", "row"),
      right: fc.constantFrom("plain", "plain", "turned", "shared", "column"),
      after: fc.array(fc.record({ kind: fc.constantFrom(...AFTER), pick: fc.nat(7) }), { maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

/** Rows of `lhs` with a matrix of their own each. */
function inBatch(b: Builder, batch: number, lhs: Value, rhs: Value): Value {
  const [rows = 0, inner = 0] = lhs.type.shape;
  const product = b.dotGeneral(b.reshape(lhs, [batch, rows / batch, inner]), rhs, {
    lhsBatching: [0],
    rhsBatching: [0],
    lhsContracting: [2],
    rhsContracting: [1],
  });
  return b.reshape(product, [rows, at(rhs.type.shape, 2)]);
}

interface Built {
  readonly program: Program;
  readonly state: ReadonlyMap<string, Float32Array>;
}

function programOf({ shapes, steps: all, isFused }: Steps): Built {
  const b = new Builder();
  const types = new Map<string, TensorType>();
  const read = (name: string, shape: readonly number[]): Value => {
    types.set(name, tensor("f32", shape));
    return b.read(name, tensor("f32", shape));
  };
  const [first] = shapes;
  if (first === undefined) throw new Error("there is a shape");
  const variants = [...shapes, ...shapes.map((shape) => ({ ...shape, rows: first.rows + 1 }))];
  const shared = new Map<string, Value>();
  const results: Value[] = [];
  const writes: { name: string; value: Value }[] = [];
  all.forEach(({ shape, batch, left, right, after }, i) => {
    const { rows: each, columns, inner } = variants[shape % variants.length] ?? first;
    const rows = batch * each;
    const once = (name: string, sizes: readonly number[]): Value => {
      const known = shared.get(name) ?? read(name, sizes);
      shared.set(name, known);
      return known;
    };
    const lhs = {
      plain: () => once(`x_${rows}_${inner}`, [rows, inner]),
      turned: () => b.transpose(read(`x${i}`, [inner, rows]), [1, 0]),
      state: () => read(`x${i}`, [rows, inner]),
      row: () => b.slice(read(`x${i}`, [rows + 3, inner]), [2, 0], [rows + 2, inner]),
    }[left]();
    const rhs = {
      plain: () => read(`w${i}`, [inner, columns]),
      turned: () => b.transpose(read(`w${i}`, [columns, inner]), [1, 0]),
      shared: () => once(`w_${inner}_${columns}`, [inner, columns]),
      column: () => b.slice(read(`w${i}`, [inner, columns + 5]), [0, 1], [inner, columns + 1]),
    }[right]();
    const others: { name: string; old: Value; next: Value }[] = [0, 1, 2].map((k) => {
      const old = read(`s${i}_${k}`, [rows, columns]);
      return { name: `s${i}_${k}`, old, next: old };
    });
    let value =
      batch === 1 ? b.matmul(lhs, rhs) : inBatch(b, batch, lhs, read(`v${i}`, [batch, inner, columns]));
    for (const { kind, pick } of after) {
      const other = others[pick % others.length];
      if (other === undefined) throw new Error("there are states");
      const fitting = results.filter(
        ({ type: { shape: found } }) => found[0] === rows && found[1] === columns,
      );
      const spread = (name: string, length: number, dimension: number): Value =>
        b.broadcastInDim(once(`${name}_${length}`, [length]), [rows, columns], [dimension]);
      if (kind === "bias") value = b.add(value, spread("bias", columns, 1));
      else if (kind === "column") value = b.multiply(value, spread("column", rows, 0));
      else if (kind === "old") value = b.add(value, other.old);
      else if (kind === "new") value = b.subtract(value, other.next);
      else if (kind === "earlier") value = b.add(value, fitting[pick % fitting.length] ?? other.old);
      else if (kind === "mask") value = b.select(b.compare(other.old, "LT", value), value, other.next);
      else if (kind === "replace")
        other.next = b.add(
          b.multiply(other.old, b.like(other.old, 0.5)),
          pick % 2 === 0 ? value : other.next,
        );
      else value = b.multiply(value, b.like(value, 0.75));
    }
    results.push(value);
    writes.push(...others.map(({ name, next }) => ({ name, value: next })));
    writes.push({ name: `r${i}`, value: b.add(value, b.multiply(read(`r${i}`, [rows, columns]), value)) });
  });
  const program: Program = {
    name: "products",
    ...(isFused && { numerics: "fused" as const }),
    state: [...types].map(([name, type]) => ({ name, role: "weight", type })),
    functions: [b.finish("step", "step", 1, [{ name: "loss", value: b.scalar(0) }], writes)],
  };
  return {
    program,
    state: new Map(
      [...types].map(([name, { shape }], i) => [
        name,
        numbers(
          shape.reduce((product, each) => product * each, 1),
          17 * i,
        ),
      ]),
    ),
  };
}

async function compare(backend: Backend, { program, state }: Built): Promise<void> {
  const [ours, reference] = [await compile(backend, program), await compile(referenceBackend, program)];
  for (const executable of [ours, reference]) {
    executable.writeState(state);
    for (let i = 0; i < 2; i++) executable.step({ rows: 1, feeds: {} });
  }
  expect(ours.readState()).toEqual(reference.readState());
  ours.dispose();
}

test.each([1, 2, 3])("products on threads: %i", async (threads) => {
  const backend = threads === 1 ? jitBackend : oneByOne(threads);
  await fc.assert(
    fc.asyncProperty(steps, (some) => compare(backend, programOf(some))),
    RUNS,
  );
});
