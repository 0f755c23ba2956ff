// A program for tests and measurements: a dense network with ReLU, mean absolute error and Adam, as the
// compiler would build it.

import {
  Builder,
  type Func,
  type FuncKind,
  gradients,
  type Program,
  type StateVariable,
  tensor,
  type Value,
} from "@netwright/ir";

interface Built {
  readonly b: Builder;
  readonly state: ReadonlyMap<string, Value>;
}

export interface DenseSettings {
  /** Of the layers, input first: [8, 512, 512, 512, 1]. */
  readonly widths: readonly number[];
  /** Batch sizes of step, predict and evaluate. */
  readonly batches: readonly number[];
}

const BETA_1 = 0.9;
const BETA_2 = 0.999;

export function denseProgram({ widths, batches }: DenseSettings): Program {
  const weights: StateVariable[] = widths.slice(1).flatMap((units, i): StateVariable[] => [
    { name: `dense_${i}.kernel`, role: "weight", type: tensor("f32", [widths[i] ?? 0, units]) },
    { name: `dense_${i}.bias`, role: "weight", type: tensor("f32", [units]) },
  ]);
  const slots = weights.flatMap(({ name, type }): StateVariable[] => [
    { name: `${name}.m`, role: "slot", type },
    { name: `${name}.v`, role: "slot", type },
  ]);
  const state: StateVariable[] = [
    ...weights,
    ...slots,
    { name: "step", role: "counter", type: tensor("i32") },
  ];

  const begin = (): Built => {
    const b = new Builder();
    return { b, state: new Map(state.map(({ name, type }) => [name, b.read(name, type)])) };
  };
  const get = (values: ReadonlyMap<string, Value>, name: string): Value => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`no ${name}`);
    return value;
  };
  const forward = ({ b, state: values }: Built, x: Value): Value => {
    let h = x;
    for (let i = 0; i + 1 < widths.length; i++) {
      const product = b.matmul(h, get(values, `dense_${i}.kernel`));
      h = b.add(product, b.broadcastInDim(get(values, `dense_${i}.bias`), product.type.shape, [1]));
      if (i + 2 < widths.length) h = b.maximum(h, b.like(h, 0));
    }
    return h;
  };
  const [inputs = 0, outputs = 0] = [widths[0], widths[widths.length - 1]];
  const finish = (
    { b }: Built,
    kind: FuncKind,
    batch: number,
    results: readonly (readonly [string, Value])[],
    writes: readonly (readonly [string, Value])[] = [],
  ): Func => {
    const named = (list: typeof results) => list.map(([name, value]) => ({ name, value }));
    return b.finish(`${kind}_${batch}`, kind, batch, named(results), named(writes));
  };

  const step = (batch: number): Func => {
    const built = begin();
    const { b } = built;
    const x = b.parameter("x", tensor("f32", [batch, inputs]));
    const y = b.parameter("y", tensor("f32", [batch, outputs]));
    const loss = b.mean(b.abs(b.subtract(forward(built, x), y)));
    const values = weights.map(({ name }) => get(built.state, name));
    const grads = gradients(b, loss, values);
    const next = new Map<string, Value>();
    const count = b.add(get(built.state, "step"), b.scalar(1, "i32"));
    next.set("step", count);
    const t = b.convert(count, "f32");
    const rest = (beta: number) => b.subtract(b.scalar(1), b.power(b.scalar(beta), t));
    const rate = b.multiply(b.scalar(0.001), b.divide(b.sqrt(rest(BETA_2)), rest(BETA_1)));
    for (const [i, { name, type }] of weights.entries()) {
      const [w, g] = [values[i], grads[i]];
      if (w === undefined || g === undefined) throw new Error(name);
      const average = (slot: string, term: Value, beta: number): Value => {
        const old = get(built.state, `${name}.${slot}`);
        const value = b.add(b.multiply(old, b.like(old, beta)), b.multiply(term, b.like(old, 1 - beta)));
        next.set(`${name}.${slot}`, value);
        return value;
      };
      const m = average("m", g, BETA_1);
      const v = average("v", b.multiply(g, g), BETA_2);
      const move = b.divide(b.multiply(b.spread(rate, type.shape), m), b.add(b.sqrt(v), b.like(v, 1e-7)));
      next.set(name, b.subtract(w, move));
    }
    return finish(built, "step", batch, [["loss", loss]], [...next]);
  };

  const predict = (batch: number): Func => {
    const built = begin();
    const x = built.b.parameter("x", tensor("f32", [batch, inputs]));
    return finish(built, "predict", batch, [["prediction", forward(built, x)]]);
  };

  const evaluate = (batch: number): Func => {
    const built = begin();
    const { b } = built;
    const x = b.parameter("x", tensor("f32", [batch, inputs]));
    const y = b.parameter("y", tensor("f32", [batch, outputs]));
    const prediction = forward(built, x);
    const weight = b.parameter("weight", tensor("f32", [batch]));
    const losses = b.reshape(b.abs(b.subtract(prediction, y)), [batch]);
    return finish(built, "evaluate", batch, [
      ["loss_sum", b.sum(b.multiply(losses, weight))],
      ["weight_sum", b.sum(weight)],
      ["prediction", prediction],
    ]);
  };

  const init = (): Func => {
    const b = new Builder();
    const seed = b.parameter("seed", tensor("u32"));
    const words = [seed, ...[0, 0, 0, 0, 0].map(() => b.scalar(0, "u32"))];
    let random = b.concatenate(
      words.map((word) => b.reshape(word, [1])),
      0,
    );
    const writes = state.map(({ name, type }) => {
      if (!name.endsWith(".kernel")) return [name, b.fill(type, 0)] as const;
      const { state: following, bits } = b.randomBits(random, type.shape);
      random = following;
      const unit = b.multiply(b.convert(bits, "f32"), b.fill(type, 2 ** -32));
      const limit = Math.sqrt(6 / ((type.shape[0] ?? 1) + (type.shape[1] ?? 1)));
      return [name, b.multiply(b.subtract(unit, b.fill(type, 0.5)), b.fill(type, 2 * limit))] as const;
    });
    return finish({ b, state: new Map() }, "init", 0, [], writes);
  };

  return {
    name: "dense",
    state,
    functions: [init(), ...batches.flatMap((batch) => [step(batch), predict(batch), evaluate(batch)])],
  };
}
