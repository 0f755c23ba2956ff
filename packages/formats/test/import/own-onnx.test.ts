// What Netwright exports as ONNX is read again: the same network by its layers alone, with the same predictions.

import { expect, test } from "@jest/globals";
import type { PortableModel } from "@netwright/formats";
import { importModel, portableModel } from "netwright";
import { readOnnx } from "../../src/import/onnx/read.ts";
import { data, fileOf, flows } from "../onnx/flows.ts";
import { written } from "../onnx/run.ts";
import { portable } from "../portable.ts";
import { runForeign } from "./run-foreign.ts";

/** Dropped while training alone, so that no ONNX file has it. */
const TRAINING = ["dropout"];

/** Layers with their arguments and what they take, by their places, as the file of a model says them. */
function flowOf({ network: { inputs, nodes } }: PortableModel): readonly unknown[] {
  const places = new Map<string, number>(inputs.map(({ name }, i) => [name, -1 - i]));
  const kept = nodes.filter((node) => {
    if (!TRAINING.includes(node.layer)) return true;
    places.set(node.name, places.get(node.inputs[0]?.from ?? "") ?? Number.NaN);
    return false;
  });
  return kept.map(({ name, layer, args, inputs: taken }, i) => {
    const from = taken.map((input) => places.get(input.from));
    places.set(name, i);
    return [layer, JSON.parse(JSON.stringify(args, (key, value: unknown) => (key === "span" ? undefined : value))), from];
  });
}

async function filesOf(model: PortableModel): Promise<ReadonlyMap<string, Uint8Array>> {
  return new Map((await written(model)).map(({ name, content }) => [name, content]));
}

/** Without the texts with which all of it would come back: the layers tell the network. */
function withoutTexts(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  return new Map(
    [...files].map(([name, content]) => {
      const text = Buffer.from(content).toString("latin1");
      return [name, new Uint8Array(Buffer.from(text.replaceAll("netwright.sources", "netwright.s0urces"), "latin1"))];
    }),
  );
}

test.each(flows)("%s", async (flow) => {
  const model = await portable(fileOf(flow), data);
  const files = await filesOf(model);
  const arrived = await readOnnx(files, {});
  if ("refused" in arrived) throw new Error(JSON.stringify(arrived.refused));
  const { given, inputs } = model.samples;
  const made = await runForeign(arrived.model, inputs, given.length);
  const most = Math.max(...made.map((value, i) => Math.abs(value - (given[i] ?? Number.NaN))));
  expect(most).toBeLessThan(1e-6);
  const { bundle } = await importModel(withoutTexts(files));
  const again = await portableModel(bundle, { samples: 0 });
  if (!again.ok) throw new Error(JSON.stringify(again.diagnostics));
  expect(flowOf(again.value)).toEqual(flowOf(model));
});
