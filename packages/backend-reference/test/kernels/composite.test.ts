import { expect, test } from "@jest/globals";
import { interpret, tensorOf } from "@netwright/backend-reference";
import { Builder, type Func, type Program, tensor } from "@netwright/ir";

const scalar = tensor("f32");

/** twice(x) -> x + x, x; quadruple(x) -> twice(twice(x)). */
function program(): { readonly program: Program; readonly main: Func } {
  const twice = new Builder();
  const x = twice.parameter("x", scalar);
  const twiceFunc = twice.finish("twice", "composite", 0, [
    { name: "sum", value: twice.add(x, x) },
    { name: "same", value: x },
  ]);

  const call = (b: Builder, name: string, operand: typeof x, count: number) =>
    b.emit("composite", [operand], {
      composite: `test.${name}`,
      settings: {},
      decomposition: name,
      types: Array.from({ length: count }, () => scalar),
    });

  const quadruple = new Builder();
  const y = quadruple.parameter("y", scalar);
  const [once = y] = call(quadruple, "twice", y, 2);
  const [result = y] = call(quadruple, "twice", once, 2);
  const quadrupleFunc = quadruple.finish("quadruple", "composite", 0, [{ name: "result", value: result }]);

  const main = new Builder();
  const z = main.parameter("z", scalar);
  const [four = z] = call(main, "quadruple", z, 1);
  const mainFunc = main.finish("main", "predict", 1, [{ name: "out", value: four }]);
  return {
    program: { name: "test", state: [], functions: [twiceFunc, quadrupleFunc, mainFunc] },
    main: mainFunc,
  };
}

test("a composite runs its decomposition, also inside of another", () => {
  const { program: p, main } = program();
  const [result] = interpret(p, main, [tensorOf(scalar, [1.5])]);
  expect([...(result?.data ?? [])]).toEqual([6]);
});

test("a composite without its decomposition names what is missing", () => {
  const { program: p, main } = program();
  const without = { ...p, functions: p.functions.filter(({ name }) => name !== "twice") };
  expect(() => interpret(without, main, [tensorOf(scalar, [1])])).toThrow(
    "undefined_function: test has no function twice",
  );
});
