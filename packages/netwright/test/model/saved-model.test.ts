// A saved run is read by the model in it where the same version wrote it, otherwise by its texts: to the same model.

import { expect, test } from "@jest/globals";
import { savedModel, train } from "netwright";
import { csv, source } from "../support.ts";

const { bundle } = await train(source, { backend: "reference", data: csv, epochs: 1 });
const file = bundle.model;

async function modelOf(changes: Partial<typeof file>) {
  const saved = await savedModel({ ...file, ...changes });
  if (!saved.ok) throw new Error(saved.diagnostics.map(({ message }) => message).join("\n"));
  return saved.value.model;
}

const older = { versions: { ...file.versions, netwright: "0.0.1" } };

test("both ways give the same model", async () => {
  const fast = await modelOf({});
  expect(await modelOf(older)).toEqual(fast);
  expect(await modelOf({ model: null })).toEqual(fast);
  expect(await modelOf({ model: "{ damaged" })).toEqual(fast);
});

test("the texts are read again where they or the settings were changed", async () => {
  const sources = file.sources.map(({ path, text }) => ({ path, text: text.replace("tanh", "relu") }));
  for (const changes of [{ sources }, { ...older, sources }]) {
    expect((await modelOf(changes)).nodes[0]).toMatchObject({ args: { activation: { name: "relu" } } });
  }
  expect((await modelOf({ overrides: { "train.epochs": "7" } })).train?.epochs).toBe(7);
  const broken = file.sources.map(({ path, text }) => ({ path, text: text.replace("dense", "dens") }));
  const saved = await savedModel({ ...file, sources: broken });
  expect(saved.diagnostics.map(({ code }) => code)).toContain("NW0205");
});

test("weights that do not fit are refused either way", async () => {
  const weights = new Map([...file.weights].slice(1));
  for (const changes of [{}, older]) {
    const saved = await savedModel({ ...file, ...changes, weights });
    expect(saved.ok ? [] : saved.diagnostics.map(({ code }) => code)).toEqual(["NW0841"]);
  }
});
