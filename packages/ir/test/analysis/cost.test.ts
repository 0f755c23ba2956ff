import { expect, test } from "@jest/globals";
import { Builder, flopsOf, tensor } from "@netwright/ir";

test("floating-point operations: two for a multiply-add, one for an element, none for moving and choosing", () => {
  const b = new Builder();
  const [x, w] = [b.parameter("x", tensor("f32", [3, 4])), b.parameter("w", tensor("f32", [4, 5]))];
  const product = b.matmul(x, w);
  const sum = b.sum(b.tanh(b.add(product, product)), [0]);
  const chosen = b.select(b.compare(sum, "GT", sum), sum, b.reshape(sum, [5]));
  const counted = b.add(b.convert(chosen, "i32"), b.convert(sum, "i32"));
  const { body } = b.finish("f", "predict", 3, [{ name: "r", value: counted }]);
  expect(body.map((op) => [op.name, flopsOf(op)])).toEqual([
    ["dot_general", 2 * 3 * 4 * 5],
    ["add", 15],
    ["tanh", 15],
    ["reduce", 15],
    ["compare", 0],
    ["reshape", 0],
    ["select", 0],
    ["convert", 0],
    ["convert", 0],
    ["add", 0],
  ]);
});
