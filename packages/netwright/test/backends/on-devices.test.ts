// Training on several devices as the API has it: which backends can, which batches can be divided, and what a run keeps of it.
// The backend is the reference under another number of devices, as what they compute is another's test.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import type { Backend } from "@netwright/runtime";
import { NetwrightError, onDevices, study, train } from "netwright";
import { csv, source } from "../support.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-devices-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function several(devices: number): Backend {
  return {
    ...referenceBackend,
    onDevices: several,
    describe: async (options) => ({
      ...(await referenceBackend.describe(options)),
      ...(devices === 1 ? {} : { devices }),
    }),
  };
}
const backend = several(1);
const given = { data: csv, epochs: 2, backend } as const;

async function refusal(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof NetwrightError)
      return error.diagnostics
        .map(({ code, message, notes }) => [code, message, ...notes].join(" "))
        .join("\n");
    throw error;
  }
  return "none";
}

test("a backend that has one device refuses more, and takes one", async () => {
  const told = await refusal(() => train(source, { data: csv, epochs: 2, backend: "reference", devices: 2 }));
  expect(told).toContain("NW0816 The backend reference trains on one device, and 2 are asked for.");
  expect(told).toContain("`--backend xla`");
  expect(onDevices(referenceBackend, 1)).toMatchObject({ ok: true, value: referenceBackend });
  expect(await refusal(() => train(source, { ...given, devices: 65 }))).toContain("from 1 to 64");
});

test("the number is part of the record, and of what a run is", async () => {
  const [one, two, again] = [
    await train(source, given),
    await train(source, { ...given, devices: 2 }),
    await train(source, { ...given, devices: 2 }),
  ];
  expect([one.record.backend.devices, two.record.backend.devices]).toEqual([undefined, 2]);
  expect(two.record.hash.run).not.toBe(one.record.hash.run);
  expect(again.record.hash.run).toBe(two.record.hash.run);
});

test("batches that cannot be divided are refused, but for the last of an epoch", async () => {
  // 60 training rows: batches of 16 and a last one of 12.
  expect((await train(source, { ...given, devices: 8 })).record.backend.devices).toBe(8);
  const told = await refusal(() => train(source, { ...given, devices: 5 }));
  expect(told).toBe(
    "NW0816 A batch of 16 rows cannot be divided among 5 devices evenly. " +
      "Take a batch that can: `--set train.batch=15`. Or take as many devices as divide it: `--devices 4`.",
  );
  expect(await refusal(() => train(source, { ...given, devices: 3 }))).toContain("A batch of 16 rows");
  const few = await refusal(() => train(source, { ...given, set: { "train.batch": 1 }, devices: 2 }));
  expect(few).toBe(
    "NW0816 A batch of 1 row cannot be divided among 2 devices evenly. " +
      "Or train on one device: leave `--devices` out.",
  );
});

test("what was interrupted goes on with the same number, and not with another", async () => {
  const stop = new AbortController();
  const begun = await train(source, {
    ...given,
    ...{ epochs: 4, devices: 2, signal: stop.signal },
    onEpoch: ({ epoch }) => {
      if (epoch === 2) stop.abort();
    },
  });
  const resume = await begun.save(folder);
  const more = { ...given, epochs: 4, resume };
  const told = await refusal(() => train(source, { ...more, devices: 4 }));
  expect(told).toContain("the number of devices has changed");
  expect(told).toContain("The number of devices was 2 and is 4: `--devices 2`.");
  const whole = await train(source, { ...given, epochs: 4, devices: 2 });
  const resumed = await train(source, more);
  expect(resumed.record.hash).toEqual(whole.record.hash);
});

test("a study trains each of its runs on them, and goes on with no other number", async () => {
  const done = await study(source, { ...given, seeds: 2, devices: 2 });
  expect(done.runs.map(({ record }) => record.backend.devices)).toEqual([2, 2]);
  const more = { ...given, seeds: 3, resume: done };
  expect(await refusal(() => study(source, more))).toContain("NW0804");
  expect((await study(source, { ...more, devices: 2 })).runs).toHaveLength(3);
});
