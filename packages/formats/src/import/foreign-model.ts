// What a reader makes of a file of another tool: layers of Netwright with their weights, in the order of the flow. What comes of it,
// a `.net` file and a run, is the same for every format.

import type { Args, Family, Instance } from "@netwright/definitions";
import type { ModelInput } from "@netwright/lang";
import type { ActivationName, LayerName } from "../model/layer-names.ts";
import type { FloatTensor } from "../model/layouts.ts";

/**
 * `rescaling` is no layer of the language: (x - centre) / by, or with `inverse` x * by + centre. `centre` and `by` are lists of one number,
 * for all, or of one for each of the last size of a row. In front of a network it becomes the scaling of its columns, at its end that of its
 * target, and in between a `batch_norm`.
 */
export type ForeignLayerName = LayerName | ActivationName | "rescaling";

export interface ForeignLayer {
  /** As the file calls it; unique among layers and inputs. */
  readonly name: string;
  readonly layer: ForeignLayerName;
  /** In Netwright's names; those that are the default of the layer may be among them, and are not written. */
  readonly args: Args;
  /** Names of layers and inputs. */
  readonly inputs: readonly string[];
  /** By the names in the layer (`kernel`), in Netwright's layouts. */
  readonly weights: ReadonlyMap<string, FloatTensor>;
  /** The layer whose weights it uses as well, so that it has none of its own; null for most. */
  readonly sharedWith: string | null;
}

export interface ForeignModel {
  /** What the file calls it, or the name of the file. */
  readonly name: string;
  /** As the file tells: "Keras 3.15.1"; null where it does not. */
  readonly writer: string | null;
  readonly inputs: readonly ModelInput[];
  /** Each stands behind those whose output it takes. */
  readonly layers: readonly ForeignLayer[];
  /** The layer, or the input, that gives the prediction. */
  readonly output: string;
  /** Words of the classes in the order of the last layer's numbers, of one number those of two; null where the file has none. */
  readonly classes: readonly string[] | null;
  /** What is said after the import, in sentences: what was passed over, as it does nothing where it predicts. */
  readonly notes: readonly string[];
  /**
   * Of a file that Netwright wrote: the texts of `model.safetensors` by their names (`netwright.sources`, `netwright.encoders`), with which
   * scaling, words and units come back; null for all others.
   */
  readonly own: Readonly<Record<string, string>> | null;
}

/** What a reader does not understand: all of it, each with its place. */
export interface NotUnderstood {
  /** As the file calls it: "Layer `spectral_1` (SpectralNormalization)", "Node `Einsum_7`". */
  readonly what: string;
  /** As the sentence goes on: "is an operation that Netwright has no layer of". */
  readonly why: string;
}

export type Arrived = { readonly model: ForeignModel } | { readonly refused: readonly NotUnderstood[] };

/** The files by name: one, or a `model.json` with its weights. */
export type ForeignFiles = ReadonlyMap<string, Uint8Array>;

/** What a file leaves open, as whoever imports it says. */
export interface ReadSettings {
  /** Steps of a sequence of which the file states no number. */
  readonly steps?: number;
}

/** @throws nothing for damaged files: these are refused */
export type ReadForeign = (files: ForeignFiles, settings: ReadSettings) => Promise<Arrived>;

/** A definition as an argument of a layer: the activation of an `lstm`, the layer of a `bidirectional`. It stands in no text. */
export function instanceOf(family: Family, name: string, args: Args = {}): Instance {
  return { family, name, args, span: { file: "", start: 0, end: 0 } };
}
