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

const USING = (use: string) => source.replace("netwright 1", `netwright 1\nuse ${JSON.stringify(use)}`);
const PART = "netwright 1\nblock part(n) { dense(n) }\n";

async function codesOf(main: string, use: string, saved: readonly string[]): Promise<readonly string[]> {
  const used = saved.map((path) => ({ path, text: PART }));
  const read = await savedModel({ ...file, ...older, sources: [{ path: main, text: USING(use) }, ...used] });
  return read.diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code);
}

test.each([
  ["models/main.net", "../lib/x.net", "lib/x.net"],
  ["models/main.net", "x.net", "models/x.net"],
  ["./models/main.net", "./x.net", "models/x.net"],
  ["/home/me/models/main.net", "../lib/x.net", "/home/me/lib/x.net"],
  ["../main.net", "../lib/x.net", "../../lib/x.net"],
  ["models\\main.net", "../lib/x.net", "lib\\x.net"],
  ["C:\\models\\main.net", "C:/lib/x.net", "C:\\lib\\x.net"],
  // As texts in memory have it.
  ["models/main.net", "./x.net", "./x.net"],
])("a text of %s that uses %s has it as %s", async (main, use, saved) => {
  expect(await codesOf(main, use, [saved])).toEqual([]);
});

test.each([
  ["models/main.net", "../lib/x.net", "models/x.net"],
  ["models/main.net", "x.net", "lib/x.net"],
  ["models/main.net", "x.net", "models/max.net"],
  ["models/main.net", "/lib/x.net", "models/lib/x.net"],
])("a text of %s that uses %s has it not as %s", async (main, use, saved) => {
  expect(await codesOf(main, use, [saved])).toEqual(["NW0213"]);
});
