// The networks in tfjs-layers, for whichever copy of it a peer runs.

import type * as Tf from "@tensorflow/tfjs-core";
import type * as Layers from "@tensorflow/tfjs-layers";
import { epochRate, type Rates } from "../rate.ts";
import { CLASSES, type Network, networkRows } from "./networks.ts";

type Tfl = Pick<typeof Layers, "sequential" | "layers" | "input" | "model">;
type Symbolic = Layers.SymbolicTensor;

function modelOf(tf: typeof Tf, tfl: Tfl, network: Network): Layers.LayersModel {
  if (network.name === "transformer") return encoder(tf, tfl, network);
  const model = tfl.sequential();
  for (const layer of layersOf(network.name, network.input, tfl)) model.add(layer);
  return model;
}

function layersOf(
  name: Exclude<Network["name"], "transformer">,
  input: readonly number[],
  { layers }: Tfl,
): readonly Layers.layers.Layer[] {
  const inputShape = [...input];
  const last = layers.dense({ units: CLASSES, activation: "softmax" });
  switch (name) {
    case "cnn":
      return [
        layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu", inputShape }),
        layers.conv2d({ filters: 64, kernelSize: 3, activation: "relu" }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
        layers.dense({ units: 128, activation: "relu" }),
        last,
      ];
    case "lstm":
      // Its orthogonal initializer takes what the core alone has not got.
      return [
        layers.lstm({
          units: 64,
          recurrentActivation: "sigmoid",
          recurrentInitializer: "glorotUniform",
          inputShape,
        }),
        last,
      ];
  }
}

const HEADS = 4;
const BLOCKS = 2;

/** Blocks of attention and two dense layers, each added to what was there and normalized behind it. */
function encoder(tf: typeof Tf, tfl: Tfl, { input }: Network): Layers.LayersModel {
  const [steps = 0, width = 0] = input;
  const { layers } = tfl;
  const through = (layer: Layers.layers.Layer, x: Symbolic | Symbolic[]): Symbolic => {
    const made = layer.apply(x);
    if (Array.isArray(made) || !("sourceLayer" in made)) throw new Error(`${layer.name} gives one value`);
    return made;
  };
  const dense = (units: number, x: Symbolic): Symbolic => through(layers.dense({ units }), x);
  const added = (x: Symbolic, y: Symbolic): Symbolic =>
    through(layers.layerNormalization({ epsilon: 1e-5 }), through(layers.add(), [x, y]));
  const first = tfl.input({ shape: [steps, width] });
  let x = first;
  for (let block = 0; block < BLOCKS; block++) {
    const heads = [0, 1, 2].map(() => dense(width, x));
    const seen = dense(width, through(attention(tf, tfl), heads));
    x = added(x, seen);
    const hidden = through(layers.dense({ units: 4 * width, activation: "relu" }), x);
    x = added(x, dense(width, hidden));
  }
  const mean = through(layers.globalAveragePooling1d({}), x);
  const outputs = through(layers.dense({ units: CLASSES, activation: "softmax" }), mean);
  return tfl.model({ inputs: first, outputs });
}

/** What tfjs-layers has not got: the attention of queries, keys and values, [rows, steps, width] each, without weights. */
function attention(tf: typeof Tf, { layers }: Tfl): Layers.layers.Layer {
  class Attention extends layers.Layer {
    static readonly className = "Attention";
    override computeOutputShape(shapes: Layers.Shape | Layers.Shape[]): Layers.Shape {
      const [first = []] = shapes as Layers.Shape[];
      return first;
    }
    override call(inputs: Tf.Tensor | Tf.Tensor[]): Tf.Tensor {
      return tf.tidy(() => {
        const [query, key, value] = (Array.isArray(inputs) ? inputs : [inputs]).map((x) => {
          const [rows = 0, steps = 0, width = 0] = x.shape;
          return tf.transpose(tf.reshape(x, [rows, steps, HEADS, width / HEADS]), [0, 2, 1, 3]);
        });
        if (!(query && key && value)) throw new Error("attention takes queries, keys and values");
        const [rows = 0, , steps = 0, numbers = 0] = query.shape;
        const scores = tf.mul(tf.matMul(query, key, false, true), 1 / Math.sqrt(numbers));
        const taken = tf.transpose(tf.matMul(tf.softmax(scores), value), [0, 2, 1, 3]);
        return tf.reshape(taken, [rows, steps, HEADS * numbers]);
      });
    }
  }
  return new Attention();
}

/** Of tfjs-layers' own `model.fit`, over about that many seconds, after a warm-up epoch. */
export function tfjsRate(tf: typeof Tf, tfl: Tfl, network: Network, seconds: number): Promise<Rates> {
  const model = modelOf(tf, tfl, network);
  model.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy" });
  const { x, y } = networkRows(network);
  const inputs = tf.tensor(x, [y.length, ...network.input]);
  const targets = tf.oneHot(tf.tensor1d(y, "int32"), CLASSES);
  return epochRate(y.length, seconds, () =>
    model.fit(inputs, targets, { epochs: 1, batchSize: network.batch, shuffle: false, verbose: 0 }),
  );
}
