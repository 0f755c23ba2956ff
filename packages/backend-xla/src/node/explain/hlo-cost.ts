// What an instruction costs, estimated as for the other backends: two operations for each multiply-add of a product, one for each
// element that is computed or summed up, in floating point alone; each array that is touched counts once.

import { sizeOf } from "@netwright/ir";
import type { HloInstruction, HloModule, HloShape } from "./hlo.ts";

/** Bytes of an element, by `PrimitiveType`; two in a byte count as one. */
const BYTES: Readonly<Record<number, number>> = {
  ...{ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 2, 8: 4, 9: 8 },
  ...{ 10: 2, 11: 4, 12: 8, 15: 8, 16: 2, 18: 16 },
};
const FLOATS: ReadonlySet<number> = new Set([10, 11, 12, 16]);

const ELEMENTWISE: ReadonlySet<string> = new Set(
  (
    "add subtract multiply divide maximum minimum power remainder negate abs sign sqrt rsqrt cbrt exponential " +
    "exponential-minus-one log log-plus-one logistic tanh erf sine cosine tan atan2 floor ceil round-nearest-even round-nearest-afz clamp"
  ).split(" "),
);
/** Those that run all of another computation once, and not for each element. */
const RUNS: ReadonlySet<string> = new Set(["fusion", "call", "conditional", "while", "async-start"]);

export function bytesOf({ type, sizes, parts }: HloShape): number {
  return (BYTES[type] ?? 0) * sizeOf(sizes) + parts.reduce((sum, part) => sum + bytesOf(part), 0);
}

/** What runs inside of an instruction, with how often; of nothing but fusions, calls and loops. */
export function insideOf(
  { computations }: HloModule,
  { opcode, called, config }: HloInstruction,
): readonly { readonly instructions: readonly HloInstruction[]; readonly times: number }[] {
  if (!RUNS.has(opcode)) return [];
  const times = opcode === "while" ? (tripsOf(config) ?? 1) : 1;
  return called.map((id) => ({ instructions: computations.get(id)?.instructions ?? [], times }));
}

export function flopsOf(
  module: HloModule,
  instruction: HloInstruction,
  beside: readonly HloInstruction[],
): number {
  const { opcode, shape, operands, contracted, kernelFeatures } = instruction;
  const inside = insideOf(module, instruction);
  if (inside.length > 0) {
    const of = (instructions: readonly HloInstruction[]) =>
      instructions.reduce((sum, each) => sum + flopsOf(module, each, instructions), 0);
    return inside.reduce((sum, { instructions, times }) => sum + times * of(instructions), 0);
  }
  if (!FLOATS.has(shape.type)) return 0;
  const operand = (i: number) => beside.find(({ id }) => id === operands[i])?.shape.sizes ?? [];
  const results = sizeOf(shape.sizes);
  if (opcode === "dot") return 2 * results * sizeOf(contracted.map((d) => operand(0)[d] ?? 1));
  if (opcode === "convolution") return (2 * results * sizeOf(operand(1))) / (operand(1)[kernelFeatures] ?? 1);
  if (opcode === "reduce" || opcode === "reduce-window") return sizeOf(operand(0));
  return ELEMENTWISE.has(opcode) ? results : 0;
}

/** How often a loop runs; undefined where the compiler does not know it. */
export function tripsOf(config: string): number | undefined {
  const trips = /"known_trip_count":\{"n":"(\d+)"/.exec(config)?.[1];
  return trips === undefined ? undefined : Number(trips);
}
