// Ensembles inside of a network as ONNX Runtime computes them: what `init` drafts for a table, each loss whose members are brought
// together in a way of its own, and members of which some were chosen.

import { expect, test } from "@jest/globals";
import { formats, type PortableModel } from "@netwright/formats";
import type { DraftOptions } from "netwright";
import { drafted } from "../drafted.ts";
import { noise, portable } from "../portable.ts";
import { checked } from "./run.ts";

async function expectSame(model: PortableModel): Promise<void> {
  for (const rawInput of [false, true]) {
    const report = await checked(model, { rawInput });
    expect(report).toMatchObject({ kind: "checked", otherClasses: 0, taken: 0 });
    expect(report.predictions).toBeGreaterThan(0);
    expect(report.difference).toBeLessThan(1e-5);
  }
}

type Drafted = readonly ["concrete" | "penguins" | "wine", Partial<DraftOptions>, number];

test.each<Drafted>([
  ["concrete", {}, 8],
  ["concrete", { recipe: "real_mlp_ensemble" }, 8],
  ["concrete", { recipe: "tabm" }, 16],
  ["concrete", { recipe: "drawn_ensemble" }, 16],
  ["penguins", { target: "sex" }, 16],
  ["penguins", { target: "species" }, 16],
  ["wine", { target: "cultivar", task: "classes" }, 16],
])("the draft of %s with %j has %d members", async (example, options, members) => {
  const model = await drafted(example, options);
  expect(model.network.members).toBe(members);
  await expectSame(model);
});

const rows = Array.from({ length: 120 }, (_, i) => ({
  a: noise(i, 3) * 100,
  b: noise(i, 7) ** 3 * 1000,
  y: noise(i, 3) * 10 + (i % 3) + noise(i, 11),
  z: noise(i, 7) * 20,
  many: Math.round(noise(i, 3) * 6),
  two: noise(i, 3) + noise(i, 13) > 1 ? "good" : "bad",
  three: ["low", "middle", "high"][Math.min(2, Math.floor(noise(i, 3) * 3))],
  tags: ["x", "x|y", "z", "y|z"][Math.floor(noise(i, 3) * 4)],
}));

const fileOf = (target: string, loss: string, members = "members(5)", more = "") => `netwright 1
data t { source: "t.csv", target: ${target}, features: [a, b], split: { train: 70%, validation: 15%, test: 15% }
  columns { a: number, b: number${target === "tags" ? ", tags: labels" : ""} }
}
model { ${members} -> member_dense(6, tanh, kernel_initializer: random_normal(stddev: 2)) -> member_dense(outputs) }
train { loss: ${loss}, optimizer: adam(0.03), epochs: 8, batch: 16 }
${more}
`;

test.each([
  ["y", "mse"],
  ["[y, z]", "huber"],
  ["y", "quantile(levels: [0.1, 0.5, 0.9])"],
  ["many", "poisson"],
  ["two", "binary_cross_entropy"],
  ["two", "hinge"],
  ["two", "focal"],
  ["three", "cross_entropy"],
  ["tags", "multi_label_cross_entropy"],
])("the mean of what members predict of %s by %s", async (target, loss) => {
  await expectSame(await portable(fileOf(target, loss), rows));
});

test("members that were not chosen predict nothing", async () => {
  const model = await portable(fileOf("y", "mse", "members(6, choose: best)"), rows);
  const { chosen, members, weights } = model.network;
  expect(members).toBe(6);
  const counts = Array.from(weights.get(chosen ?? "")?.get("chosen")?.data ?? []);
  expect(counts).toContain(0);
  expect(counts).toContain(1);
  await expectSame(model);
});

test("spreads of members are refused", async () => {
  const model = await portable(fileOf("y", "mse", "members(3)", "report { spread: members }"), rows);
  const write = await formats.onnx.load();
  expect(await write(model, {})).toEqual({
    refused: [
      {
        of: "spread",
        what: "The spread beside the prediction",
        why: "is more than the format has a place for",
      },
    ],
  });
});
