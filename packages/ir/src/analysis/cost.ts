// What a function costs: its arithmetic, by operation and by layer, and the memory that its values need.

import type { AnyOp, Func, Op, Program, Value } from "../core/program.ts";
import { sizeOf, type TensorType } from "../core/types.ts";
import type { Cost, OpDefinition } from "../ops/definition.ts";
import { type Attributes, type OpName, ops } from "../ops/table.ts";

/**
 * Multiply-accumulates of the contractions of a function, by the layer that the operations came from. What a composite
 * or a scan runs counts for the layer of that, a scan's as often as it has steps.
 */
export function macsByLayer(program: Program, func: Func): ReadonlyMap<string, number> {
  const functions = new Map(program.functions.map((each) => [each.name, each]));
  const macs = new Map<string, number>();
  const count = ({ body }: Func, times: number, caller: string | undefined): void => {
    for (const op of body) {
      const layer = caller ?? op.origin?.layer;
      const own = times * costOf(op).macs;
      if (own > 0) macs.set(layer ?? "", (macs.get(layer ?? "") ?? 0) + own);
      const call = callOf(op);
      const callee = call === undefined ? undefined : functions.get(call.name);
      if (call !== undefined && callee !== undefined) count(callee, times * call.times, layer);
    }
  };
  count(func, 1, undefined);
  return macs;
}

function callOf(op: AnyOp): { readonly name: string; readonly times: number } | undefined {
  if (op.name === "composite") return { name: op.attributes.decomposition, times: 1 };
  return op.name === "scan" ? { name: op.attributes.body, times: op.attributes.length } : undefined;
}

/**
 * Floating-point operations of one run: two for each multiply-add of a contraction, one for each element that an
 * elementwise operation computes or a reduction takes in, `exponential` and the like included. Moving, comparing,
 * selecting and all work on integers count nothing.
 */
export function flopsOf(op: AnyOp): number {
  return costOf(op).flops;
}

const NOTHING: Cost = { macs: 0, flops: 0 };

function costOf<K extends OpName>({ name, operands, results, attributes }: Op<K>): Cost {
  const definition: OpDefinition<Attributes[K]> = ops[name];
  const types = { operands: operands.map(({ type }) => type), results: results.map(({ type }) => type) };
  return definition.cost?.(types, attributes) ?? NOTHING;
}

const BYTES = { f32: 4, i32: 4, u32: 4, pred: 1 } as const;

export function bytesOf(type: TensorType): number {
  return sizeOf(type.shape) * BYTES[type.dtype];
}

/**
 * The most bytes that are alive at once when the operations run in order, each value from its definition to
 * its last use and results to the end. Parameters and constants count, too. An estimate: backends fuse.
 */
export function peakBytes(func: Func): number {
  const lastUse = new Map<number, number>();
  for (const [i, op] of func.body.entries()) {
    for (const value of op.operands) lastUse.set(value.id, i);
  }
  for (const { value } of func.results) lastUse.set(value.id, func.body.length);

  let alive = func.parameters.reduce((sum, { value }) => sum + bytesOf(value.type), 0);
  let peak = alive;
  const parameters = new Set(func.parameters.map(({ value }) => value.id));
  for (const [i, op] of func.body.entries()) {
    alive += sum(op.results);
    peak = Math.max(peak, alive);
    // An operand used twice by one operation ends once; state stays until the end of the step.
    const ended = new Map(op.operands.map((value) => [value.id, value]));
    for (const value of [...ended.values(), ...op.results]) {
      if ((lastUse.get(value.id) ?? i) === i && !parameters.has(value.id)) alive -= bytesOf(value.type);
    }
  }
  return peak;
}

function sum(values: readonly Value[]): number {
  return values.reduce((total, { type }) => total + bytesOf(type), 0);
}
