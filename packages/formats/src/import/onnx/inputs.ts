// The inputs of a file: which of their sizes are the rows, and whether channels come first there.

import { ELEMENT_TYPES } from "../../onnx/fields.ts";
import type { FileGraph, FileNode } from "./decode.ts";
import type { FileValue } from "./decode-values.ts";

export interface InputPlan {
  readonly name: string;
  /** All of it; of the rows 0. */
  readonly sizes: readonly number[];
  readonly rowsAt: number;
  readonly isChannelsFirst: boolean;
  readonly isWhole: boolean;
}

export interface InputProblem {
  readonly name: string;
  readonly why: string;
}

/** Operations that look at no other numbers than their own, so that what is behind them tells of what is before. */
const PLAIN = new Set([
  "Identity",
  "Cast",
  "Relu",
  "Clip",
  "Sigmoid",
  "Tanh",
  "Elu",
  "Selu",
  "LeakyRelu",
  "Softplus",
  "Softsign",
  "Exp",
  "Neg",
  "Abs",
  "Sqrt",
  "Mul",
  "Add",
  "Sub",
  "Div",
  "Dropout",
  "HardSwish",
  "HardSigmoid",
  "Gelu",
  "Mish",
  "Pad",
]);
export const CHANNELS_FIRST = new Set([
  "Conv",
  "ConvTranspose",
  "MaxPool",
  "AveragePool",
  "GlobalAveragePool",
  "GlobalMaxPool",
  "BatchNormalization",
  "InstanceNormalization",
  "GroupNormalization",
  "Resize",
  "Upsample",
  "DepthToSpace",
  "LRN",
  "PRelu",
]);
const RECURRENT = new Set(["LSTM", "GRU", "RNN"]);

export function planInput(
  value: FileValue,
  nodes: readonly FileNode[],
  steps: number | null,
): InputPlan | InputProblem {
  const { name, type, shape } = value;
  if (shape === null || shape.length === 0)
    return {
      name,
      why: "has sizes that the file does not state: export it with fixed sizes behind the rows",
    };
  const behind = consumersOf(name, nodes);
  const takesSteps = behind.some(
    (node) => RECURRENT.has(node.op) && (node.attributes.get("layout")?.int ?? 0) === 0,
  );
  const isOpen = (d: number) => typeof shape[d] !== "number";
  const rowsAt = shape.length > 2 && (takesSteps || (!isOpen(0) && isOpen(1))) ? 1 : 0;
  const open = shape.flatMap((_, d) => (d !== rowsAt && isOpen(d) ? [d] : []));
  const [first] = open;
  if (first !== undefined && (open.length > 1 || steps === null)) {
    const called = typeof shape[first] === "string" && shape[first] !== "" ? `, \`${shape[first]}\`` : "";
    return {
      name,
      why: `has a size that is not stated${called}, and Netwright has fixed sizes: export it with that size fixed${open.length > 1 ? "" : ", or state it by `--steps`"}`,
    };
  }
  const sizes = shape.map((size, d) =>
    d === rowsAt ? (typeof size === "number" ? size : 0) : typeof size === "number" ? size : (steps ?? 1),
  );
  if (sizes.some((size, d) => !Number.isInteger(size) || size < (d === rowsAt ? 0 : 1) || size > 2 ** 24))
    return { name, why: `has the sizes [${shape.slice(0, 8).join(", ")}], which no layer takes` };
  const isChannelsFirst = shape.length > 2 && behind.some((node) => CHANNELS_FIRST.has(node.op));
  return { name, sizes, rowsAt, isChannelsFirst, isWhole: !isFloatType(type) };
}

export function isFloatType(type: number): boolean {
  const { float, double, float16, bfloat16 } = ELEMENT_TYPES;
  return type === float || type === double || type === float16 || type === bfloat16;
}

/**
 * The type of other than 32 bits that nodes compute in: of 16, as that of an input or by a `Cast`, or of 64 as that of an input; weights that are
 * stored so are none, and neither is an input that is cast before anything else; a `Cast` to 64 bits is often one of sizes alone. Null for none. `inputs` are what is given for a row, without weights.
 */
export function otherFloatsIn(
  inputs: readonly FileValue[],
  nodes: readonly FileNode[],
): { readonly type: "float16" | "bfloat16" | "double"; readonly bits: 16 | 64 } | null {
  const given = new Set(
    inputs
      .filter(({ name }) => nodes.some(({ op, inputs }) => op !== "Cast" && inputs.includes(name)))
      .map(({ type }) => type),
  );
  const cast = new Set(
    nodes.flatMap(({ op, attributes }) => (op === "Cast" ? [attributes.get("to")?.int ?? 0] : [])),
  );
  for (const type of ["float16", "bfloat16"] as const)
    if (given.has(ELEMENT_TYPES[type]) || cast.has(ELEMENT_TYPES[type])) return { type, bits: 16 };
  return given.has(ELEMENT_TYPES.double) ? { type: "double", bits: 64 } : null;
}

function consumersOf(name: string, nodes: readonly FileNode[]): readonly FileNode[] {
  const takers = new Map<string, FileNode[]>();
  for (const node of nodes)
    for (const input of node.inputs) {
      const known = takers.get(input);
      if (known === undefined) takers.set(input, [node]);
      else known.push(node);
    }
  const found: FileNode[] = [];
  const seen = new Set([name]);
  for (const value of seen)
    for (const node of takers.get(value) ?? []) {
      if (PLAIN.has(node.op)) for (const output of node.outputs) seen.add(output);
      else found.push(node);
    }
  return found;
}

/** Of several outputs the one that predicts: the first of numbers. */
export function predictionOf({ outputs }: Pick<FileGraph, "outputs">): string | null {
  const found =
    outputs.find(({ type }) => isFloatType(type)) ?? outputs.find(({ type }) => type === 0) ?? outputs[0];
  return found?.name ?? null;
}
