// Elementwise operations: the scalar meaning that the IR gives them, applied to one element after another.

import {
  at,
  type BinaryName,
  type BinaryScalar,
  binaryOps,
  binaryScalar,
  compareScalar,
  convertScalar,
  type UnaryName,
  type UnaryScalar,
  unaryOps,
  unaryScalar,
} from "@netwright/ir";
import { elementAt, onlyType, operandAt, type Tensor, type TensorArray, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

function mapOne(f: UnaryScalar, x: Tensor, result: Tensor): readonly Tensor[] {
  const out = result.data;
  for (let i = 0; i < out.length; i++) out[i] = f(elementAt(x.data, i));
  return [result];
}

function mapTwo(f: BinaryScalar, x: Tensor, y: Tensor, result: Tensor): readonly Tensor[] {
  const out = result.data;
  for (let i = 0; i < out.length; i++) out[i] = f(elementAt(x.data, i), elementAt(y.data, i));
  return [result];
}

const unary =
  (name: UnaryName): Kernel<UnaryName> =>
  (operands, _, results) => {
    const x = operandAt(operands, 0);
    return mapOne(unaryScalar(name, x.type.dtype), x, zeros(onlyType(results)));
  };

const binary =
  (name: BinaryName): Kernel<BinaryName> =>
  (operands, _, results) => {
    const [x, y] = [operandAt(operands, 0), operandAt(operands, 1)];
    return mapTwo(binaryScalar(name, x.type.dtype), x, y, zeros(onlyType(results)));
  };

/** The keys of an object literal, with their types. */
function namesOf<K extends string>(table: Readonly<Record<K, unknown>>): K[] {
  // Object.keys loses the key type; the tables are literals, so there are no other keys.
  return Object.keys(table) as K[];
}

function tableOf<K extends string, V>(names: readonly K[], make: (name: K) => V): Readonly<Record<K, V>> {
  // Object.fromEntries loses the key type; every name is there.
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<K, V>;
}

export const unaryKernels = tableOf(namesOf(unaryOps), unary);
export const binaryKernels = tableOf(namesOf(binaryOps), binary);

export const compare: Kernel<"compare"> = (operands, { direction }, results) =>
  mapTwo(compareScalar(direction), operandAt(operands, 0), operandAt(operands, 1), zeros(onlyType(results)));

export const convert: Kernel<"convert"> = (operands, { dtype }, results) => {
  const x = operandAt(operands, 0);
  return mapOne(convertScalar(x.type.dtype, dtype), x, zeros(onlyType(results)));
};

export const select: Kernel<"select"> = (operands, _, results) => {
  const predicate = operandAt(operands, 0).data;
  const sources: readonly TensorArray[] = [operandAt(operands, 2).data, operandAt(operands, 1).data];
  const result = zeros(onlyType(results));
  for (let i = 0; i < predicate.length; i++)
    result.data[i] = elementAt(at(sources, elementAt(predicate, i)), i);
  return [result];
};
