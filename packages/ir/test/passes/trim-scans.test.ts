// Outputs of scans that nobody reads are no longer made; carries and what another scan with the same body reads stay.

import { expect, test } from "@jest/globals";
import { Builder, optimize, type Program, scanOver, tensor, type Value, verify } from "@netwright/ir";

/** Carries double in each step; outputs are the carry, its sine and its cosine. */
function doubling(pick: (outputs: readonly Value[], carry: Value) => readonly Value[]): Program {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [1]));
  const { carries, outputs } = scanOver(
    b,
    { name: "step", carries: [x], sequences: [], shared: [], length: 3, order: "forwards" },
    (inner, { carries: [value] }) => ({
      carries: [inner.add(value, value)],
      outputs: [value, inner.unary("sine", value), inner.unary("cosine", value)],
    }),
  );
  const results = pick(outputs, carries[0]).map((value, i) => ({ name: `r${i}`, value }));
  return { name: "p", state: [], functions: [b.finish("main", "trace", 1, results), ...b.functions] };
}

const step = (program: Program) =>
  program.functions.find(({ name }) => name === "step")?.body.map(({ name }) => name);

test("an output without a reader goes, with what made it", () => {
  const program = optimize(doubling(([, sine]) => (sine ? [sine] : [])));
  expect(verify(program)).toEqual([]);
  expect(step(program)).toEqual(["add", "sine"]);
  const scan = program.functions[0]?.body[0];
  expect(scan?.results.map(({ type }) => type.shape)).toEqual([[1], [3, 1]]);
});

test("a carry stays", () => {
  const program = optimize(doubling((_, carry) => [carry]));
  expect(verify(program)).toEqual([]);
  expect(step(program)).toEqual(["add"]);
});

test("what has readers alone is left as it is", () => {
  const program = doubling((outputs, carry) => [carry, ...outputs]);
  expect(optimize(program)).toBe(program);
});

test("of two scans of one body the readers of both count", () => {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [1]));
  const { outputs } = scanOver(
    b,
    { name: "step", carries: [x], sequences: [], shared: [], length: 3, order: "forwards" },
    (inner, { carries: [value] }) => ({
      carries: [inner.add(value, value)],
      outputs: [value, inner.unary("sine", value), inner.unary("cosine", value)],
    }),
  );
  const [first] = b.body;
  if (first?.name !== "scan") throw new Error("there is a scan");
  const [, , , cosine] = b.emit("scan", [b.add(x, x)], first.attributes);
  const results = [outputs[1], cosine].flatMap((value, i) => (value ? [{ name: `r${i}`, value }] : []));
  const program = optimize({
    name: "p",
    state: [],
    functions: [b.finish("main", "trace", 1, results), ...b.functions],
  });
  expect(verify(program)).toEqual([]);
  expect(step(program)).toEqual(["add", "sine", "cosine"]);
});
