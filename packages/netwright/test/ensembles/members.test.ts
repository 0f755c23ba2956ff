// Ensembles inside a network, from the file to predictions, a saved run and an export, for every kind of target.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { explain, load, memoryFiles, openProject, resolvedText, type SavableModel, train } from "netwright";
import { pairOf } from "../export/same.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-members-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// As that of the library, without its end: what may stand there is tried.
const BLOCKS = `block tabm(units = 512, depth = 3, members = 32, dropout = 10%, start = random_sign) {
  members(members)
  member_scale(scale_initializer: start)
  tabm_layer(units, dropout)
  repeat depth - 1 {
    member_scale
    tabm_layer(units, dropout)
  }
}

block tabm_layer(units, dropout) {
  dense(units, use_bias: false)
  member_scale(use_bias: true)
  relu
  dropout(dropout)
}
`;

const SIZES = ["small", "middle", "large"];

const rows = Array.from({ length: 120 }, (_, i) => {
  const [a, b] = [((i * 37) % 100) / 50 - 1, ((i * 53) % 90) / 45 - 1];
  const size = SIZES[a + b > 0.4 ? 2 : a + b > -0.4 ? 1 : 0] ?? "";
  return {
    a,
    b,
    y: 2 * a - b + a * b,
    size,
    buys: a - b > 0 ? "yes" : "no",
    visits: Math.max(0, Math.round(3 * a + 2)),
    tags: [...(a > 0 ? ["right"] : []), ...(b > 0 ? ["high"] : [])].join("; "),
    share: (a + 1) / 2,
    rest: 1 - (a + 1) / 2,
  };
});

interface Parts {
  readonly target: string;
  readonly loss: string;
  readonly columns?: string;
  readonly more?: string;
  readonly last?: string;
  readonly block?: string;
}

const fileOf = ({ target, loss, columns = "", more = "", last, block }: Parts) => `netwright 1
data table {
  source: "table.csv"
  target: ${target}
  features: [a, b]
  columns { ${columns} }
  split: { train: 60%, validation: 20%, test: 20% }
}
${BLOCKS}
model {
  ${block ?? "tabm(8, depth: 2, members: 4)"}
  ${last ?? "member_dense(outputs)"}
}
train { loss: ${loss}, optimizer: adamw(learning_rate: 0.02), epochs: 3, batch: 16, ${more} }
`;

const targets: readonly (readonly [string, Parts])[] = [
  ["a number", { target: "y", loss: "mse" }],
  ["two numbers", { target: "[y, visits]", loss: "mae" }],
  ["quantiles", { target: "y", loss: "quantile(levels: [0.1, 0.5, 0.9])" }],
  ["a count", { target: "visits", loss: "poisson" }],
  ["shares", { target: "[share, rest]", loss: "kl_divergence" }],
  ["classes", { target: "size", loss: "cross_entropy(smoothing: 0.1)" }],
  [
    "classes in an order",
    {
      target: "size",
      loss: "ordinal",
      columns: 'size: category(values: ["small", "middle", "large"])',
    },
  ],
  ["two classes", { target: "buys", loss: "binary_cross_entropy", more: "threshold: best(f1)" }],
  ["a margin", { target: "buys", loss: "hinge" }],
  ["labels", { target: "tags", loss: "multi_label_cross_entropy", columns: 'tags: labels(separator: ";")' }],
];

describe.each(targets)("an ensemble of %s", (name, parts) => {
  const text = fileOf(parts);
  const trained = (backend: string): Promise<SavableModel> => train(text, { backend, data: rows });

  test("has the same bits on two backends, is saved, loaded and exported", async () => {
    const [jit, reference] = await Promise.all([trained("jit"), trained("reference")]);
    expect(reference.record.hash.weights).toBe(jit.record.hash.weights);
    expect(reference.metrics).toEqual(jit.metrics);

    const given = rows.slice(0, 7).map(({ a, b }) => ({ a, b }));
    const expected = await jit.predict(given);
    const run = await jit.save(join(folder, name.replaceAll(" ", "-")));
    const loaded = await load(run);
    expect(await loaded.predict(given)).toEqual(expected);

    const { alone } = await pairOf(jit);
    expect(alone.predictMany(given)).toEqual(expected);
    for (const model of [jit, reference, loaded]) await model.dispose();
  });
});

describe("chosen members", () => {
  const choosing = (parts: Partial<Parts> = {}) =>
    fileOf({
      target: "y",
      loss: "mse",
      block: "members(5, choose: best) -> member_dense(6, tanh)",
      ...parts,
    });
  const choiceIn = ({ bundle }: SavableModel) => bundle.model.weights.get("members_1.chosen")?.data;

  test("predict better on the validation rows than all of them, and are kept with the run", async () => {
    const all = await train(choosing({ block: "members(5) -> member_dense(6, tanh)" }), { data: rows });
    const some = await train(choosing(), { data: rows });
    const choice = Array.from(choiceIn(some) ?? []);
    expect(choice).toHaveLength(5);
    expect(choice.filter((one) => one === 1).length).toBeLessThan(5);
    expect(choice.every((one) => one === 0 || one === 1)).toBe(true);
    const lossOf = ({ record }: SavableModel) => record.splits.validation?.loss ?? Number.NaN;
    expect(lossOf(some)).toBeLessThan(lossOf(all));

    const given = rows.slice(0, 5).map(({ a, b }) => ({ a, b }));
    const expected = await some.predict(given);
    expect(expected).not.toEqual(await all.predict(given));
    const loaded = await load(await some.save(join(folder, "chosen")));
    expect(await loaded.predict(given)).toEqual(expected);
    expect((await pairOf(some)).alone.predictMany(given)).toEqual(expected);
    for (const model of [all, some, loaded]) await model.dispose();
  });

  test("are the same on two backends", async () => {
    const models = await Promise.all(
      ["jit", "reference"].map((backend) => train(choosing(), { backend, data: rows })),
    );
    const [jit, reference] = models;
    expect(jit?.record.hash.weights).toBe(reference?.record.hash.weights);
    expect(jit?.metrics).toEqual(reference?.metrics);
    for (const model of models) await model.dispose();
  });

  test.each([
    ["of which there are no rows", "validation: 0%, test: 40%", "", "NW0704"],
    ["that do not predict", "validation: 20%, test: 20%", "flatten -> dense(outputs)", "NW0235"],
  ])("%s are refused", async (_, shares, last, code) => {
    const text = choosing(last === "" ? {} : { last }).replace("validation: 20%, test: 20%", shares);
    await expect(train(text, { data: rows })).rejects.toMatchObject({ diagnostics: [{ code }] });
  });
});

describe("an ensemble", () => {
  const csv = ["a,b,y", ...rows.map(({ a, b, y }) => `${a},${b},${y}`)].join("\n");
  const open = (text: string) =>
    openProject({ file: "table.net", text }, { files: memoryFiles(new Map([["table.csv", csv]])) });
  const number: Parts = { target: "y", loss: "mse" };

  test("is written out in full, and explained with its members", () => {
    const { model } = open(fileOf(number));
    if (model === undefined) throw new Error("the file is wrong");
    const again = open(resolvedText(model)).model;
    expect(again?.outputs).toEqual(model.outputs);
    expect(again?.nodes.map(({ layer, args }) => [layer, args])).toHaveLength(model.nodes.length);
    expect(explain(model).members).toBe(4);
    expect(explain(model).totals.parameters).toBe(2 * 8 + 8 * 8 + 4 * (2 + 2 * 8 + 8 + 2 * 8 + 8) + 4);
  });

  test.each([
    [
      "an end that is too wide",
      { ...number, last: "member_dense(3)" },
      "the last layer, `member_dense_1`, gives [4, 3], and the target needs [4, 1]",
    ],
    [
      "members of members",
      { ...number, block: "members(4) -> members(3)" },
      "the last layer, `member_dense_1`, gives [3, 4, 1], and the target needs [3, 1]",
    ],
    [
      "an end without members, as they were made one size of",
      { ...number, last: "flatten -> dense(3)" },
      "the last layer, `dense_3`, gives [3], and the target needs [1]",
    ],
    [
      "a scale of members without any",
      { ...number, block: "dense(4, relu) -> member_scale", last: "dense(outputs)" },
      "member_scale takes the numbers of several members, and its input has one size",
    ],
    [
      "a sequence, which has no members",
      {
        ...number,
        block: "member_dense(2)",
        last: "flatten -> dense(outputs)",
      },
      "member_dense takes the numbers of several members, and its input has one size",
    ],
  ] satisfies readonly (readonly [string, Parts, string])[])("%s is told", (_, parts, message) => {
    const found = open(fileOf(parts)).diagnostics.filter(({ severity }) => severity === "error");
    expect(found.map(({ message }) => message)).toEqual([message]);
  });
});
