import { expect, test } from "@jest/globals";
import { Builder, flopsOf, macsByLayer, tensor } from "@netwright/ir";

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

test("multiply-accumulates of what composites and scans run are those of their layer, for every step", () => {
  const square = tensor("f32", [3, 3]);
  const inner = new Builder();
  const [h, w] = [inner.parameter("h", square), inner.parameter("w", square)];
  const body = inner.finish("body", "composite", 0, [
    { name: "h", value: inner.at({ layer: "within" }, () => inner.matmul(h, w)) },
  ]);
  const b = new Builder();
  const [x, kernel] = [b.parameter("x", square), b.parameter("kernel", square)];
  const [scanned = x] = b.at({ layer: "recurrent" }, () =>
    b.emit("scan", [x, kernel], {
      body: "body",
      length: 5,
      carries: 1,
      sequences: 0,
      order: "forwards",
      types: [square],
    }),
  );
  const [called = x] = b.emit("composite", [scanned, kernel], {
    composite: "test.call",
    settings: {},
    decomposition: "body",
    types: [square],
  });
  const main = b.finish("main", "predict", 3, [{ name: "y", value: called }]);
  const program = { name: "p", state: [], functions: [main, body] };
  expect(macsByLayer(program, main)).toEqual(
    new Map([
      ["recurrent", 5 * 27],
      ["within", 27],
    ]),
  );
});
