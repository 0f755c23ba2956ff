// `use "netwright/tabular"`: what comes with the language is in one form, trains, and is kept by a run as it was.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { format, libraries } from "@netwright/lang";
import { memoryFiles, openProject, savedModel, train } from "netwright";
import { csv, points } from "../support.ts";

const textOf = (flow: string) => `netwright 1
use "netwright/tabular"
data line { source: "line.csv" target: y scale: smooth_clip columns { y: number(scale: zscore, clamp: true) } }
model { ${flow} }
train { loss: mse optimizer: adam(learning_rate: 0.01) epochs: 4 batch: 32 }
`;

test.each([...libraries])("%s is in canonical form", (name, text) => {
  expect(format(text, name)).toMatchObject({ text, diagnostics: [] });
});

test("the page of recipes shows its text", () => {
  const page = readFileSync(new URL("../../../../docs/recipes.md", import.meta.url), "utf8");
  expect(page).toContain(`\`\`\`text\n${libraries.get("netwright/tabular")}\`\`\`\n`);
});

describe("its networks", () => {
  test.each([
    "real_mlp(16, depth: 2, act: selu, rate: flat_cosine(10%))",
    "parallel { a { periodic_embedding } b { piecewise_linear_embedding } } -> concat -> real_mlp_body(8, rate: 0)",
    "residual_network(8, depth: 1, hidden: 16, residual_rate: 10%)",
    "residual_network(8, hidden: 8, rate: 0)",
    "tabm(8, depth: 2, count: 4)",
    "periodic_embedding -> tabm(8, count: 3, act: mish, start: random_normal(stddev: 1))",
    "real_mlp_ensemble(8, depth: 2, act: selu, count: 3)",
    "deep_ensemble(8, depth: 1, count: 3)",
  ])("%s", async (flow) => {
    const model = await train(textOf(flow), { backend: "reference", data: csv });
    const [found] = await model.predict([{ a: 1, b: 2 }]);
    const all = points.map(({ y }) => y);
    expect(found?.["y"]).toBeGreaterThanOrEqual(Math.min(...all));
    expect(found?.["y"]).toBeLessThanOrEqual(Math.max(...all));
    await model.dispose();
  });
});

describe("transformer_encoder", () => {
  const nodesOf = (block: string) => {
    const text = `netwright 1\nuse "netwright/sequences"\nmodel {\n input(5, 8)\n ${block}\n dense(1)\n}\n`;
    const { model, diagnostics } = openProject({ file: "a.net", text }, { files: memoryFiles(new Map()) });
    expect(diagnostics).toEqual([]);
    return model?.nodes.slice(0, -1) ?? [];
  };

  test("is attention and two dense layers, each added to what was there, with normalisations", () => {
    const layers = (block: string) => nodesOf(block).map(({ layer }) => layer);
    const attention = ["multi_head_attention", "dropout", "add"];
    const bent = ["dense", "dense", "dropout", "add"];
    expect(layers("transformer_encoder(8)")).toEqual([...attention, "layer_norm", ...bent, "layer_norm"]);
    expect(layers("transformer_encoder(8, norm_first: true)")).toEqual([
      "layer_norm",
      ...attention,
      "layer_norm",
      ...bent,
    ]);
  });

  test("has the sizes that it is told", () => {
    const nodes = nodesOf(
      "transformer_encoder(8, num_heads: 2, intermediate_dim: 12, activation: gelu, dropout: 0)",
    );
    expect(nodes.find(({ layer }) => layer === "multi_head_attention")?.args).toMatchObject({
      num_heads: 2,
      key_dim: null,
      dropout: 0,
    });
    expect(nodes.filter(({ layer }) => layer === "dense").map(({ type }) => type.shape)).toEqual([
      [5, 12],
      [5, 8],
    ]);
  });
});

test("a run keeps the text, and goes by it", async () => {
  const model = await train(textOf("real_mlp(8, depth: 1)"), { backend: "reference", data: csv });
  const { model: file } = model.bundle;
  const kept = file.sources.find(({ path }) => path === "netwright/tabular");
  expect(kept?.text).toBe(libraries.get("netwright/tabular"));
  // As it would stand in a run of another release.
  const sources = file.sources.map((source) =>
    source === kept ? { ...source, text: source.text.replace("dropout(rate)", "linear") } : source,
  );
  const layersOf = async (changed: Partial<typeof file>) => {
    const saved = await savedModel({ ...file, model: null, ...changed });
    if (!saved.ok) throw new Error(JSON.stringify(saved.diagnostics));
    return saved.value.model.nodes.map(({ layer }) => layer);
  };
  expect(await layersOf({})).toContain("dropout");
  expect(await layersOf({ sources })).not.toContain("dropout");
  await model.dispose();
});
