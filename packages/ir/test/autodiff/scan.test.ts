// The gradient of a scan: one scan in the other direction, whatever the number of steps, that repeats nothing which the
// steps have given.

import { expect, test } from "@jest/globals";
import { Builder, gradients, optimize, type Program, scanOver, tensor, verify } from "@netwright/ir";

interface Recurrence {
  readonly length: number;
  /** Whether the steps give what they carry, too. */
  readonly isGiven: boolean;
}

/** h = tanh(x + h w) over the steps, and the gradients of the sum of the last by h, x and w. */
function recurrence({ length, isGiven }: Recurrence): Program {
  const b = new Builder();
  const square = tensor("f32", [3, 3]);
  const [h, w] = [b.parameter("h", square), b.parameter("w", square)];
  // Rows come first in a function, steps in a scan.
  const x = b.transpose(b.parameter("x", tensor("f32", [3, length, 3])), [1, 0, 2]);
  const { carries } = scanOver(
    b,
    { name: "step", carries: [h], sequences: [x], shared: [w], length, order: "forwards" },
    (inner, { carries: [before], elements: [element], shared: [kernel] }) => {
      const next = inner.tanh(inner.add(element, inner.matmul(before, kernel)));
      return { carries: [next], outputs: isGiven ? [next] : [] };
    },
  );
  const loss = b.sum(carries[0]);
  const slopes = gradients(b, loss, [h, x, w]);
  const results = [loss, ...slopes].map((value, i) => ({ name: `result_${i}`, value }));
  return optimize({
    name: "p",
    state: [],
    functions: [b.finish("main", "trace", 3, results), ...b.functions],
  });
}

const opsOf = ({ functions }: Program) =>
  functions.map(({ name, body }) => [name, ...body.map((op) => op.name)]);

test("the steps backwards compute nothing again where the steps give what they carry", () => {
  const program = recurrence({ length: 5, isGiven: true });
  expect(verify(program)).toEqual([]);
  const [main, ...bodies] = opsOf(program);
  expect(main?.filter((name) => name === "scan")).toHaveLength(2);
  const products = bodies.map(([name, ...ops]) => [name, ops.filter((op) => op === "dot_general").length]);
  expect(products).toEqual([
    ["step", 1],
    ["step_gradient", 1],
  ]);
});

test("the gradient of what all steps share is one product behind them, and no step has it", () => {
  const [main] = recurrence({ length: 5, isGiven: true }).functions;
  const products = main?.body.flatMap((op) => (op.name === "dot_general" ? [op] : [])) ?? [];
  expect(products.map(({ operands }) => operands.map(({ type }) => type.shape))).toEqual([
    [
      [5, 3, 3],
      [5, 3, 3],
    ],
  ]);
  expect(products.map(({ attributes }) => attributes.lhsContracting)).toEqual([[0, 1]]);
  const backwards = main?.body.flatMap((op) => (op.name === "scan" ? [op] : [])).at(-1);
  expect(backwards?.attributes.carries).toBe(1);
});

test("what they carry is saved by steps of its own where they do not", () => {
  const program = recurrence({ length: 5, isGiven: false });
  expect(verify(program)).toEqual([]);
  expect(opsOf(program).map(([name]) => name)).toEqual(["main", "step", "step_carries", "step_gradient"]);
});

test("no operation is added for more steps", () => {
  expect(opsOf(recurrence({ length: 300, isGiven: true }))).toEqual(
    opsOf(recurrence({ length: 3, isGiven: true })),
  );
});

test("a body that is not there is an error", () => {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32"));
  const [scanned = x] = b.emit("scan", [x], {
    body: "absent",
    length: 2,
    carries: 1,
    sequences: 0,
    order: "forwards",
    types: [x.type],
  });
  expect(() => gradients(b, scanned, [x])).toThrow("scan_c4: there is no absent to differentiate");
});

test("names of bodies are made different", () => {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32"));
  const double = () =>
    scanOver(
      b,
      { name: "step", carries: [x], sequences: [], shared: [], length: 2, order: "forwards" },
      (inner, { carries: [value] }) => ({ carries: [inner.add(value, value)], outputs: [] }),
    );
  double();
  double();
  expect(b.functions.map(({ name }) => name)).toEqual(["step", "step_2"]);
});
