// What XLA's compiler has made of a step, read from the bytes that the CPU plugin 0.11.2 gave for it with two threads
// (`PJRT_Executable_OptimizedProgram`): dense(256, relu) -> dense(1) on two inputs, 128 rows, mse, sgd. Sizes and costs are held to
// those of the network.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import type { Func } from "@netwright/ir";
import { readHlo } from "../../src/node/explain/hlo.ts";
import { kernelsOf } from "../../src/node/explain/kernels.ts";
import { fieldsOf, numbersIn } from "../../src/node/explain/wire.ts";

const bytes = new Uint8Array(readFileSync(new URL("files/step_128.hlo.pb", import.meta.url)));

const state = ["dense_1.kernel", "dense_1.bias", "dense_2.kernel", "dense_2.bias", "step"];
const func: Func = {
  name: "step_128",
  kind: "step",
  batch: 128,
  reads: state,
  writes: ["step", ...state.slice(0, 4)],
  parameters: [],
  results: [],
  body: [],
};

/** Of the lines of the text that was compiled. */
const layers = new Map<number, string>();
for (const [layer, first, last] of [
  ["dense_1", 18, 22],
  ["dense_2", 23, 25],
  ["loss", 26, 35],
  ["dense_2", 36, 39],
  ["dense_1", 40, 44],
  ["optimizer", 45, 59],
] as const) {
  for (let line = first; line <= last; line++) layers.set(line, layer);
}

const kernels = kernelsOf(readHlo(bytes, "hlo_with_config"), { func, layers, threads: 2 });
const named = (name: string) => kernels.find((kernel) => kernel.name === name);

describe("the kernels of a compiled step", () => {
  test("are what its entry runs, but for names of values", () => {
    const kinds = kernels.map(({ kind }) => kind);
    const count = (kind: string) => kinds.filter((each) => each === kind).length;
    expect(["loop fusion", "ynn fusion", "dot", "copy"].map(count)).toEqual([14, 2, 3, 2]);
    expect(kernels).toHaveLength(21);
  });

  test("a product that a library computes has its sizes, its layer and its cost", () => {
    expect(named("ynn_fusion.1")).toMatchObject({
      kind: "ynn fusion",
      layers: ["dense_1"],
      ops: ["dot"],
      shape: [128, 256, 2],
      flops: 2 * 128 * 256 * 2,
      bytes: 4 * (128 * 2 + 2 * 256 + 128 * 256),
      threads: 2,
    });
  });

  test("a product of XLA's own whose line is lost is of the weights that it reads", () => {
    expect(named("dot.3")).toMatchObject({ kind: "dot", shape: [128, 1, 256], flops: 2 * 128 * 256 });
    expect(named("copy.2")).toMatchObject({
      kind: "copy",
      layers: ["dense_2"],
      flops: 0,
      bytes: 2 * 4 * 256,
    });
  });

  test("each variable of the state is written by one of them", () => {
    const written = kernels.flatMap(({ updates }) => updates);
    expect([...written].sort()).toEqual([...func.writes].sort());
    expect(named("multiply_subtract_fusion.2")).toMatchObject({
      layers: ["optimizer"],
      ops: ["multiply", "subtract"],
      updates: ["dense_1.kernel"],
      flops: 2 * 2 * 256,
    });
  });
});

test("products cost what the program says, whatever computes them", () => {
  // Forward, both gradients of the second layer, and that of the first kernel.
  const products = 2 * 128 * (2 * 256 + 256 + 256 + 2 * 256);
  const counted = kernels.filter(({ ops }) => ops.includes("dot")).reduce((sum, { flops }) => sum + flops, 0);
  expect(counted).toBe(products);
});

test("a loop counts as often as it runs, where the compiler knows it", () => {
  const text = (number: number, value: string) => [number * 8 + 2, value.length, ...Buffer.from(value)];
  const message = (number: number, content: readonly number[]) => [
    ...varint(number * 8 + 2),
    ...varint(content.length),
    ...content,
  ];
  const whole = (number: number, value: number) => [...varint(number * 8), ...varint(value)];
  const shape = message(3, [...whole(2, 11), ...whole(3, 10)]);
  const add = message(2, [...text(1, "sum"), ...text(2, "add"), ...shape, ...whole(35, 1)]);
  const loop = message(2, [
    ...text(1, "loop"),
    ...text(2, "while"),
    ...shape,
    ...whole(35, 2),
    ...whole(38, 7),
    ...message(43, [...Buffer.from('{"known_trip_count":{"n":"5"}}')]),
  ]);
  const module = Uint8Array.from([
    ...message(3, [...add, ...whole(5, 7), ...whole(6, 1)]),
    ...message(3, [...loop, ...whole(5, 8), ...whole(6, 2)]),
    ...whole(6, 8),
  ]);
  const [kernel] = kernelsOf(readHlo(module, "hlo"), { func, layers, threads: 1 });
  expect(kernel).toMatchObject({ kind: "while", ops: ["add"], shape: [5], flops: 50 });
});

function varint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

describe("bytes that are no message", () => {
  test.each([
    ["a number that does not end", [8, 255]],
    ["a field that is longer than what there is", [10, 9, 1]],
    ["a kind that there is not", [11]],
  ])("%s is refused", (_, wrong) => {
    expect(() => fieldsOf(Uint8Array.from(wrong))).toThrow(RangeError);
  });

  test("cut at any place they are refused, or read without their end", () => {
    for (let end = 0; end < bytes.length; end += 97) {
      try {
        readHlo(bytes.subarray(0, end), "hlo_with_config");
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
  });

  test("numbers stand alone or packed, and fields of fixed size are passed over", () => {
    const fields = fieldsOf(Uint8Array.from([8, 5, 10, 2, 6, 7, 21, 0, 0, 0, 0, 25, 0, 0, 0, 0, 0, 0, 0, 0]));
    expect(numbersIn(fields, 1)).toEqual([5, 6, 7]);
  });
});
