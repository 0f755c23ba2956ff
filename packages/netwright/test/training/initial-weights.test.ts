// `initial_weights`: a training that begins with those of another run, and what of them stays where layers are frozen by name.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import {
  memoryFiles,
  type NetwrightError,
  openProject,
  runTraining,
  type SavableModel,
  study,
  train,
} from "netwright";
import { csv, source } from "../support.ts";

const options = { backend: "reference", data: csv, epochs: 3 } as const;

let folder = "";
let first: SavableModel;
let run = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "netwright-initial-"));
  first = await train(source, { ...options, seed: 9 });
  run = await first.save(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const weightsOf = ({ bundle }: SavableModel, name: string) =>
  Array.from(bundle.model.weights.get(name)?.data ?? []);

async function refusalOf(work: Promise<unknown>): Promise<NetwrightError["diagnostics"]> {
  return work.then(
    () => [],
    (error: NetwrightError) => error.diagnostics,
  );
}

test("layers of the same name and shape begin with the weights of the run, and frozen ones keep them", async () => {
  const set = { "train.freeze": "dense_1" };
  const tuned = await train(source, { ...options, set, from: run });
  expect(weightsOf(tuned, "dense_1.kernel")).toEqual(weightsOf(first, "dense_1.kernel"));
  expect(weightsOf(tuned, "dense_1.bias")).toEqual(weightsOf(first, "dense_1.bias"));
  expect(weightsOf(tuned, "dense_2.kernel")).not.toEqual(weightsOf(first, "dense_2.kernel"));
  const { hash } = first.record;
  expect(tuned.record.initial).toEqual({
    hash: { run: hash.run, weights: hash.weights },
    layers: ["dense_1", "dense_2"],
  });
  // What it begins with is what the other one ended with.
  const loss = first.history.at(-1)?.validation_loss ?? 0;
  const drawn = await train(source, { ...options, set });
  expect(tuned.history[0]?.validation_loss).toBeLessThan(drawn.history[0]?.validation_loss ?? 0);
  expect(tuned.history[0]?.validation_loss).toBeLessThan(2 * loss);
  expect(tuned.record.hash.run).not.toBe(drawn.record.hash.run);
});

test("the file names a run of its own folder, and the run goes into the hash by its weights", async () => {
  const net = join(folder, "line.net");
  writeFileSync(join(folder, "line.csv"), csv);
  const name = run.slice(folder.length + 1);
  const text = source.replace("seed: 3", `seed: 3\n  initial_weights: "${name}"`);
  writeFileSync(net, text);
  const stated = await train(net, { backend: "reference", epochs: 3 });
  const plain = join(folder, "plain", "line.net");
  mkdirSync(join(folder, "plain"));
  writeFileSync(plain, source);
  writeFileSync(join(folder, "plain", "line.csv"), csv);
  const given = await train(plain, { backend: "reference", epochs: 3, from: run });
  expect(stated.record.hash.weights).toBe(given.record.hash.weights);
  expect(stated.record.hash.run).toBe(given.record.hash.run);
  const other = await train(source, { ...options, seed: 10 });
  const from = await other.save(folder);
  const elsewhere = await train(plain, { backend: "reference", epochs: 3, from });
  expect(elsewhere.record.hash.run).not.toBe(given.record.hash.run);
  // A stranger's file opens no run of other folders; who names it on a command line or in a program may.
  mkdirSync(join(folder, "stranger"));
  const far = join(folder, "stranger", "line.net");
  writeFileSync(far, text.replace(name, `../${name}`));
  const [refused] = await refusalOf(train(far, { ...options }));
  expect(refused).toMatchObject({
    code: "NW0851",
    message: expect.stringContaining("outside of the folders"),
  });
  expect(refused?.span).toBeDefined();
});

test("who names a run opens that run alone: nothing beside it may be used", async () => {
  writeFileSync(join(folder, "blocks.net"), "netwright 1\nblock hidden(units) { dense(units, tanh) }\n");
  const text = source.replace(
    "netwright 1",
    `netwright 1\nuse ${JSON.stringify(join(folder, "blocks.net"))}`,
  );
  for (const refused of [
    await refusalOf(train(text, { ...options, from: run })),
    await refusalOf(study(text, { ...options, from: run, seeds: 2 })),
  ])
    expect(refused[0]).toMatchObject({
      code: "NW0213",
      message: expect.stringContaining("outside of the folders"),
    });
});

test("with an average of weights, that is what begins and what is left", async () => {
  const set = { "train.weight_average": 0.9 };
  const averaged = await train(source, { ...options, set });
  const place = await averaged.save(folder);
  const frozen = await train(source, { ...options, set: { ...set, "train.freeze": "dense_1" }, from: place });
  expect(weightsOf(frozen, "dense_1.kernel")).toEqual(weightsOf(averaged, "dense_1.kernel/average"));
  expect(frozen.record.initial?.layers).toEqual(["dense_1", "dense_2"]);
});

describe("what does not fit", () => {
  test("other shapes begin as ever; where nothing fits it is an error that names them", async () => {
    const wide = source.replace("dense(8, tanh)", "dense(8, tanh)\n  dense(4, tanh)");
    const part = await train(wide, { ...options, from: run });
    expect(part.record.initial?.layers).toEqual(["dense_1"]);
    const [none] = await refusalOf(train(source.replace("dense(8", "dense(9"), { ...options, from: run }));
    expect(none).toMatchObject({
      code: "NW0850",
      notes: [
        "`dense_1.kernel` is 2 x 9 here and 2 x 8 there; `dense_2.kernel` is 9 x 1 here and 8 x 1 there.",
        expect.anything(),
      ],
    });
  });

  test("statistics that fit are no weights: where these fit nowhere, nothing is taken", async () => {
    const text = source.replace(
      "dense(8, tanh)",
      "batch_norm(scale: false, center: false)\n  dense(8, tanh)",
    );
    const normed = await train(text, options);
    const from = await normed.save(folder);
    const same = await train(text, { ...options, from });
    expect(same.record.initial?.layers).toEqual(["batch_norm_1", "dense_1", "dense_2"]);
    const [none] = await refusalOf(train(text.replace("dense(8", "dense(9"), { ...options, from }));
    expect(none).toMatchObject({ code: "NW0850" });
  });

  test("where there are no folders that is said, and not how to allow one", async () => {
    const text = source.replace("seed: 3", 'seed: 3\n  initial_weights: "runs/line"');
    const files = memoryFiles(new Map([["line.csv", csv]]));
    const project = openProject({ file: "line.net", text }, { files });
    const trained = await runTraining(project, { backend: referenceBackend });
    expect(trained.diagnostics.map(({ code }) => code)).toEqual(["NW0851"]);
    expect(trained.diagnostics[0]?.notes).toEqual([
      "Take `initial_weights` out to train here, or train with the command or in Node.",
    ]);
  });

  test("a run that is none, or damaged, is told as such", async () => {
    const [absent] = await refusalOf(train(source, { ...options, from: join(folder, "nowhere") }));
    expect(absent).toMatchObject({
      code: "NW0851",
      message: expect.stringContaining("there is no such file"),
    });
    const place = join(folder, "damaged");
    mkdirSync(place);
    writeFileSync(join(place, "record.json"), "{}");
    const [damaged] = await refusalOf(train(source, { ...options, from: place }));
    expect(damaged?.code).toMatch(/^NW082/);
  });
});

test("an interrupted training goes on without the run, to the same bits", async () => {
  const whole = await train(source, { ...options, from: run });
  const ending = new AbortController();
  const stopped = await train(source, {
    ...options,
    from: run,
    signal: ending.signal,
    onEpoch: ({ epoch }) => epoch === 2 && ending.abort(),
  });
  expect(stopped.status).toBe("interrupted");
  const kept = await stopped.save(join(folder, "kept"));
  const gone = join(folder, "gone");
  const { "train.initial_weights": path = "" } = stopped.record.overrides;
  const on = await train(source, {
    ...options,
    set: { "train.initial_weights": path.replace(run, gone) },
    resume: kept,
  });
  expect(on.record.hash).toEqual(whole.record.hash);
});

test("which members predict is chosen anew", async () => {
  const ensemble = (choose: string, units: number) =>
    source.replace(
      /model \{[^}]*\}/,
      `model { members(6, choose: ${choose}) -> member_dense(${units}, tanh) -> member_dense(1) }`,
    );
  const before = await train(ensemble("best", 3), options);
  const chosen = before.bundle.model.weights.get("members_1.chosen")?.data ?? [];
  expect(new Set(chosen)).toEqual(new Set([0, 1]));
  const from = await before.save(folder);
  const best = await train(ensemble("best", 3), { ...options, from });
  expect(best.record.initial?.layers).toEqual(["member_dense_1", "member_dense_2"]);
  // While training all of them count, as they do where none are chosen in the end.
  const all = await train(ensemble("all", 3), { ...options, from });
  const losses = (model: SavableModel) => model.history.map((line) => line.validation_loss);
  for (const [i, loss] of losses(all).entries()) expect(losses(best)[i]).toBeCloseTo(loss ?? 0, 5);
  const [none] = await refusalOf(train(ensemble("best", 4), { ...options, from }));
  expect(none).toMatchObject({ code: "NW0850" });
});

test("all runs of a study begin with them", async () => {
  const { runs } = await study(source, { ...options, epochs: 1, seeds: 2, from: run });
  const layers = runs.map(({ record }) => record.initial?.layers);
  expect(layers).toEqual([
    ["dense_1", "dense_2"],
    ["dense_1", "dense_2"],
  ]);
});

test("`freeze` names blocks of the file, one of their uses, and branches", async () => {
  const text = source
    .replace("model {", "block tower(units) { dense(units, tanh) -> dense(units, tanh) }\nmodel {")
    .replace(
      "dense(8, tanh)",
      "parallel { wide { tower(3) } deep { dense(2, tanh) } } -> concat\n  tower(4)",
    );
  const trained = async (freeze: string) =>
    train(text, { ...options, epochs: 1, set: { "train.freeze": freeze } });
  const start = await trained("[tower, deep, dense_6]");
  const names = [...start.bundle.model.weights.keys()].filter((name) => name.endsWith("kernel"));
  const same = async (freeze: string) => {
    const other = await trained(freeze);
    return names.filter((name) => weightsOf(other, name).join() === weightsOf(start, name).join());
  };
  const kernels = (...layers: readonly number[]) => layers.map((n) => `dense_${n}.kernel`);
  expect(names).toEqual(kernels(1, 2, 3, 4, 5, 6));
  expect(await same("tower")).toEqual(kernels(1, 2, 4, 5));
  expect(await same("tower_2")).toEqual(kernels(4, 5));
  expect(await same("[wide, deep]")).toEqual(kernels(1, 2, 3));
});

test("a block that is called as the second use of another one is frozen alone", async () => {
  const text = source
    .replace(
      "model {",
      "block tower(units) { dense(units, tanh) }\nblock tower_2(units) { dense(units, tanh) }\nmodel {",
    )
    .replace("dense(8, tanh)", "tower(4)\n  tower(4)\n  tower_2(4)");
  const trained = (freeze: string, epochs: number) =>
    train(text, { ...options, epochs, set: { "train.freeze": freeze } });
  const kept = async (freeze: string) => {
    const [one, two] = [await trained(freeze, 1), await trained(freeze, 2)];
    const names = [...one.bundle.model.weights.keys()].filter((name) => name.endsWith("kernel"));
    return names.filter((name) => weightsOf(one, name).join() === weightsOf(two, name).join());
  };
  expect(await kept("tower_2")).toEqual(["dense_3.kernel"]);
  expect(await kept("tower")).toEqual(["dense_1.kernel", "dense_2.kernel"]);
  expect(await kept("tower_1")).toEqual(["dense_1.kernel"]);
});
