// The kernels of a compiled module: what its entry runs, one after the other. A kernel is of the layers whose lines of the text it
// computes; where a compiler has lost them, of the weights that it reads.

import { type Func, sizeOf } from "@netwright/ir";
import type { KernelExplanation } from "@netwright/runtime";
import type { HloInstruction, HloModule } from "./hlo.ts";
import { bytesOf, flopsOf, insideOf, tripsOf } from "./hlo-cost.ts";

export interface KernelsOf {
  readonly func: Func;
  /** Of the lines of its text. */
  readonly layers: ReadonlyMap<number, string>;
  /** Of the process. */
  readonly threads: number;
}

/** They name a value that is there, or a part of one: nothing runs. */
const NAMES: ReadonlySet<string> = new Set(
  "parameter constant tuple get-tuple-element bitcast after-all copy-done async-done".split(" "),
);
/** They stand in a kernel for what belongs to another as well: a zero that is used by all. */
const SHARED: ReadonlySet<string> = new Set([...NAMES, "broadcast", "iota", "reshape", "convert", "copy"]);
/** Through these a value is looked for where it was made. */
const PASSES: ReadonlySet<string> = new Set([
  "bitcast",
  "get-tuple-element",
  "copy",
  "copy-done",
  "copy-start",
]);

export function kernelsOf(
  module: HloModule,
  { func, layers, threads }: KernelsOf,
): readonly KernelExplanation[] {
  const { instructions } = module.entry;
  const known = new Map(instructions.map((each) => [each.id, each]));
  const madeBy = (id: number): HloInstruction | undefined => {
    let found = known.get(id);
    while (found !== undefined && PASSES.has(found.opcode)) found = known.get(found.operands[0] ?? -1);
    return found;
  };
  const updates = updatesOf(module, func, madeBy);
  return instructions
    .filter(({ opcode }) => !NAMES.has(opcode))
    .map((instruction): KernelExplanation => {
      const all = [instruction, ...within(module, instruction)];
      const working = all.filter(({ opcode }) => !SHARED.has(opcode));
      const operands = [...new Set(instruction.operands)].flatMap((id) => known.get(id) ?? []);
      const named = [layersOf(working, layers), layersOf(all, layers), weightsOf(instruction, func, madeBy)];
      return {
        name: instruction.name,
        kind: kindOf(instruction),
        layers: named.find((each) => each.length > 0) ?? [],
        ops: opsOf(instruction, all.slice(1)),
        shape: shapeOf(module, instruction),
        tile: null,
        layout: null,
        packed: [],
        updates: updates.get(instruction.id) ?? [],
        flops: flopsOf(module, instruction, instructions),
        bytes: [...operands, instruction].reduce((sum, { shape }) => sum + bytesOf(shape), 0),
        threads: threadsOf(instruction, threads),
      };
    });
}

/** All that runs inside of it, in order. */
function within(module: HloModule, instruction: HloInstruction): readonly HloInstruction[] {
  return insideOf(module, instruction).flatMap(({ instructions }) =>
    instructions.flatMap((each) => [each, ...within(module, each)]),
  );
}

function layersOf(instructions: readonly HloInstruction[], layers: ReadonlyMap<number, string>) {
  return [...new Set(instructions.flatMap(({ line }) => layers.get(line) ?? []))];
}

/** `dense_1`, of the kernel of that layer. */
function weightsOf(
  { operands }: HloInstruction,
  { reads }: Func,
  madeBy: (id: number) => HloInstruction | undefined,
): readonly string[] {
  const names = operands.flatMap((id) => {
    const made = madeBy(id);
    return made?.opcode === "parameter" ? (reads[made.parameter] ?? []) : [];
  });
  return [...new Set(names.flatMap((name) => /^([^/]+)\.[^./]+$/.exec(name)?.[1] ?? []))];
}

/** State that a kernel gives the new values of: the first results of the module. */
function updatesOf(
  { entry }: HloModule,
  { writes }: Func,
  madeBy: (id: number) => HloInstruction | undefined,
): ReadonlyMap<number, readonly string[]> {
  const root = entry.instructions.find(({ id }) => id === entry.root);
  const results = root?.opcode === "tuple" ? root.operands : [entry.root];
  const updates = new Map<number, readonly string[]>();
  writes.forEach((name, i) => {
    const made = madeBy(results[i] ?? -1);
    if (made !== undefined) updates.set(made.id, [...(updates.get(made.id) ?? []), name]);
  });
  return updates;
}

const FUSIONS: Readonly<Record<string, string>> = {
  kLoop: "loop fusion",
  kInput: "reduction fusion",
  kOutput: "output fusion",
};

/** In the words of XLA; of a fusion that a library computes, the library. */
function kindOf({ opcode, fusionKind, config }: HloInstruction): string {
  if (opcode !== "fusion") return opcode;
  const kind = /"fusion_config":\{"kind":"([a-z0-9_]+)"/.exec(config)?.[1];
  if (kind === undefined) return FUSIONS[fusionKind] ?? "custom fusion";
  const words = kind.split("_").filter((word) => word !== "" && word !== "fusion");
  return `${words.join("_")} fusion`;
}

function opsOf(instruction: HloInstruction, inside: readonly HloInstruction[]): readonly string[] {
  if (instruction.target !== "") return [instruction.target];
  if (inside.length === 0) return [instruction.opcode];
  const computed = inside.filter(({ opcode }) => !NAMES.has(opcode) && opcode !== "broadcast");
  return (computed.length === 0 ? inside.slice(-1) : computed).map(({ opcode }) => opcode);
}

/** Of a loop its steps; of a product its rows, columns and contracted size, also where it is the only one of a fusion. */
function shapeOf(module: HloModule, instruction: HloInstruction): readonly number[] {
  if (instruction.opcode === "while") return [tripsOf(instruction.config) ?? []].flat();
  const inside = insideOf(module, instruction).flatMap(({ instructions }) => instructions);
  const around = instruction.opcode === "dot" ? module.entry.instructions : inside;
  const [product, ...others] = instruction.opcode === "dot" ? [instruction] : inside.filter(isProduct);
  if (product === undefined || others.length > 0) return instruction.shape.sizes;
  const first = around.find(({ id }) => id === product.operands[0]);
  const contracted = sizeOf(product.contracted.map((d) => first?.shape.sizes[d] ?? 1));
  return [...product.shape.sizes, contracted];
}

function isProduct({ opcode }: HloInstruction): boolean {
  return opcode === "dot";
}

/** XLA divides a loop where that is worth it, and says so; libraries and products take all threads that they like. */
function threadsOf({ opcode, fusionKind, config }: HloInstruction, threads: number): number {
  const parts = /"outer_dimension_partitions":\[([^\]]+)\]/.exec(config)?.[1];
  if (parts !== undefined) {
    const divided = parts.split(",").map((part) => Number(part.replaceAll('"', "")));
    return Math.min(threads, sizeOf(divided));
  }
  return opcode === "dot" || opcode === "convolution" || fusionKind === "kCustom" ? threads : 1;
}
