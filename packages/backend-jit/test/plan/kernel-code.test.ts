// Which kernels share their code: equal layers do, whatever their arrays; nothing that makes other instructions does.

import { expect, test } from "@jest/globals";
import { inline, optimize } from "@netwright/ir";
import type { MapKernel } from "../../src/kernels/map.ts";
import type { Kernel } from "../../src/kernels/table.ts";
import { kernelCode } from "../../src/plan/kernel-code.ts";
import { planProgram } from "../../src/plan/plan.ts";
import type { Share } from "../../src/threads/share.ts";
import { programOf } from "../models.ts";

const program = programOf(
  { inputs: 8, flow: "repeat 4 { dense(16, relu) }\n dense(1)", train: "loss: mae\n optimizer: adam" },
  { step: [8] },
);
const kernels = planProgram(optimize(inline(program)), { keepsOrder: false }).functions.flatMap((func) =>
  func.func.kind === "step" ? func.kernels.map(({ kernel }) => kernel) : [],
);
const codeOf = (
  kernel: Kernel,
  share?: Share,
  placeOf: (buffer: number) => number | undefined = () => undefined,
) => kernelCode(kernel, share, { keepsOrder: false }, placeOf);
const keyOf = (kernel: Kernel) => codeOf(kernel).key;

test("three equal layers have the code of one, forwards and backwards", () => {
  const products = kernels.filter((kernel) => kernel.kind === "contraction" && kernel.inner === 16);
  const keys = products.map(keyOf);
  expect(keys.length).toBeGreaterThan(new Set(keys).size + 3);
});

test("buffers are numbered as the key has them", () => {
  for (const kernel of kernels) {
    const { key, symbols, numbers } = codeOf(kernel);
    expect(new Set(symbols.values()).size).toBe(symbols.size);
    const moved = JSON.parse(JSON.stringify(kernel), (name, value) =>
      ["buffer", "result", "operand", "source", "fill"].includes(name) && typeof value === "number"
        ? value + 1000
        : name === "stores"
          ? value.map((buffer: number) => buffer + 1000)
          : value,
    ) as Kernel;
    const other = codeOf(moved);
    expect(other).toMatchObject({ key, numbers });
    expect([...other.symbols]).toEqual([...symbols].map(([buffer, symbol]) => [buffer + 1000, symbol]));
  }
});

test("arrays in one place are one symbol, and where a product writes over what it reads rows are not done twice", () => {
  const masked = kernels.filter(
    (kernel) => kernel.kind === "contraction" && kernel.body.ops.some(({ op }) => op.name === "select"),
  );
  for (const kernel of masked) {
    const apart = codeOf(kernel, undefined, (buffer) => 64 * buffer);
    const together = codeOf(kernel, undefined, () => 0);
    expect(new Set(apart.symbols.values()).size).toBe(apart.symbols.size);
    expect(new Set(together.symbols.values())).toEqual(new Set([0]));
    expect(together.key).not.toBe(apart.key);
  }
  expect(masked.length).toBeGreaterThan(0);
});

test("0 and -0, infinities and NaN are different constants; a share is part of it", () => {
  const [map] = kernels.filter((kernel): kernel is MapKernel => kernel.kind === "map");
  if (map === undefined) throw new Error("a step has a map");
  const [op] = map.body.ops;
  if (op === undefined) throw new Error("a map has an operation");
  const withConstant = (value: number): MapKernel => ({
    ...map,
    body: { ...map.body, ops: [{ ...op, inputs: [{ kind: "constant", dtype: "f32", value }] }] },
  });
  const keys = [0, -0, 1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value) =>
    keyOf(withConstant(value)),
  );
  expect(new Set(keys).size).toBe(keys.length);
  expect(codeOf(map, { by: "rows", units: 2, size: 1 }).key).not.toBe(keyOf(map));
});

test("products of a batch and of another one with another number of rows are one code with other numbers", () => {
  const products = (rows: number) =>
    planProgram(
      optimize(
        inline(
          programOf({ inputs: 8, flow: "dense(16, relu)\n dense(16)", train: "loss: mse" }, { step: [rows] }),
        ),
      ),
      { keepsOrder: false },
    ).functions.flatMap((func) =>
      func.func.kind === "step"
        ? func.kernels.flatMap(({ kernel }) => (kernel.kind === "contraction" ? [codeOf(kernel)] : []))
        : [],
    );
  const [batch, other, odd] = [products(128), products(96), products(81)];
  expect(batch.length).toBeGreaterThan(3);
  for (const others of [other, odd]) {
    const shared = batch.filter(({ key }, i) => key === others[i]?.key);
    // The gradient of the loss has one over the number of rows in it.
    expect(shared.length).toBe(batch.length - 1);
  }
  expect(other.map(({ numbers }) => numbers)).not.toEqual(batch.map(({ numbers }) => numbers));
});
