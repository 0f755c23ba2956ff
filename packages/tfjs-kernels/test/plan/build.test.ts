import { describe, expect, test } from "@jest/globals";
import { Builder, type Func, tensor, type Value } from "@netwright/ir";
import type { Profile } from "@netwright/tfjs-kernels";
import { buildPlan } from "../../src/plan/build.ts";
import { disposePlan, runPlan } from "../../src/plan/run.ts";
import { cpuDevice, cpuProfile } from "../cpu-backend.ts";

/** As on a backend that takes no transposed operands. */
const explicit: Profile = { ...cpuProfile, transposedOperands: "explicit", fusedProduct: "none" };

interface Parameter {
  readonly shape: readonly number[];
  readonly isOwned?: boolean;
}

function func(
  parameters: readonly Parameter[],
  body: (b: Builder, values: readonly Value[]) => readonly Value[],
): Func {
  const b = new Builder();
  const values = parameters.map(({ shape }, i) => b.parameter(`p${i}`, tensor("f32", shape)));
  const results = body(b, values).map((value, i) => ({ name: `r${i}`, value }));
  return b.finish("test", "predict", 0, results);
}

/** Names of the instructions, and the results for parameters that count 1, 2, 3 ... */
function run(
  parameters: readonly Parameter[],
  body: (b: Builder, values: readonly Value[]) => readonly Value[],
  profile: Profile = cpuProfile,
) {
  const device = cpuDevice(profile);
  const built = func(parameters, body);
  const before = device.backend.numDataIds();
  const plan = buildPlan(
    built,
    device,
    parameters.map(({ isOwned = true }) => isOwned),
  );
  const inputs = built.parameters.map(({ value: { type } }) => {
    const size = type.shape.reduce((a, n) => a * n, 1);
    return device.upload(
      type,
      Float32Array.from({ length: size }, (_, i) => i + 1),
    ).dataId;
  });
  const outputs = runPlan(plan, device, inputs);
  const results = plan.results.map(({ ref }, i) => {
    const dataId = outputs[i];
    if (dataId === undefined) throw new Error(`no result ${i}`);
    return [...device.download({ dataId, shape: [...ref.type.shape], dtype: "float32" }, ref.type)];
  });
  for (const dataId of outputs) device.release(dataId);
  for (const [i, dataId] of inputs.entries()) if (parameters[i]?.isOwned === false) device.release(dataId);
  disposePlan(plan, device);
  return { names: plan.steps.map(({ name }) => name), results, left: device.backend.numDataIds() - before };
}

describe("what costs nothing", () => {
  test("broadcasts before arithmetic, filled constants and reshapes run nothing", () => {
    const { names, results, left } = run(
      [{ shape: [2, 3] }, { shape: [3] }, { shape: [2] }],
      (b, [x, row, column]) => {
        if (x === undefined || row === undefined || column === undefined) throw new Error("parameters");
        const spread = b.add(b.broadcastInDim(row, [2, 3], [1]), b.broadcastInDim(column, [2, 3], [0]));
        return [b.reshape(b.multiply(b.add(x, spread), b.like(x, 10)), [6])];
      },
    );
    // The row and the column are added to one another at the size of the result, the rest adds nothing.
    expect(names).toEqual(["Add", "Add", "Multiply", "host:copy"]);
    expect(results).toEqual([[30, 50, 70, 70, 90, 110]]);
    expect(left).toBe(0);
  });

  test("transposes that move only dimensions of size 1 run nothing", () => {
    const { names } = run([{ shape: [4, 1] }], (b, [x]) => (x ? [b.negate(b.transpose(x, [1, 0]))] : []));
    expect(names).toEqual(["Neg"]);
  });
});

describe("ownership", () => {
  const shapes = [{ shape: [2] }, { shape: [2] }];

  test("an owned parameter that nothing reads is freed", () => {
    expect(run(shapes, (b, [x]) => (x ? [b.negate(x)] : [])).left).toBe(0);
  });

  test("an owned parameter can be a result, also several times", () => {
    const { names, results, left } = run(shapes, (_, [x, y]) => (x && y ? [y, x, x] : []));
    expect(names).toEqual([]);
    expect(results).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(left).toBe(0);
  });

  test("a parameter that is not owned survives, also as a result", () => {
    const kept = shapes.map((shape) => ({ ...shape, isOwned: false }));
    expect(run(kept, (b, [x, y]) => (x && y ? [x, b.add(x, y)] : [])).left).toBe(0);
  });

  test("a constant can be a result", () => {
    const { results, left } = run(shapes, (b, [x]) => (x ? [b.like(x, 7), b.like(x, 7)] : []));
    expect(results).toEqual([
      [7, 7],
      [7, 7],
    ]);
    expect(left).toBe(0);
  });
});

describe("products", () => {
  const dot = { lhsBatching: [], rhsBatching: [] } as const;

  test("transposed operands become flags where the kernel takes them", () => {
    const { names, results } = run([{ shape: [3, 2] }, { shape: [2, 3] }], (b, [x, y]) =>
      x && y ? [b.dotGeneral(x, y, { ...dot, lhsContracting: [0], rhsContracting: [1] })] : [],
    );
    expect(names).toEqual(["BatchMatMul"]);
    expect(results).toEqual([[22, 49, 28, 64]]);
  });

  test("elsewhere the larger matrix is neither transposed nor packed: g W^T as (W g^T)^T", () => {
    const { names, results } = run(
      [{ shape: [2, 3] }, { shape: [5, 3] }],
      (b, [g, w]) =>
        g && w ? [b.dotGeneral(g, w, { ...dot, lhsContracting: [1], rhsContracting: [1] })] : [],
      explicit,
    );
    expect(names).toEqual(["Transpose", "BatchMatMul", "Transpose"]);
    expect(results).toEqual([[14, 32, 50, 68, 86, 32, 77, 122, 167, 212]]);
  });

  test("x^T g transposes the smaller x, and x W nothing", () => {
    const backward = run(
      [{ shape: [4, 2] }, { shape: [4, 3] }],
      (b, [x, g]) =>
        x && g ? [b.dotGeneral(x, g, { ...dot, lhsContracting: [0], rhsContracting: [0] })] : [],
      explicit,
    );
    expect(backward.names).toEqual(["Transpose", "BatchMatMul"]);
    expect(backward.results).toEqual([[118, 134, 150, 140, 160, 180]]);
    const forward = run(
      [{ shape: [2, 3] }, { shape: [3, 3] }],
      (b, [x, w]) => (x && w ? [b.matmul(x, w)] : []),
      explicit,
    );
    expect(forward.names).toEqual(["BatchMatMul"]);
  });

  test("a second operand under another shape than its own is copied first", () => {
    const { names } = run(
      [{ shape: [1, 3] }, { shape: [2, 3] }],
      (b, [x, w]) => (x && w ? [b.matmul(x, b.reshape(w, [3, 2]))] : []),
      explicit,
    );
    expect(names).toEqual(["host:copy", "BatchMatMul"]);
  });
});

describe("dense layers", () => {
  const layer = [{ shape: [2, 3] }, { shape: [3, 2] }, { shape: [2] }];
  const sum = (b: Builder, [x, w, bias]: readonly Value[]): Value => {
    if (x === undefined || w === undefined || bias === undefined) throw new Error("parameters");
    const product = b.matmul(x, w);
    return b.add(b.broadcastInDim(bias, product.type.shape, [1]), product);
  };
  const relu = (b: Builder, x: Value): Value => b.maximum(x, b.like(x, 0));
  const subtracted = (b: Builder, values: readonly Value[]): readonly Value[] => [
    relu(b, b.negate(sum(b, values))),
  ];

  test("are one kernel with bias and relu", () => {
    const { names, results } = run(layer, (b, values) => [relu(b, sum(b, values))]);
    expect(names).toEqual(["_FusedMatMul"]);
    expect(results).toEqual([[23, 30, 50, 66]]);
  });

  test("keep relu apart where the kernel would change NaN", () => {
    const profile: Profile = { ...cpuProfile, fusedProduct: "bias" };
    expect(run(layer, (b, values) => [relu(b, sum(b, values))], profile).names).toEqual([
      "_FusedMatMul",
      "Relu",
    ]);
  });

  test("keep relu apart where the sum has another use or something lies between", () => {
    const twice = run(layer, (b, values) => {
      const z = sum(b, values);
      return [relu(b, z), z];
    });
    expect(twice.names).toEqual(["_FusedMatMul", "Relu"]);
    expect(run(layer, subtracted).names).toEqual(["_FusedMatMul", "Neg", "Relu"]);
  });

  test("are not fused where the product has another use", () => {
    const { names } = run(layer, (b, [x, w, bias]) => {
      if (x === undefined || w === undefined || bias === undefined) throw new Error("parameters");
      const product = b.matmul(x, w);
      return [b.add(product, b.broadcastInDim(bias, [2, 2], [1])), product];
    });
    expect(names).toEqual(["BatchMatMul", "Add"]);
  });

  test("a bias for the rows is none", () => {
    const { names, results } = run(layer, (b, [x, w, bias]) => {
      if (x === undefined || w === undefined || bias === undefined) throw new Error("parameters");
      return [b.add(b.matmul(x, w), b.broadcastInDim(bias, [2, 2], [0]))];
    });
    expect(names).toEqual(["BatchMatMul", "Add"]);
    expect(results).toEqual([[23, 29, 51, 66]]);
  });
});
