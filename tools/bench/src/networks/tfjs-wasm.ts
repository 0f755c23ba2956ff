// tfjs-layers on tfjs-backend-wasm, which has no gradient of a convolution's kernel: with one made of what it has, as fast
// as that allows.

import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { startWasm } from "../peers/tfjs-wasm.ts";
import type { NetworkPeer } from "./peer.ts";
import { tfjsRate } from "./tfjs-model.ts";

export const tfjsWasmNetworks: NetworkPeer = {
  name: "tfjs-wasm",
  what: "model.fit of tfjs-layers on tfjs-backend-wasm, with the gradient of a kernel that it lacks made of XNNPACK's products",
  train: async (network, seconds) => {
    await startWasm();
    registerMissing();
    return tfjsRate(tf, tfl, network, seconds);
  },
};

function registerMissing(): void {
  tf.registerKernel({
    kernelName: tf.Conv2DBackpropFilter,
    backendName: "wasm",
    // As tfjs registers its own: what a kernel is given is typed by its name alone.
    kernelFunc: kernelGradient as unknown as tf.KernelFunc,
  });
}

interface KernelGradient {
  readonly inputs: Readonly<Record<"x" | "dy", tf.TensorInfo>>;
  readonly attrs: tf.Conv2DBackpropFilterAttrs;
}

/** Windows that move by one place and stay inside: for each place within them a product of x and dy. */
function kernelGradient({ inputs: { x, dy }, attrs: { filterShape } }: KernelGradient): tf.TensorInfo {
  const [height, width, channels, outputs] = filterShape;
  const [batch = 0, rows = 0, columns = 0] = dy.shape;
  const tensor = (info: tf.TensorInfo) => tf.engine().makeTensorFromTensorInfo(info);
  return tf.tidy(() => {
    const cotangents = tf.reshape(tensor(dy), [batch * rows * columns, outputs]);
    const parts: tf.Tensor[] = [];
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        const seen = tf.slice(tensor(x), [0, i, j, 0], [batch, rows, columns, channels]);
        // Transposed first: XNNPACK's product takes both as they lie.
        const turned = tf.transpose(tf.reshape(seen, [batch * rows * columns, channels]));
        parts.push(tf.matMul(turned, cotangents));
      }
    }
    return tf.reshape(tf.concat(parts), filterShape);
  });
}
