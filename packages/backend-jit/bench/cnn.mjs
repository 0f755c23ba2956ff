// A training step of a small CNN, written with the IR alone: convolutions of 32 and 64 kernels of 3x3 over pictures of
// 28x28, a maximum over 2x2, two dense layers, cross entropy, Adam.

import { Builder, gradients, tensor } from "@netwright/ir";

const SHAPES = {
  k1: [3, 3, 1, 32],
  b1: [32],
  k2: [3, 3, 32, 64],
  b2: [64],
  w3: [12 * 12 * 64, 128],
  b3: [128],
  w4: [128, 10],
  b4: [10],
};

function conv2d(b, x, kernel) {
  return b.convolution(x, kernel, {
    strides: [1, 1],
    low: [0, 0],
    high: [0, 0],
    lhsDilation: [1, 1],
    rhsDilation: [1, 1],
    inputBatch: 0,
    inputSpatial: [1, 2],
    inputFeature: 3,
    kernelSpatial: [0, 1],
    kernelInputFeature: 2,
    kernelOutputFeature: 3,
    outputBatch: 0,
    outputSpatial: [1, 2],
    outputFeature: 3,
    featureGroups: 1,
    batchGroups: 1,
  });
}

function maxPool(b, x) {
  return b.reduceWindow(x, {
    kind: "max",
    sizes: [1, 2, 2, 1],
    strides: [1, 2, 2, 1],
    baseDilations: [1, 1, 1, 1],
    windowDilations: [1, 1, 1, 1],
    low: [0, 0, 0, 0],
    high: [0, 0, 0, 0],
  });
}

const biased = (b, x, bias) => b.add(x, b.broadcastInDim(bias, x.type.shape, [x.type.shape.length - 1]));
const relu = (b, x) => b.maximum(x, b.like(x, 0));

export function cnnProgram(batch) {
  const names = Object.keys(SHAPES);
  const types = names.map((name) => tensor("f32", SHAPES[name]));
  const state = [
    ...names.map((name, i) => ({ name, role: "weight", type: types[i] })),
    ...names.flatMap((name, i) =>
      ["m", "v"].map((s) => ({ name: `${name}.${s}`, role: "slot", type: types[i] })),
    ),
  ];
  const b = new Builder();
  const values = new Map(state.map(({ name, type }) => [name, b.read(name, type)]));
  const x = b.parameter("x", tensor("f32", [batch, 28 * 28]));
  const y = b.parameter("y", tensor("f32", [batch, 10]));
  const of = (name) => values.get(name);
  const picture = b.reshape(x, [batch, 28, 28, 1]);
  const one = relu(b, biased(b, conv2d(b, picture, of("k1")), of("b1")));
  const two = relu(b, biased(b, conv2d(b, one, of("k2")), of("b2")));
  const flat = b.reshape(maxPool(b, two), [batch, SHAPES.w3[0]]);
  const three = relu(b, biased(b, b.matmul(flat, of("w3")), of("b3")));
  const logits = biased(b, b.matmul(three, of("w4")), of("b4"));
  const wide = (value) => b.broadcastInDim(value, logits.type.shape, [0]);
  const shifted = b.subtract(logits, wide(b.stopGradient(b.reduce(logits, "max", [1]))));
  const logs = b.subtract(shifted, wide(b.log(b.sum(b.exponential(shifted), [1]))));
  const loss = b.negate(b.mean(b.sum(b.multiply(logs, y), [1])));
  const slopes = gradients(b, loss, names.map(of));
  const writes = names.flatMap((name, i) => {
    const [g, w, m, v] = [slopes[i], of(name), of(`${name}.m`), of(`${name}.v`)];
    const scaled = (value, by) => b.multiply(value, b.like(value, by));
    const m2 = b.add(scaled(m, 0.9), scaled(g, 0.1));
    const v2 = b.add(scaled(v, 0.999), scaled(b.multiply(g, g), 0.001));
    const move = b.divide(scaled(m2, 0.001), b.add(b.sqrt(v2), b.like(v2, 1e-7)));
    return [
      { name, value: b.subtract(w, move) },
      { name: `${name}.m`, value: m2 },
      { name: `${name}.v`, value: v2 },
    ];
  });
  const step = b.finish(`step_${batch}`, "step", batch, [{ name: "loss", value: loss }], writes);
  const init = new Builder();
  init.parameter("seed", tensor("u32", []));
  const first = init.finish(
    "init",
    "init",
    0,
    [],
    state.map(({ name, type, role }) => ({ name, value: init.fill(type, role === "weight" ? 0.01 : 0) })),
  );
  return { name: "cnn", state, functions: [first, step] };
}
