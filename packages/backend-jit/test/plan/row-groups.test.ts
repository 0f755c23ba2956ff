// Kernels over the same rows become one, with the bits that they have one by one, whatever their rows and on any number of threads.

import { describe, expect, test } from "@jest/globals";
import { referenceBackend, type Tensor, tensorOf } from "@netwright/backend-reference";
import {
  Builder,
  expand,
  gradients,
  optimize,
  type Program,
  sizeOf,
  tensor,
  type Value,
} from "@netwright/ir";
import { compile } from "@netwright/runtime";
import { graphProgram } from "../../../conformance/src/ops/graph.ts";
import { checkGraph } from "../../../conformance/src/ops/op-case.ts";
import { createJitBackend, jitBackend } from "../../src/jit-backend.ts";
import { hasLowering } from "../../src/plan/lowering/table.ts";
import { planProgram } from "../../src/plan/plan.ts";

/** Of mixed sizes and signs, so that sums depend on their order. */
function numbers(...shape: readonly number[]): Tensor {
  const values = Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i * 12.9898) * 2 ** (i % 4));
  return tensorOf(tensor("f32", shape), values);
}

type Build = (b: Builder, values: readonly Value[]) => readonly Value[];

const first = (values: readonly Value[]): Value => {
  const [value] = values;
  if (value === undefined) throw new Error("there is no operand");
  return value;
};

function softmax(b: Builder, x: Value): Value {
  const { shape } = x.type;
  const spread = (of: Value) => b.broadcastInDim(of, shape, [0]);
  const e = b.exponential(b.subtract(x, spread(b.stopGradient(b.reduce(x, "max", [1])))));
  return b.divide(e, spread(b.sum(e, [1])));
}

function normalised(b: Builder, x: Value, scale: Value): Value {
  const { shape } = x.type;
  const spread = (of: Value) => b.broadcastInDim(of, shape, [0]);
  const share = (of: Value) => b.multiply(of, b.like(of, 1 / (shape[1] ?? 1)));
  const centred = b.subtract(x, spread(share(b.sum(x, [1]))));
  const variance = share(b.sum(b.multiply(centred, centred), [1]));
  const length = b.sqrt(b.add(variance, b.like(variance, 1e-3)));
  return b.multiply(b.divide(centred, spread(length)), b.broadcastInDim(scale, shape, [1]));
}

/** With the gradient of a loss that weighs each element in its own way. */
function withGradient(of: (b: Builder, values: readonly Value[]) => Value): Build {
  return (b, values) => {
    const [x, weights] = values;
    if (x === undefined || weights === undefined) throw new Error("there are no weights");
    const y = of(b, values);
    const loss = b.sum(b.multiply(y, weights), [0, 1]);
    return [y, loss, ...gradients(b, loss, [x])];
  };
}

const builds: Readonly<Record<string, Build>> = {
  softmax: withGradient((b, values) => softmax(b, first(values))),
  "a normalisation": withGradient((b, [x, , scale]) => {
    if (x === undefined || scale === undefined) throw new Error("there is no scale");
    return normalised(b, x, scale);
  }),
};

const sharing = { line: 4, costs: { kernel: 0, call: 0 } };

describe.each(Object.entries(builds))("%s", (_, build) => {
  test.each([
    [4, 3],
    [5, 17],
    [8, 64],
    [13, 520],
    [37, 1030],
    [300, 5],
    [270, 64],
  ])("%i rows of %i", async (rows, width) => {
    const operands = [numbers(rows, width), numbers(rows, width), numbers(width)];
    for (const threads of [1, 2, 3]) {
      const backend = createJitBackend({ sharing, prompt: true });
      const load: typeof backend.load = (program) => backend.load(program, { threads });
      await checkGraph({ ...backend, load }, "rows", { operands, build }, "exact", {});
    }
  });
});

function kernelsOf(operands: readonly Tensor[], build: Build) {
  const program = optimize(expand(graphProgram({ operands, build }), hasLowering));
  const { functions } = planProgram(program, { keepsOrder: false });
  return functions.flatMap(({ kernels }) => kernels.map(({ kernel }) => kernel));
}

test("a softmax is one kernel that keeps all but its result to itself", () => {
  const kernels = kernelsOf([numbers(32, 64)], (b, values) => [softmax(b, first(values))]);
  const [rows] = kernels.filter(({ kind }) => kind === "rows");
  expect(kernels.filter(({ kind }) => kind === "map" || kind === "reduce")).toEqual([]);
  if (rows?.kind !== "rows") throw new Error("there is no kernel of rows");
  expect(rows.kernels.map(({ kind }) => kind)).toEqual(["pass", "pass", "map"]);
  expect([...rows.inside.values()].sort((a, b) => a - b)).toEqual([1, 1, 64]);
});

test("what others read of its inside takes nothing out of a normalisation", async () => {
  const operands = [numbers(32, 64), numbers(64)];
  const build: Build = (b, [x, scale]) => {
    if (x === undefined || scale === undefined) throw new Error("there is no scale");
    const spread = (of: Value) => b.broadcastInDim(of, [32, 64], [0]);
    const share = (of: Value) => b.multiply(of, b.like(of, 1 / 64));
    const centred = b.subtract(x, spread(share(b.sum(x, [1]))));
    const variance = share(b.sum(b.multiply(centred, centred), [1]));
    // As a gradient reads what is centred.
    return [
      b.multiply(b.divide(centred, spread(b.sqrt(variance))), b.broadcastInDim(scale, [32, 64], [1])),
      centred,
    ];
  };
  await checkGraph(jitBackend, "rows", { operands, build }, "exact", {});
  const kinds = kernelsOf(operands, build).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind !== "move")).toEqual(["rows"]);
});

test("what waits for the whole array is not in it", async () => {
  const operands = [numbers(32, 64)];
  const build: Build = (b, values) => {
    const x = first(values);
    const rows = b.sum(b.exponential(x), [1]);
    const all = b.broadcastInDim(b.sum(rows, [0]), [32], []);
    return [b.subtract(x, b.broadcastInDim(b.multiply(rows, all), [32, 64], [0]))];
  };
  await checkGraph(jitBackend, "rows", { operands, build }, "exact", {});
  const kinds = kernelsOf(operands, build).map(({ kind }) => kind);
  expect(kinds.slice(0, 3)).toEqual(["rows", "reduce", "map"]);
});

test("what a copy in another order is made of comes before it, also where both read the state that is replaced", async () => {
  const type = tensor("f32", [4, 4]);
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [1, 1]));
  const s = b.read("s", type);
  const turned = b.tanh(b.transpose(s, [1, 0]));
  const most = b.tanh(b.broadcastInDim(b.reduce(s, "max", [1]), [4, 4], [0]));
  const e = b.exponential(b.subtract(b.tanh(s), most));
  const shares = b.divide(e, b.broadcastInDim(b.sum(e, [1]), [4, 4], [0]));
  const writes = [{ name: "s", value: b.add(shares, turned) }];
  const program: Program = {
    name: "turned",
    state: [{ name: "s", role: "weight", type }],
    functions: [b.finish("step", "step", 1, [{ name: "loss", value: b.reshape(x, []) }], writes)],
  };
  const [ours, reference] = [await compile(jitBackend, program), await compile(referenceBackend, program)];
  const state = new Map([["s", Float32Array.from(numbers(4, 4).data)]]);
  for (const executable of [ours, reference]) {
    executable.writeState(state);
    for (let i = 0; i < 2; i++) executable.step({ rows: 1, feeds: { x: new Float32Array(1) } });
  }
  expect(ours.readState()).toEqual(reference.readState());
  ours.dispose();
});
