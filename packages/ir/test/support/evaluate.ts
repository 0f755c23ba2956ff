// Evaluates a function without a backend: parameters become constants and folding, which computes with the
// definition of each operation, does the rest. Knows all operations but dot_general, what means it, and
// rng_bit_generator.

import { type AnyOp, expand, type Func, fold, type Program, sizeOf, type Value } from "@netwright/ir";

/** The results of the first function as lists of numbers, splats as one number. */
export function evaluate(
  program: Program,
  inputs: (value: Value) => readonly number[],
): readonly (readonly number[])[] {
  const functions = program.functions.map((func, i) => (i === 0 ? close(func, inputs) : func));
  const [func] = fold(expand({ ...program, functions })).functions;
  const constants = new Map(
    func?.body.flatMap((op) => (op.name === "constant" ? [[op.results[0]?.id, op.attributes.values]] : [])),
  );
  return (func?.results ?? []).map(({ name, value }) => {
    const values = constants.get(value.id);
    if (values === undefined) throw new Error(`${name} was not folded to a constant`);
    if (sizeOf(value.type.shape) === 0) return [];
    const [first = 0] = values;
    return values.every((each) => Object.is(each, first)) ? values.slice(0, 1) : values;
  });
}

function close(func: Func, inputs: (value: Value) => readonly number[]): Func {
  let nextId = 1_000_000;
  const constants = func.parameters.map(
    ({ value }): AnyOp => ({
      name: "constant",
      operands: [],
      attributes: { type: value.type, values: inputs(value) },
      results: [value],
    }),
  );
  // An iota is not written out by itself; converting it to its own type writes it out.
  const results = func.results.map(({ name, value }) => ({
    name,
    value: { id: nextId++, type: value.type },
  }));
  const conversions = func.results.map(
    ({ value }, i): AnyOp => ({
      name: "convert",
      operands: [value],
      attributes: { dtype: value.type.dtype },
      results: results[i] === undefined ? [] : [results[i].value],
    }),
  );
  return { ...func, parameters: [], body: [...constants, ...func.body, ...conversions], results };
}
