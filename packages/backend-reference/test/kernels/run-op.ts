// Runs one operation through the public interpreter: operands and results as plain lists of numbers.

import { interpret, type Tensor, tensorOf } from "@netwright/backend-reference";
import { Builder, type ElementType, tensor, type Value } from "@netwright/ir";

/** A tensor literal. */
export function lit(dtype: ElementType, shape: readonly number[], values: readonly number[]): Tensor {
  return tensorOf(tensor(dtype, shape), values);
}

export function f32(values: readonly number[], shape: readonly number[] = [values.length]): Tensor {
  return lit("f32", shape, values);
}

export function i32(values: readonly number[], shape: readonly number[] = [values.length]): Tensor {
  return lit("i32", shape, values);
}

export function u32(values: readonly number[], shape: readonly number[] = [values.length]): Tensor {
  return lit("u32", shape, values);
}

export function pred(values: readonly number[], shape: readonly number[] = [values.length]): Tensor {
  return lit("pred", shape, values);
}

/** All results of a function that `emit` writes. */
export function runAll(
  operands: readonly Tensor[],
  emit: (b: Builder, values: readonly Value[]) => readonly Value[],
): number[][] {
  const builder = new Builder();
  const values = operands.map(({ type }, i) => builder.parameter(`x${i}`, type));
  const results = emit(builder, values).map((value, i) => ({ name: `r${i}`, value }));
  const func = builder.finish("main", "composite", 0, results);
  return interpret({ name: "test", state: [], functions: [func] }, func, operands).map(({ data }) => [
    ...data,
  ]);
}

/** The only result of a function on one, two or three operands. */
export function run(
  operands: readonly Tensor[],
  emit: (b: Builder, ...values: readonly Value[]) => Value,
): number[] {
  const [result = []] = runAll(operands, (b, values) => [emit(b, ...values)]);
  return result;
}

/** The value at `i`; for callbacks that take a rest of values. */
export function at(values: readonly Value[], i: number): Value {
  const value = values[i];
  if (value === undefined) throw new Error(`no operand ${i}`);
  return value;
}
