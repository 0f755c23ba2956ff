// Exports that come back: the weights, what the columns were, and the flow that is read from the layers alone.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type ForeignModel, readers } from "@netwright/formats";
import type { Model } from "@netwright/lang";
import { catalog, exportModel, importModel, openModel, savedModel, train } from "netwright";
import { netText, resolved } from "../../src/import/net-text.ts";
import { findBackend } from "../../src/node/backends.ts";

const EXAMPLES = join(import.meta.dirname, "../../../../examples");
const example = (name: string) => readFileSync(join(EXAMPLES, name), "utf8");
const noise = (i: number, by: number) => ((i * 7919 * by) % 1009) / 1009;

/** A series whose next value follows from the last ones. */
const series = [
  "t,a,b,y",
  ...Array.from({ length: 200 }, (_, i) => {
    const [a, b] = [noise(i, 3), noise(i, 5) * 10];
    return [i, a, b, noise(i + 1008, 3) + b / 10].join(",");
  }),
].join("\n");

const windows = (flow: string) => `netwright 1
data series { source: "series.csv", target: y, features: [a, b], window { length: 8, horizon: 1, order: t } }
model { ${flow} }
train { loss: mse, optimizer: adam(1e-3), batch: 32 }
`;

const concrete = example("concrete/concrete.net");

const MODELS = {
  "concrete 3 x 64": [concrete.replace(/ = 512 in \[.*\]/, " = 64"), example("concrete/concrete.csv")],
  "concrete 2 x 32": [
    concrete.replace(/ = 512 in \[.*\]/, " = 32").replace("depth = 3", "depth = 2"),
    example("concrete/concrete.csv"),
  ],
  penguins: [example("penguins/penguins.net"), example("penguins/penguins.csv")],
  "digits, a CNN": [
    example("digits/digits-image.net"),
    example("digits/digits.csv").split("\n").slice(0, 200).join("\n"),
  ],
  "a series, an LSTM": [windows("lstm(8, return_sequences: true) -> lstm(4) -> dense(1)"), series],
  "a series, a transformer": [
    windows(
      "dense(8) -> sine_position_encoding -> residual { layer_norm -> multi_head_attention(2) } -> residual { layer_norm -> dense(16, gelu) -> dense(8) } -> layer_norm -> global_average_pooling1d -> dense(1)",
    ),
    series,
  ],
} as const;

type Name = keyof typeof MODELS;
const names = Object.keys(MODELS) as readonly Name[];

const trained = async (name: Name) => {
  const [source, data] = MODELS[name];
  const model = await train(source, { data, epochs: 1, backend: "jit" });
  await model.dispose();
  return { bundle: model.bundle, data };
};

const filesOf = (files: Awaited<ReturnType<typeof exportModel>>) =>
  new Map(files.filter(({ name }) => !/\.(py|mjs)$/.test(name)).map(({ name, content }) => [name, content]));

/** What decides what a flow predicts: layers that change pictures while training are in no export. */
const flowOf = ({ nodes, inputs }: Model) => {
  const renamed = new Map(inputs.map(({ name }, i) => [name, `input ${i}`]));
  for (const { name, layer, inputs: taken } of nodes)
    if (layer.startsWith("random_"))
      renamed.set(name, renamed.get(taken[0]?.from ?? "") ?? taken[0]?.from ?? "");
  return nodes
    .filter(({ layer }) => !layer.startsWith("random_"))
    .map(({ name, layer, args, inputs: taken, weights, path }) => ({
      name,
      layer,
      args: JSON.parse(JSON.stringify(args, (key, value) => (key === "span" ? undefined : value))),
      inputs: taken.map(({ from }) => renamed.get(from) ?? from),
      weights,
      path,
    }));
};

describe.each(["keras", "tfjs"] as const)("an export as %s", (format) => {
  test.each(names.filter((name) => format === "keras" || !name.includes("transformer")))(
    "of %s comes back whole",
    async (name) => {
      const { bundle, data } = await trained(name);
      const files = filesOf(await exportModel(bundle, format));
      const imported = await importModel(files);

      expect(imported).toMatchObject({ own: true, format, warnings: [] });
      expect(imported.net).toBe(bundle.model.sources[0]?.text);
      expect(imported.bundle.record).toMatchObject({
        status: "imported",
        name: bundle.record.name,
        splits: { train: null, validation: null, test: null },
        hash: { weights: bundle.record.hash.weights },
      });
      expect(imported.bundle.model.encoders).toEqual(bundle.model.encoders);

      const backend = await findBackend("jit");
      if (!backend.ok) throw new Error("no backend");
      const predictions = async (file: typeof bundle.model) => {
        const opened = await openModel(file, backend.value);
        if (!opened.ok) throw new Error(JSON.stringify(opened.diagnostics));
        const { predict, dispose } = opened.value;
        const [header, ...lines] = data.trim().split("\n");
        const columns = header?.split(",") ?? [];
        const rows = lines.slice(0, 30).map((line) => {
          const cells = line.split(",");
          return Object.fromEntries(
            columns.map((column, i) => [column, cells[i] === "NA" ? null : asCell(cells[i] ?? "")]),
          );
        });
        const given = predict(rows);
        dispose();
        return given.ok ? given.value : given.diagnostics;
      };
      expect(await predictions(imported.bundle.model)).toEqual(await predictions(bundle.model));
    },
  );

  test.each(names.filter((name) => format === "keras" || !name.includes("transformer")))(
    "of %s has its flow in the layers",
    async (name) => {
      const { bundle } = await trained(name);
      const files = filesOf(await exportModel(bundle, format));
      const arrived = await (await readers[format].load())(files, {});
      if ("refused" in arrived) throw new Error(JSON.stringify(arrived.refused));
      const printed = textOf(arrived.model);
      const saved = await savedModel(bundle.model);
      const { model } = resolved(printed, catalog);
      if (!saved.ok || model === undefined) throw new Error(printed);
      expect(flowOf(model)).toEqual(flowOf(saved.value.model));
    },
  );
});

function textOf(model: ForeignModel): string {
  const printed = netText("model", model, catalog, { networkOnly: true });
  if (!("text" in printed)) throw new Error(JSON.stringify(printed));
  return printed.text;
}

function asCell(cell: string): number | string | null {
  if (cell === "") return null;
  return Number.isNaN(Number(cell)) ? cell : Number(cell);
}
