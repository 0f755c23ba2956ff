// Checkpoints of the API in Node: kept while training goes on, gone on with to the same bits, removed by `save`.

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { type Disk, readRun, THIS_DISK } from "@netwright/runtime/node";
import {
  checkpointFolder,
  findBackend,
  nodeFiles,
  openProject,
  putRun,
  readText,
  runName,
  runToFiles,
  runTraining,
  type TrainedRun,
  train,
} from "../../src/node/index.ts";

jest.setTimeout(60_000);

let folder = "";
let net = "";
let runs = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "netwright-checkpoints-"));
  [net, runs] = [join(folder, "small.net"), join(folder, "runs")];
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 10},${i % 7},${2 * (i % 10) - (i % 7)}`);
  writeFileSync(join(folder, "small.csv"), `a,b,y\n${rows.join("\n")}\n`);
  writeFileSync(
    net,
    'netwright 1\ndata small { source: "small.csv", target: y }\nmodel { dense(4, relu) -> dense(1) }\n' +
      "train { epochs: 1200, batch: 16, checkpoint: every(1) }\n",
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = () => ({ backend: "reference", checkpoints: runs });
const kept = () =>
  existsSync(runs) ? readdirSync(runs).find((name) => name.endsWith("-checkpoint")) : undefined;

test("a training that ends with an exception is gone on with, to the same bits", async () => {
  const onEpoch = () => {
    if (kept() !== undefined) throw new Error("killed");
  };
  await expect(train(net, { ...options(), onEpoch })).rejects.toThrow("killed");
  const checkpoint = join(runs, kept() ?? "");

  const whole = await train(net, options());
  expect(whole.warnings).toMatchObject([{ code: "NW0807", severity: "warning" }]);
  expect(whole.warnings[0]?.notes[0]).toContain(`{ resume: "${checkpoint}" }`);

  const first: number[] = [];
  const resumed = await train(net, {
    ...options(),
    resume: checkpoint,
    onEpoch: ({ epoch }) => first.push(epoch),
  });
  expect(first[0]).toBeGreaterThan(1);
  expect(resumed.record.hash).toEqual(whole.record.hash);
  expect(resumed.warnings).toEqual([]);

  const place = await resumed.save(runs);
  expect(readdirSync(runs).map((name) => join(runs, name))).toEqual([place]);
});

test("what cannot be gone on with is refused", async () => {
  await expect(train(net, { ...options(), resume: join(folder, "nothing") })).rejects.toThrow("NW0820");
  const [run = ""] = readdirSync(runs);
  await expect(train(net, { ...options(), resume: join(runs, run) })).rejects.toThrow("NW0805");
  const wrong: object = { checkpoints: 5 };
  await expect(train(net, wrong)).rejects.toThrow("NW0911");
});

test("`save` replaces neither a whole run nor one that has come further by one that was interrupted", async () => {
  const until = async (last: number) => {
    const stop = new AbortController();
    const onEpoch = ({ epoch }: { readonly epoch: number }) => {
      if (epoch === last) stop.abort();
    };
    return train(net, { backend: "reference", onEpoch, epochs: 9, signal: stop.signal });
  };
  const saved = join(folder, "saved");
  const [near, far, whole] = [
    await until(2),
    await until(5),
    await train(net, { backend: "reference", epochs: 9 }),
  ];
  const place = await far.save(saved);
  expect(await near.save(saved)).toBe(`${place}-interrupted`);
  const now = async () => {
    const run = await readRun(place);
    return run.ok ? run.value.history.length : null;
  };
  expect(await now()).toBe(5);
  expect(await whole.save(saved)).toBe(place);
  expect(await far.save(saved)).toBe(`${place}-interrupted`);
  expect(await now()).toBe(9);
});

test("a run that another process saves between comparing and moving is not lost", async () => {
  const until = async (last: number) => (await trainings()).until(last);
  const [near, middle, far] = [await until(2), await until(4), await until(5)];
  const named = join(folder, "between", "named");
  const put = (run: TrainedRun, host: Partial<Disk> = {}) =>
    putRun(named, run.bundle, runToFiles(run).files, host);
  await put(near);
  let isSaved = false;
  const rename: Disk["rename"] = async (from, to) => {
    // What comes furthest is saved when the other one has compared, and is about to move.
    if (from === named && !isSaved) {
      isSaved = true;
      await put(far);
    }
    await THIS_DISK.rename(from, to);
  };
  const placed = await put(middle, { rename });
  expect(placed).toMatchObject({
    ok: true,
    value: { place: expect.stringMatching(/between\/small-[0-9a-f]{12}$/) },
  });
  const lengths = async (place: string) => {
    const read = await readRun(place);
    return read.ok ? read.value.history.length : null;
  };
  expect(await lengths(named)).toBe(5);
  expect(placed.ok && (await lengths(placed.value.place))).toBe(4);
  expect(readdirSync(join(folder, "between"))).toHaveLength(2);
});

test("of two trainings at a time the one that has come less far leaves the checkpoint of the other", async () => {
  const { until } = await trainings();
  const [near, far, further] = [await until(2), await until(5), await until(6)];
  const [one, other] = [checkpointFolder(join(folder, "two")), checkpointFolder(join(folder, "two"))];
  const name = runName(near.bundle.record);
  const reached: unknown[] = [];
  for (const [store, { bundle, program }] of [
    [one, near],
    [other, far],
    [one, near],
    [one, further],
    [other, far],
  ] as const) {
    await store.keep(name, bundle, program.state);
    reached.push((await one.find(name))?.checkpoint.history.length);
  }
  expect(reached).toEqual([2, 5, 5, 6, 6]);
});

async function trainings() {
  const read = readText(net);
  const backend = await findBackend("reference");
  if (!read.ok || !backend.ok) throw new Error("there is no file or no backend");
  const project = openProject({ file: read.file, text: read.text }, { files: nodeFiles() });
  const until = async (last: number) => {
    const stop = new AbortController();
    const onEpoch = ({ epoch }: { readonly epoch: number }) => {
      if (epoch === last) stop.abort();
    };
    const run = await runTraining(project, {
      backend: backend.value,
      signal: stop.signal,
      callbacks: { onEpoch },
    });
    if (!run.ok) throw new Error("the training is refused");
    return run.value;
  };
  return { until };
}
