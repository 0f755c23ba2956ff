// The reference backend as the contract sees it. The conformance kit runs on it too, in packages/conformance;
// here is what the kit leaves open: zeros before init.

import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { Builder, type Program, tensor } from "@netwright/ir";
import { compile, type Executable } from "@netwright/runtime";

/** State w f32[2] and n i32; step adds the column sums of x to w and 1 to n, with loss sum(y). */
function counting(): Program {
  const w = tensor("f32", [2]);
  const n = tensor("i32");

  const init = new Builder();
  const seed = init.parameter("seed", tensor("u32"));
  const initFunc = init.finish(
    "init",
    "init",
    0,
    [],
    [
      { name: "w", value: init.spread(init.convert(seed, "f32"), [2]) },
      { name: "n", value: init.scalar(0, "i32") },
    ],
  );

  const step = new Builder();
  const [sw, sn] = [step.read("w", w), step.read("n", n)];
  const [sx, sy] = [step.parameter("x", tensor("f32", [3, 2])), step.parameter("y", tensor("f32", [3, 1]))];
  const stepFunc = step.finish(
    "step",
    "step",
    3,
    [{ name: "loss", value: step.sum(sy) }],
    [
      { name: "w", value: step.add(sw, step.sum(sx, [0])) },
      { name: "n", value: step.add(sn, step.scalar(1, "i32")) },
    ],
  );

  const predict = new Builder();
  const pw = predict.read("w", w);
  const px = predict.parameter("x", tensor("f32", [1, 2]));
  const predictFunc = predict.finish("predict", "predict", 1, [
    { name: "prediction", value: predict.multiply(px, predict.reshape(pw, [1, 2])) },
  ]);

  return {
    name: "counting",
    state: [
      { name: "w", role: "weight", type: w },
      { name: "n", role: "counter", type: n },
    ],
    functions: [initFunc, stepFunc, predictFunc],
  };
}

const batch = { rows: 3, feeds: { x: Float32Array.of(1, 2, 3, 4, 5, 6), y: Float32Array.of(1, 1, 2) } };

async function compiled(): Promise<Executable> {
  return compile(referenceBackend, counting());
}

test("state is zero before init; init, step and predict work on it", async () => {
  const executable = await compiled();
  expect([...executable.readState()]).toEqual([
    ["w", Float32Array.of(0, 0)],
    ["n", Int32Array.of(0)],
  ]);
  executable.init(4294967295);
  expect(executable.step(batch)).toEqual({ loss: 4 });
  expect(executable.readState().get("n")).toEqual(Int32Array.of(1));
  executable.init(7);
  executable.step(batch);
  expect(executable.predict({ rows: 1, feeds: { x: Float32Array.of(1, -1) } })).toEqual(
    Float32Array.of(16, -19),
  );
});

test("arrays that come in and go out are copies", async () => {
  const executable = await compiled();
  const w = Float32Array.of(1, 2);
  executable.writeState(new Map([["w", w]]));
  w[0] = 9;
  executable.readState().get("w")?.fill(8);
  expect(executable.readState().get("w")).toEqual(Float32Array.of(1, 2));
});

test("describe reports the version of the package", async () => {
  const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
  expect(await referenceBackend.describe()).toEqual({
    name: "reference",
    versions: { [manifest.name]: manifest.version },
    threads: 1,
    simd: false,
    device: "cpu",
    deterministic: true,
  });
});
