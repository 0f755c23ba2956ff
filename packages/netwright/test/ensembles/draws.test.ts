// Members that draw params, through the public API: the same bits everywhere, on resuming too, and a record of who drew what.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import {
  explainMembers,
  load,
  memoryFiles,
  NetwrightError,
  openProject,
  resolvedText,
  type SavableModel,
  train,
} from "netwright";
import { pairOf } from "../export/same.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-draws-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Options = Parameters<typeof train>[1];

const rows = Array.from({ length: 120 }, (_, i) => {
  const [a, b] = [((i * 37) % 100) / 50 - 1, ((i * 53) % 90) / 45 - 1];
  return { a, b, y: 2 * a - b + a * b };
});

const fileOf = ({ rates = "log(3e-3..3e-1)", seed = 4, draw = "[rate, drop]" } = {}) => `netwright 1
param rate = 0.02 in ${rates}
param drop = 10% in 0..0.5
data table {
  source: "table.csv"
  target: y
  split: { train: 60%, validation: 20%, test: 20% }
}
model {
  members(6, choose: best, draw: ${draw})
  member_dense(6, tanh)
  dropout(drop)
  member_dense(outputs)
}
train {
  optimizer: adamw(learning_rate: cosine(rate), weight_decay: rate)
  epochs: 4
  batch: 16
  accumulate: 2
  seed: ${seed}
}
`;
const text = fileOf();
const trained = (options: Options = {}, source = text): Promise<SavableModel> =>
  train(source, { data: rows, backend: "reference", ...options });
const modelOf = (source: string, set: Readonly<Record<string, string>> = {}) => {
  const overrides = Object.entries(set).map(([path, value]) => ({ path, value }));
  const { model, diagnostics } = openProject(
    { file: "table.net", text: source },
    { files: memoryFiles(new Map()), data: rows, overrides },
  );
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return model;
};
const given = rows.slice(0, 7).map(({ a, b }) => ({ a, b }));

test("jit gives the bits of the reference, wasm its numbers; a saved run, and an export, predict the same", async () => {
  const [reference, jit, wasm] = await Promise.all(
    ["reference", "jit", "wasm"].map((backend) => trained({ backend })),
  );
  if (reference === undefined || jit === undefined || wasm === undefined)
    throw new Error("three were asked for");
  expect(jit.record.hash.weights).toBe(reference.record.hash.weights);
  expect(wasm.metrics.test?.["mae"]).toBeCloseTo(reference.metrics.test?.["mae"] ?? Number.NaN, 5);
  const expected = await reference.predict(given);
  const loaded = await load(await jit.save(join(folder, "saved")), { backend: "reference" });
  expect(await loaded.predict(given)).toEqual(expected);
  const { alone } = await pairOf(jit);
  expect(alone.predictMany(given)).toEqual(await jit.predict(given));
  for (const model of [reference, jit, wasm, loaded]) await model.dispose();
}, 60_000);

test("a training that is interrupted goes on with what was drawn, to the same bits", async () => {
  const whole = await trained();
  const stop = new AbortController();
  const half = await trained({
    signal: stop.signal,
    onEpoch: ({ epoch }) => {
      if (epoch === 2) stop.abort();
    },
  });
  expect(half.status).toBe("interrupted");
  const resumed = await trained({ resume: await half.save(join(folder, "half")) });
  expect(resumed.record.hash).toEqual(whole.record.hash);
}, 60_000);

test("what is drawn is part of the hash: of the seed, of what a param may be, of whether it is drawn", async () => {
  const hashOf = async (source: string, options: Options = {}) =>
    (await trained({ epochs: 1, ...options }, source)).record.hash;
  const all = await Promise.all([
    hashOf(text),
    hashOf(fileOf({ seed: 5 })),
    hashOf(fileOf({ rates: "log(3e-3..2e-1)" })),
    hashOf(fileOf({ draw: "[drop]" })),
    hashOf(text, { set: { rate: 0.02 } }),
  ]);
  const [first, ...others] = all;
  for (const other of others) expect(other.run).not.toBe(first?.run);
}, 60_000);

test("what each drew stands in the resolved file, which gives the same program", async () => {
  const model = modelOf(text);
  const again = resolvedText(model);
  for (const { name, values } of model.draws ?? []) {
    expect(values).toHaveLength(6);
    expect(again).toContain(`# ${name} is drawn by each member: ${values.join(", ")}`);
  }
  const [whole, written] = await Promise.all([trained(), trained({}, again)]);
  expect(written.record.hash).toEqual(whole.record.hash);
}, 60_000);

test("what is set is not drawn, and changes nothing of what else is drawn; nor does another name", () => {
  const drops = (source: string, set?: Readonly<Record<string, string>>) =>
    modelOf(source, set).draws?.find(({ name }) => name.startsWith("drop"))?.values;
  expect(drops(text, { rate: "0.1" })).toEqual(drops(text));
  expect(drops(text.replace(/\bdrop\b/g, "dropped"))).toEqual(drops(text));
  expect(modelOf(text, { rate: "0.1" }).draws?.map(({ name }) => name)).toEqual(["drop"]);
  expect(modelOf(text, { rate: "0.1", drop: "0.2" }).draws).toBeUndefined();
});

const told = (source: string, set: Readonly<Record<string, string>> = {}): readonly string[] => {
  const overrides = Object.entries(set).map(([path, value]) => ({ path, value }));
  const project = openProject(
    { file: "drawn.net", text: source },
    { files: memoryFiles(new Map()), overrides },
  );
  return project.diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, message }) => `${code} ${message}`);
};

describe("whether a file is right does not hang on what the seed draws", () => {
  const drawing = (param: string, flow: string, seed: number) =>
    `netwright 1\nparam ${param}\nmodel {\n input(4)\n members(2, draw: [${param.split(" ")[0]}])\n ${flow}\n member_dense(1)\n}\ntrain { loss: mse, optimizer: adam, seed: ${seed} }\n`;
  const seeds = Array.from({ length: 16 }, (_, i) => i);

  test.each([
    [
      "the number of layers",
      "depth = 1 in [1, 2]",
      "repeat depth {\n member_dense(4, tanh)\n }",
      "the number of layers",
    ],
    [
      "layers at one number in the middle",
      "depth = 1 in 1..9",
      "if depth == 5 {\n member_dense(4)\n }",
      "the number of layers",
    ],
    ["a width", "width = 4 in [4, 5]", "member_dense(width, tanh)", "`units` of"],
    ["an activation", "kind = tanh in [tanh, relu]", "member_dense(4, kind)", "`activation` of"],
    ["what nothing takes", "free = 1 in [1, 2]", "member_dense(4 + 0 * free, tanh)", "nothing takes"],
    ["a rate that cannot be", "drop = 0.1 in [0.1, 1]", "dropout(drop)", "a member may draw `drop` 1"],
    [
      "the end of a range that cannot be",
      "drop = 0.1 in 0..1",
      "dropout(drop)",
      "a member may draw `drop` 1",
    ],
  ])("%s is refused for each", (_, param, flow, message) => {
    for (const seed of seeds)
      expect(told(drawing(param, flow, seed))).toEqual([expect.stringContaining(message)]);
  });

  test("what members may differ in is taken for each, also where they drew alike", () => {
    for (const seed of seeds)
      expect(told(drawing("drop = 0.1 in [0.1, 0.2]", "dropout(drop)", seed))).toEqual([]);
  });
});

test("where all that is drawn is set, members are no more than in a file without `draw`", () => {
  const source = `netwright 1\nparam drop = 0.1 in 0..0.5\nmodel {\n input(4)\n members(9000, draw: [drop])\n dropout(drop)\n member_dense(1)\n}\ntrain { loss: mse }\n`;
  expect(told(source)).toEqual([expect.stringContaining("NW0725 9,000 members are too many to draw")]);
  expect(told(source, { drop: "0.2" })).toEqual([]);
});

test("explainMembers tells who drew what, and of a run who predicts", async () => {
  const run = await trained();
  const { model } = run.bundle;
  const file = modelOf(text);
  const rate = file.draws?.find(({ name }) => name === "rate")?.values;
  const members = explainMembers(file, model.weights);
  expect(members.map(({ drew }) => drew["rate"])).toEqual(rate);
  expect(explainMembers(file, null).every(({ predicts }) => predicts === null)).toBe(true);
  const chosen = Array.from(model.weights.get("members_1.chosen")?.data ?? []);
  expect(members.map(({ predicts }) => (predicts === true ? 1 : 0))).toEqual(chosen);
  expect(explainMembers(modelOf(text.replace(/members\([^)]*\)/, "members(6)")), null)).toEqual([]);
});

describe("of members that diverge, it is said that there is no one rate to lower", () => {
  const diverged = async (params: string, members: string, rate: string) => {
    const source = `netwright 1
${params}
data table {
  source: "table.csv"
  target: y
  split: { train: 60%, validation: 20%, test: 20% }
}
model { members(${members}) -> member_dense(6, relu) -> member_dense(outputs) }
train { optimizer: sgd(${rate}), epochs: 4, batch: 16, seed: 4 }
`;
    const thrown: unknown = await train(source, { data: rows, backend: "reference" }).catch(
      (error: unknown) => error,
    );
    if (!(thrown instanceof NetwrightError)) throw new Error("it was to diverge");
    const [first] = thrown.diagnostics;
    expect(first?.code).toBe("NW0801");
    const notes = first?.notes.join(" ") ?? "";
    expect(notes).not.toContain("a tenth is a good next try");
    return notes;
  };

  test("and whose param it is, and what was drawn of it", async () => {
    const other = "param decay = 0 in 0..1e-3";
    const notes = await diverged(
      `param rate = 0.01 in [0.01, 1e6]\n${other}`,
      "8, draw: [decay, rate]",
      "cosine(rate), weight_decay: decay",
    );
    expect(notes).toMatch(
      /narrow what stands behind `in` of `rate`\. Member [1-8] drew `rate` 1000000, and has the largest weights\./,
    );
  });

  test("and of an operand of the rate", async () => {
    const notes = await diverged("param rate = 0.01 in [0.01, 1e6]", "8, draw: [rate]", "2 * rate");
    expect(notes).toMatch(/narrow what stands behind `in` of `rate`\. Member [1-8] drew `rate` 1000000, and/);
  });

  test("and of a written list its largest, whatever else is drawn", async () => {
    const drop = "param drop = 0.1 in 0.1..0.2";
    const flow = "4, draw: [drop]) -> dropout(drop";
    expect(await diverged(drop, flow, "by_member([0.01, 0.01, 1e6, 0.01])")).toContain(
      "The largest learning rate of `by_member` is probably too large: lower it. Member 3 has the largest weights.",
    );
  });

  test("and of a written list its largest", async () => {
    const notes = await diverged("", "4", "by_member([0.01, 0.01, 1e6, 0.01])");
    expect(notes).toContain(
      "The largest learning rate of `by_member` is probably too large: lower it. Member 3 has the largest weights.",
    );
  });
});
