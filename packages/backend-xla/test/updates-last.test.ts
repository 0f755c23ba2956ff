// Updates that come after whatever reads a weight: the same values, and on a processor no copy of the weight in each step.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { createXlaBackend } from "@netwright/backend-xla";
import { lower } from "@netwright/compiler";
import { Builder, type Program, tensor, type Value, verify } from "@netwright/ir";
import { nodeFiles, openProject } from "netwright";
import { updatesLast } from "../src/node/updates-last.ts";
import { describeWithPlugin } from "./with-plugin.ts";

/** A weight whose update knows nothing of the second product that reads it; `first` is what is made first of the two. */
function program(width: number, first: "product" | "update" = "product"): Program {
  const [type, row] = [tensor("f32", [width, width]), tensor("f32", [1, width])];
  const b = new Builder();
  const w = b.read("w", type);
  const x = b.parameter("x", row);
  const h = b.matmul(x, w);
  const product = (): Value => b.matmul(h, b.transpose(w, [1, 0]));
  const update = (): Value => b.subtract(w, b.matmul(b.transpose(x, [1, 0]), h));
  const order = first === "product" ? [product, update] : [update, product];
  const [one, other] = order.map((make) => make());
  const [read, made] = first === "product" ? [one, other] : [other, one];
  if (read === undefined || made === undefined) throw new Error("two were made");
  const step = b.finish("step", "step", 1, [
    { name: "w", value: made },
    { name: "loss", value: b.sum(read) },
  ]);
  return {
    name: "reads",
    state: [{ name: "w", role: "weight", type }],
    functions: [{ ...step, writes: ["w"] }],
  };
}

/** What the state and the outputs are after a call. */
async function after(given: Program, x: readonly number[]): Promise<readonly number[]> {
  const machine = await referenceBackend.load(given);
  const [{ type }] = given.state as [Program["state"][number]];
  const [width = 0] = type.shape;
  const w = Float32Array.from({ length: width * width }, (_, i) => Math.fround(((i * 7919) % 97) / 97 - 0.5));
  machine.writeState(new Map([["w", w]]));
  const call = machine.call("step");
  call.inputs[0]?.set(x);
  call.run();
  return [...(machine.readState().get("w") ?? []), ...call.outputs.flatMap((output) => [...output])];
}

const selects = ({ functions }: Program): number =>
  functions.flatMap(({ body }) => body).filter(({ name }) => name === "select").length;

describe("a weight that a product reads beside its update", () => {
  test.each([
    ["numbers", (i: number) => i / 64 - 0.5],
    ["zeros", () => 0],
    ["what is no number", () => Number.NaN],
    ["the infinite", () => Number.NEGATIVE_INFINITY],
  ])("is replaced by the same numbers in a program that is sound, fed with %s", async (_, of) => {
    const given = program(64);
    const ordered = updatesLast(given);
    expect(selects(ordered)).toBe(1);
    expect(verify(ordered)).toEqual([]);
    const x = Array.from({ length: 64 }, (_, i) => of(i));
    expect(await after(ordered, x)).toEqual(await after(given, x));
  });

  test("is left where it is small, and where the product is made after it", () => {
    expect(selects(updatesLast(program(63)))).toBe(0);
    expect(selects(updatesLast(program(64, "update")))).toBe(0);
  });
});

describeWithPlugin("a training step of the concrete example", () => {
  test("copies none of its weights", async () => {
    const file = "examples/concrete/concrete.net";
    const { model } = openProject({ file, text: readFileSync(file, "utf8") }, { files: nodeFiles() });
    if (model === undefined) throw new Error(`${file} is broken`);
    const explained = await createXlaBackend({ keep: false }).explain?.(lower(model, { step: [32] }));
    const kernels = explained?.functions.flatMap((func) => func.kernels) ?? [];
    const copies = kernels.filter(({ name, bytes }) => name.startsWith("copy") && bytes > 4 * 512 * 512);
    expect(kernels.length).toBeGreaterThan(0);
    expect(copies).toEqual([]);
  }, 120_000);
});
