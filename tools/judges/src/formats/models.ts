// The models by which formats are judged: examples of this repository and what they leave out, trained for a few epochs, with a
// thousand rows each.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PortableModel } from "@netwright/formats";
import { portableModel, train } from "netwright";

interface Judged {
  readonly name: string;
  /** A file of the examples, or the text of one. */
  readonly source: string;
  readonly epochs: number;
  /** Of a text: its table, in CSV. */
  readonly data?: string;
}

const PREDICTIONS = 1000;

const example = (name: string) => join("examples", name);

const noise = (i: number, by: number) => ((i * 7919 * by) % 1009) / 1009;

/** A series whose next value follows from the last ones. */
const series = [
  "t,a,b,y",
  ...Array.from({ length: 400 }, (_, i) => {
    const [a, b] = [noise(i, 3), noise(i, 5) * 10];
    return [i, a, b, noise(i - 1, 3) + b / 10].join(",");
  }),
].join("\n");

const windows = (model: string) => `netwright 1
data series { source: "series.csv", target: y, features: [a, b], window { length: 12, horizon: 1, order: t } }
model { ${model} }
train { loss: mse, optimizer: adam(1e-3), batch: 32 }
`;

const concrete = readFileSync(example("concrete/concrete.net"), "utf8");

const models: readonly Judged[] = [
  { name: "concrete 3 x 512", source: example("concrete/concrete.net"), epochs: 12 },
  {
    name: "concrete 2 x 32",
    source: concrete.replace(/ = 512 in \[.*\]/, " = 32").replace("depth = 3", "depth = 2"),
    epochs: 30,
    data: readFileSync(example("concrete/concrete.csv"), "utf8"),
  },
  { name: "penguins", source: example("penguins/penguins.net"), epochs: 30 },
  { name: "digits, a CNN", source: example("digits/digits-image.net"), epochs: 4 },
  {
    name: "a series, an LSTM",
    source: windows("lstm(24, return_sequences: true) -> lstm(12) -> dense(1)"),
    epochs: 6,
    data: series,
  },
  {
    name: "a series, a transformer",
    source: windows(
      "dense(16) -> sine_position_encoding -> residual { layer_norm -> multi_head_attention(4) } -> residual { layer_norm -> dense(32, gelu) -> dense(16) } -> layer_norm -> global_average_pooling1d -> dense(1)",
    ),
    epochs: 6,
    data: series,
  },
];

export interface JudgedModel {
  readonly name: string;
  readonly model: PortableModel;
}

/** One after the other, each trained when it is asked for; `names` are those that are wanted, all by default. */
export async function* judgedModels(names?: readonly string[]): AsyncGenerator<JudgedModel> {
  for (const { name, source, epochs, data } of models) {
    if (names !== undefined && !names.includes(name)) continue;
    const trained = await train(source, {
      backend: "jit",
      epochs,
      ...(data === undefined ? {} : { data }),
    });
    const portable = await portableModel(trained.bundle, { samples: PREDICTIONS, seed: 1 });
    await trained.dispose();
    if (!portable.ok)
      throw new Error(`${name}: ${portable.diagnostics.map(({ message }) => message).join("; ")}`);
    yield { name, model: portable.value };
  }
}
