// What looking at a backend leaves behind in the process.

import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { look } from "../../src/backends/look.ts";

const KERNELS = "TF_ENABLE_ONEDNN_OPTS";
const before = process.env[KERNELS];

beforeEach(() => {
  delete process.env[KERNELS];
});
afterEach(() => {
  if (before === undefined) delete process.env[KERNELS];
  else process.env[KERNELS] = before;
});

test("TensorFlow's own kernels are off where it is only looked at, and as they were where it is measured", async () => {
  const options = { command: "netwright" };
  expect((await look("native", { ...options, isMeasured: true })).name).toBe("native");
  expect(process.env[KERNELS]).toBeUndefined();
  await look("native", { ...options, isMeasured: false });
  expect(process.env[KERNELS]).toBe("0");
});
