// A model as layers of Keras, before anything is written: Keras 3 and TensorFlow.js have the same layers, but not all of them and not
// all of their arguments.

import type { Shape } from "@netwright/definitions";
import type { Refusal } from "../format.ts";
import type { FloatTensor } from "../model/layouts.ts";

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

export type Config = { readonly [name: string]: Json };

export type Dialect = "keras" | "tfjs";

export interface KerasWeight {
  /** Below the group of the layer in HDF5: "vars/0", "cell/vars/1". */
  readonly path: string;
  /** Behind the name of the layer in TensorFlow.js: "kernel". */
  readonly name: string;
  readonly tensor: FloatTensor;
  /** A counter beside the numbers, which Keras keeps as a whole number. */
  readonly isCount?: boolean;
}

export interface KerasLayer {
  readonly name: string;
  readonly className: string;
  readonly config: Config;
  /** Empty for an input. */
  readonly inputs: readonly string[];
  /** `list`: all inputs are one argument, as those of Add are. `arguments`: each is one, as those of attention are. */
  readonly takes: "list" | "arguments";
  /** Further arguments of the call. */
  readonly call: Config;
  /** Sizes of a row of what it gives. */
  readonly shape: Shape;
  readonly dtype: "float32" | "int32";
  readonly weights: readonly KerasWeight[];
}

/** The layers of TensorFlow.js among those that are written here. */
const TFJS: ReadonlySet<string> = new Set([
  "InputLayer",
  "Dense",
  "Activation",
  "ReLU",
  "ELU",
  "LeakyReLU",
  "PReLU",
  "Rescaling",
  "Dropout",
  "GaussianNoise",
  "GaussianDropout",
  "AlphaDropout",
  "SpatialDropout1D",
  "Flatten",
  "Reshape",
  "Permute",
  "RepeatVector",
  "Conv1D",
  "Conv2D",
  "DepthwiseConv2D",
  "SeparableConv2D",
  "Conv2DTranspose",
  "MaxPooling1D",
  "MaxPooling2D",
  "AveragePooling1D",
  "AveragePooling2D",
  "GlobalMaxPooling1D",
  "GlobalMaxPooling2D",
  "GlobalAveragePooling1D",
  "GlobalAveragePooling2D",
  "UpSampling2D",
  "ZeroPadding2D",
  "Cropping2D",
  "SimpleRNN",
  "LSTM",
  "GRU",
  "Embedding",
  "BatchNormalization",
  "LayerNormalization",
  "Concatenate",
  "Add",
  "Average",
  "Multiply",
]);

type LayerOf = Pick<KerasLayer, "name" | "className" | "inputs" | "shape"> & Partial<KerasLayer>;

export class KerasGraph {
  readonly dialect: Dialect;
  readonly layers: KerasLayer[] = [];
  readonly refusals: Refusal[] = [];
  readonly #names = new Set<string>();

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  /** Gives its name. */
  add({
    config = {},
    takes = "list",
    call = {},
    dtype = "float32",
    weights = [],
    ...layer
  }: LayerOf): string {
    const name = this.named(layer.name);
    this.layers.push({ ...layer, name, config, takes, call, dtype, weights });
    return name;
  }

  has(className: string): boolean {
    return this.dialect === "keras" || TFJS.has(className);
  }

  refuse(refusal: Refusal): void {
    this.refusals.push(refusal);
  }

  /** As Keras takes a name, and as no other layer has it. */
  named(wanted: string): string {
    const plain = wanted.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(?![A-Za-z])/, "column_");
    let name = plain;
    for (let k = 2; this.#names.has(name); k++) name = `${plain}_${k}`;
    this.#names.add(name);
    return name;
  }
}
