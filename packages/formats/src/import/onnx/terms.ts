// What the nodes of a graph come to: layers of Netwright, and parts of which several together are one (the erf of a gelu), each with
// what it takes. A part that stands alone at the end is what is not understood.

import type { Args } from "@netwright/definitions";
import type { FloatTensor } from "../../model/layouts.ts";
import type { ForeignLayerName } from "../foreign-model.ts";
import type { Constant } from "./constant.ts";
import type { Layout } from "./layout.ts";

export type Weights = ReadonlyMap<string, FloatTensor>;

/** What the value of a name in the file is, where a layer gives it. */
export interface Flow extends Layout {
  readonly kind: "flow";
  readonly term: Term;
}

/** (x - centre) scale + offset. Lists have one number, or one for each place of the size `axis` of a row. */
export interface Affine {
  readonly kind: "affine";
  readonly axis: number;
  readonly centre: readonly number[];
  readonly scale: readonly number[];
  readonly offset: readonly number[];
}

export interface Part {
  readonly kind: "part";
  /** The operation, as far as it is one of ONNX under its name: `Erf`. */
  readonly op: string;
  readonly flows: readonly Flow[];
  /** Numbers that belong to it: the power of `Pow`, least and greatest of `Clip`. */
  readonly numbers: readonly number[];
  /** Beside its flows. */
  readonly constant: Constant | null;
}

export type Meaning =
  | {
      readonly kind: "layer";
      readonly layer: ForeignLayerName;
      readonly args: Args;
      readonly weights: Weights;
    }
  | { readonly kind: "input" }
  | Affine
  | Attention
  | Part;

/** Attention without its output: softmax(q k' scale) v, with the projections of the three. */
export interface Attention {
  readonly kind: "attention";
  readonly heads: number;
  readonly shared: number;
  readonly causal: boolean;
  readonly rotary: boolean;
  readonly query: Projection;
  readonly key: Projection;
  readonly value: Projection;
}

/** A dense layer of the last size. */
export interface Projection {
  readonly input: Term;
  readonly kernel: FloatTensor;
  readonly bias: FloatTensor | null;
}

export interface Term {
  /** What the file calls it, as far as it does; several may have one name. */
  readonly wanted: string;
  readonly meaning: Meaning;
  readonly inputs: readonly Term[];
  /** Of a row. */
  readonly shape: readonly number[];
  /** "Node `Erf_3` (Erf)". */
  readonly place: string;
}

/** All terms, each behind those that it takes. */
export class Terms {
  readonly #all: Term[] = [];

  get all(): readonly Term[] {
    return this.#all;
  }

  add(term: Term): Term {
    this.#all.push(term);
    return term;
  }
}

/** The term as the layer of that name; null for all others. */
export function layerOf(
  { meaning }: Term,
  ...names: readonly ForeignLayerName[]
): Extract<Meaning, { readonly kind: "layer" }> | null {
  return meaning.kind === "layer" && (names.length === 0 || names.includes(meaning.layer)) ? meaning : null;
}

export function partOf({ meaning }: Term, ...ops: readonly string[]): Part | null {
  return meaning.kind === "part" && ops.includes(meaning.op) ? meaning : null;
}
