// Words divided by constants: by a power of two they are shifted, by others divided one by one, and the result is the same.

import { expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { Builder, tensor } from "@netwright/ir";

const WORDS = [0, 1, 2, 255, 256, 257, 999, 0x7fffffff, 0x80000000, 0xdeadbeef, 0xffffffff];

test.each([1, 2, 3, 256, 257, 1000, 0x40000000, 0x80000000, 0xffffffff])("by %d", async (by) => {
  const b = new Builder();
  const x = b.parameter("x", tensor("u32", [WORDS.length]));
  const func = b.finish("predict_1", "predict", 1, [{ name: "quotient", value: b.divide(x, b.like(x, by)) }]);
  const call = (await jitBackend.load({ name: "divide", state: [], functions: [func] })).call("predict_1");
  call.inputs[0]?.set(WORDS);
  call.run();
  expect([...(call.outputs[0] ?? [])]).toEqual(WORDS.map((word) => Math.floor(word / by)));
});
