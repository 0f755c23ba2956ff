// What is refused is told by its kind beside the words, in every format alike.

import { expect, test } from "@jest/globals";
import {
  type FormatName,
  type FormatOptions,
  formats,
  type PortableModel,
  type Refused,
} from "@netwright/formats";
import { data, fileOf } from "./dense-models.ts";
import { portable } from "./portable.ts";

async function kindsOf(
  format: FormatName,
  model: PortableModel,
  options: FormatOptions = {},
): Promise<readonly Refused[]> {
  const write = await formats[format].load();
  const written = await write(model, options);
  return "refused" in written ? written.refused.map(({ of }) => of) : [];
}

test("columns, layers, targets and what loss and predictions need", async () => {
  const flow = "dense(3, gelu) -> layer_norm -> dense(outputs)";
  const clipped = await portable(fileOf(flow, "y", "mse", "y: number(scale: smooth_clip)"), data);
  expect(await kindsOf("pmml", clipped)).toEqual(["layer", "layer", "target"]);
  const margins = await portable(fileOf("dense(1)", "two", "hinge"), data);
  expect(await kindsOf("pmml", margins)).toEqual(["prediction"]);
  const cut = fileOf("dense(outputs)", "two", "cross_entropy").replace(
    "train { ",
    "train { threshold: 0.3, ",
  );
  expect(await kindsOf("pmml", await portable(cut, data))).toEqual(["threshold"]);
}, 120_000);

test("what is too much for a reader", async () => {
  const wide = await portable(fileOf("dense(300, relu) -> dense(1)"), data);
  expect(await kindsOf("sql", wide, { dialect: "sqlite" })).toEqual(["layer"]);
  expect(await kindsOf("xlsx", wide)).toEqual(["layer"]);
  const narrow = await portable(fileOf("dense(3) -> dense(1)"), data);
  expect(await kindsOf("xlsx", narrow, { rows: 2_000_000 })).toEqual(["size"]);
  // A layer may have any name, and no name makes an input of it.
  const [first] = wide.network.nodes;
  const renamed = (name: string) => (name === first?.name ? "the input" : name);
  const nodes = wide.network.nodes.map((node) => ({
    ...node,
    name: renamed(node.name),
    inputs: node.inputs.map((source) => ({ ...source, from: renamed(source.from) })),
  }));
  const called = { ...wide, network: { ...wide.network, nodes } };
  expect(await kindsOf("xlsx", called)).toEqual(["layer"]);
  const long = {
    ...narrow,
    columns: narrow.columns.map((column, i) => (i === 0 ? { ...column, name: "x".repeat(100) } : column)),
  };
  expect(await kindsOf("sql", long)).toEqual(["column"]);
}, 120_000);

test("an ensemble, and what is kept beside its predictions", async () => {
  const together = await portable(fileOf("members(2) -> member_dense(4, relu) -> member_dense(1)"), data);
  expect(await kindsOf("sql", together)).toContain("members");
  const spread = await portable(fileOf("dense(4) -> dense(2)", "y", "gaussian_nll"), data);
  expect(await kindsOf("sql", spread)).toContain("spread");
}, 120_000);
