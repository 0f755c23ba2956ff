import { expect, test } from "@jest/globals";
import { interpret, tensorOf } from "@netwright/backend-reference";
import { Builder, type Func, type Program, tensor } from "@netwright/ir";

const pair = tensor("f32", [2]);

function programOf(func: Func): Program {
  return { name: "test", state: [], functions: [func] };
}

test("results may be parameters, repeat, and be used after their last operation", () => {
  const b = new Builder();
  const x = b.parameter("x", pair);
  const y = b.add(x, x);
  b.negate(y); // unused
  const func = b.finish("f", "composite", 0, [
    { name: "y", value: y },
    { name: "x", value: x },
    { name: "again", value: y },
  ]);
  const results = interpret(programOf(func), func, [tensorOf(pair, [1, 2])]);
  expect(results.map(({ data }) => [...data])).toEqual([
    [2, 4],
    [1, 2],
    [2, 4],
  ]);
});

test("inputs that do not fit are refused by name", () => {
  const b = new Builder();
  const x = b.parameter("x", pair);
  const func = b.finish("f", "composite", 0, [{ name: "x", value: x }]);
  expect(() => interpret(programOf(func), func, [])).toThrow("input_count: f takes 1 inputs, got 0");
  expect(() => interpret(programOf(func), func, [tensorOf(tensor("f32", [3]), [1, 2, 3])])).toThrow(
    "input_type: f takes tensor<2xf32> for x, got tensor<3xf32>",
  );
  expect(() => tensorOf(pair, [1])).toThrow("tensor_size: 1 values for tensor<2xf32>");
});

test("memory of a value goes after its last use", () => {
  // 400 values of 4 MB each would need 1.6 GB if all were kept.
  const b = new Builder();
  const large = tensor("f32", [1 << 20]);
  const firsts = Array.from({ length: 400 }, (_, i) => b.slice(b.fill(large, i), [0], [1]));
  const func = b.finish("f", "composite", 0, [{ name: "x", value: b.sum(b.concatenate(firsts, 0)) }]);
  const before = process.memoryUsage().arrayBuffers;
  const [result] = interpret(programOf(func), func, []);
  expect([...(result?.data ?? [])]).toEqual([(400 * 399) / 2]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(800e6);
});
