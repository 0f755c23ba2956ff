// A node where it is read: what it takes, its attributes, and the terms that it makes.

import type { Args } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import type { FloatTensor } from "../../model/layouts.ts";
import type { ForeignLayerName } from "../foreign-model.ts";
import { type Constant, constantOf, type Texts, tensorOf } from "./constant.ts";
import type { FileNode } from "./decode.ts";
import { count, type Layout, shapeOf, sizeBy } from "./layout.ts";
import type { Flow, Meaning, Part, Term, Terms, Weights } from "./terms.ts";

/** What nobody knows: of a node that is not understood. */
export interface Unknown {
  readonly kind: "unknown";
}

export type Value = Flow | Constant | Texts | Unknown;

/** Why a node is not understood, as the sentence goes on; it is caught where nodes are read. */
export class Misfit extends Error {}

export function misfit(why: string): never {
  throw new Misfit(why);
}

export type NodeRule = (c: NodeContext) => Value | readonly Value[];

/** What all nodes of a file share. */
export interface FileContext {
  readonly terms: Terms;
  /** The version of ai.onnx. */
  readonly opset: number;
  /** Whether Netwright wrote the file. */
  readonly isOwn: boolean;
  /** How often a value is taken, by its name; a prediction counts. */
  readonly uses: ReadonlyMap<string, number>;
  /** Nodes that are alone in their scope, which are layers by themselves in a file of Netwright. */
  readonly alone: ReadonlySet<FileNode>;
  /** How many numbers constants that are computed may still have, and how many products their sums. */
  readonly room: { numbers: number; products: number };
  /** Whether it is an input of whole numbers, as it comes in. */
  readonly isWhole: (term: Term) => boolean;
  /** Whether all that takes the value of that name looks something up by it. */
  readonly isIndices: (name: string) => boolean;
  /** Of an input of whole numbers: that it is indices below this. Throws `Misfit` where it is some others already. */
  readonly indexed: (term: Term, below: number) => void;
}

export class NodeContext {
  readonly file: FileContext;
  readonly node: FileNode;
  /** Null for one that is left out. */
  readonly inputs: readonly (Value | null)[];

  constructor(file: FileContext, node: FileNode, inputs: readonly (Value | null)[]) {
    this.file = file;
    this.node = node;
    this.inputs = inputs;
  }

  /** The version of ai.onnx. */
  get opset(): number {
    return this.file.opset;
  }

  get op(): string {
    return this.node.op;
  }

  get place(): string {
    return placeOf(this.node);
  }

  /** Whether nothing else takes the input. */
  isLast(input: number): boolean {
    return (this.file.uses.get(this.node.inputs[input] ?? "") ?? 0) <= 1;
  }

  /** Whether the output of that number is taken. */
  isTaken(output: number): boolean {
    return (this.file.uses.get(this.node.outputs[output] ?? "") ?? 0) > 0;
  }

  value(input: number): Value | null {
    return this.inputs[input] ?? null;
  }

  flow(input = 0): Flow {
    const value = this.value(input);
    if (value?.kind === "flow") return value;
    return misfit(
      value === null
        ? `has no input ${input + 1}`
        : `takes constants as input ${input + 1}, where a layer takes what the network gives`,
    );
  }

  constant(input: number): Constant {
    const value = this.value(input);
    if (value?.kind === "constant") return value;
    return misfit(
      value === null
        ? `has no input ${input + 1}`
        : `takes what the network makes as input ${input + 1}, where a layer has weights`,
    );
  }

  /** Null where it is left out. */
  optional(input: number): Constant | null {
    return this.value(input) === null ? null : this.constant(input);
  }

  int(name: string, instead: number): number {
    return this.node.attributes.get(name)?.int ?? instead;
  }

  float(name: string, instead: number): number {
    return this.node.attributes.get(name)?.float ?? instead;
  }

  text(name: string, instead: string): string {
    const text = this.node.attributes.get(name)?.text;
    return text === undefined || text === "" ? instead : text;
  }

  texts(name: string): readonly string[] {
    return this.node.attributes.get(name)?.texts ?? [];
  }

  floats(name: string): readonly number[] {
    return this.node.attributes.get(name)?.floats ?? [];
  }

  /** Null for one that is left out. */
  ints(name: string): readonly number[] | null {
    const attribute = this.node.attributes.get(name);
    return attribute === undefined ? null : attribute.ints;
  }

  /** As many whole numbers of an attribute as there have to be; zeros where there are none. */
  countedInts(name: string, length: number): readonly number[] {
    const stated = this.ints(name) ?? [];
    if (stated.length === 0) return Array.from({ length }, () => 0);
    if (stated.length !== length)
      return misfit(`has ${stated.length} numbers as its ${name}, and ${length} are needed`);
    return stated;
  }

  /** Whole numbers of an attribute, or of an input as later versions have it; null where there are none. */
  intsOf(name: string, input: number): readonly number[] | null {
    const stated = this.ints(name);
    if (stated !== null) return stated;
    const given = this.optional(input);
    return given === null ? null : Array.from(given.data);
  }

  tensor(name: string): Constant | Texts | null {
    const tensor = this.node.attributes.get(name)?.tensor ?? null;
    if (tensor === null) return null;
    const made = tensorOf(tensor, new Map());
    return "problem" in made ? misfit(made.problem) : made;
  }

  term(meaning: Meaning, inputs: readonly Term[], shape: readonly number[], wanted = this.wanted()): Term {
    return this.file.terms.add({ wanted, meaning, inputs, shape, place: this.place });
  }

  layer(
    layer: ForeignLayerName,
    inputs: readonly Term[],
    shape: readonly number[],
    args: Args = {},
    weights: Weights = NONE,
    wanted = this.wanted(),
  ): Term {
    return this.term({ kind: "layer", layer, args, weights }, inputs, shape, wanted);
  }

  part(
    op: string,
    flows: readonly Flow[],
    layout: Layout,
    more: Partial<Pick<Part, "numbers" | "constant">> = {},
  ): Flow {
    const { numbers = [], constant = null } = more;
    const term = this.term(
      { kind: "part", op, flows, numbers, constant },
      flows.map((flow) => flow.term),
      shapeOf(layout.axes),
    );
    return { kind: "flow", term, axes: layout.axes, dims: layout.dims };
  }

  /** A value with all of its sizes in the order of the file. */
  fresh(term: Term, rows: readonly { readonly size: number; readonly isRows: boolean }[], at: number): Flow {
    const axes = term.shape.map(sizeBy);
    return { kind: "flow", term, axes, dims: [...axes.slice(0, at), rows, ...axes.slice(at)] };
  }

  /** Of the weights, else of the node. */
  wanted(...weights: readonly (Constant | null)[]): string {
    for (const weight of weights) {
      const stem = weight === null ? "" : weight.name.slice(0, Math.max(0, weight.name.lastIndexOf(".")));
      if (stem !== "") return stem;
    }
    return scopeOf(this.node);
  }
}

const NONE: Weights = new Map();

/** "fc1" of the node `/fc1/Gemm`, `dense_1` of `dense_1/Relu`. */
export function scopeOf({ name, op }: Pick<FileNode, "name" | "op">): string {
  const end = name.lastIndexOf("/");
  const scope = end > 0 ? name.slice(0, end) : name;
  const plain = scope.replace(/^\//, "");
  return plain === "" ? op.toLowerCase() : plain;
}

export function placeOf({ name, op, outputs }: Pick<FileNode, "name" | "op" | "outputs">): string {
  return name === "" ? `The node that gives \`${outputs[0] ?? ""}\` (${op})` : `Node \`${name}\` (${op})`;
}

/** Where the numbers lie of a value with these sizes. */
export function sizesOf(value: Value): readonly number[] | null {
  if (value.kind === "flow") return value.dims.map(count);
  return value.kind === "unknown" ? null : value.shape;
}

export function floatsOf(constant: Constant): FloatTensor {
  return { shape: constant.shape, data: Float32Array.from(constant.data) };
}

export function reshapedConstant(constant: Constant, shape: readonly number[]): Constant {
  if (sizeOf(shape) !== constant.data.length)
    return misfit(`makes [${shape.join(", ")}] of ${constant.data.length} numbers`);
  return constantOf(shape, constant.data, constant.isFloat, constant.name);
}
