// The record of a study, which several processes may write: none takes back what another has done.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import {
  openStudy,
  placeStudy,
  STUDY_FORMAT,
  type StudyEntry,
  type StudyRecord,
  studyName,
  writeStudy,
} from "../../src/node/index.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-study-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const split = { mae: 1 };

function entry(seed: number): StudyEntry {
  return {
    repeat: null,
    fold: null,
    seed,
    status: "completed",
    epochs: { planned: 1, completed: 1, best: null },
    hash: { ir: "aa", data: "bb", run: "cc", weights: "dd" },
    metrics: { train: split, validation: null, test: split },
    seconds: { total: 1, train: 1 },
  };
}

function study(runs: number, status: StudyRecord["status"], text = "netwright 1\n"): StudyRecord {
  return {
    format: STUDY_FORMAT,
    name: "small",
    status,
    plan: { seeds: [0, 1, 2], folds: null, repeats: 1 },
    keep: false,
    backend: "reference",
    sources: [{ path: "small.net", text }],
    overrides: {},
    runs: Array.from({ length: runs }, (_, seed) => entry(seed)),
  };
}

async function now(place: string): Promise<unknown> {
  const opened = await openStudy(place);
  return opened.ok ? [opened.value.status, opened.value.runs.length] : opened.diagnostics;
}

test("a shorter list of the same study does not replace a longer one, nor what is not done what is", async () => {
  const place = join(folder, "same");
  await writeStudy(place, study(1, "running"));
  await writeStudy(place, study(3, "completed"));
  const late = await writeStudy(place, study(2, "interrupted"));
  expect(late).toMatchObject({ ok: true, value: { status: "completed", runs: [{}, {}, {}] } });
  expect(await now(place)).toEqual(["completed", 3]);
  await writeStudy(place, study(3, "interrupted"));
  expect(await now(place)).toEqual(["completed", 3]);
  const ended = join(folder, "ended");
  await writeStudy(ended, study(2, "running"));
  await writeStudy(ended, study(2, "interrupted"));
  expect(await now(ended)).toEqual(["interrupted", 2]);
});

test.each([
  ["of another file", study(2, "running", "netwright 1\n# another\n")],
  ["of other data", { ...study(2, "running"), first: { ir: "aa", data: "ff", run: "ff" }, runs: [] }],
])("another study is not replaced, and it is said: %s", async (_, other) => {
  const place = join(folder, studyName(other), String(other.runs.length));
  await writeStudy(place, other);
  const before = readFileSync(join(place, "study.json"));
  expect(await writeStudy(place, study(3, "completed"))).toMatchObject({
    ok: false,
    problems: [{ code: "NW0832", message: expect.stringContaining("is the record of another study by now") }],
  });
  expect(readFileSync(join(place, "study.json"))).toEqual(before);
});

test("a damaged record is written anew by a process that knows all of it; one of a newer release is not", async () => {
  const place = join(folder, "damaged");
  await writeStudy(place, study(1, "running"));
  writeFileSync(join(place, "study.json"), "{");
  expect((await writeStudy(place, study(2, "running"))).ok).toBe(true);
  expect(await now(place)).toEqual(["running", 2]);
  writeFileSync(join(place, "study.json"), '{"format":3}');
  expect((await writeStudy(place, study(3, "completed"))).ok).toBe(false);
});

test("studies that begin at a time have folders of their own", async () => {
  const runs = join(folder, "runs");
  const record = study(0, "running");
  const placed = await Promise.all(
    Array.from({ length: 6 }, () => placeStudy(runs, studyName(record), record)),
  );
  const folders = placed.map((one) => (one.ok ? one.value : ""));
  expect(new Set(folders).size).toBe(6);
  expect(readdirSync(runs)).toHaveLength(6);
  for (const one of folders) expect(readdirSync(one)).toEqual(["study.json"]);
});

test("a study on several devices keeps their number, and is another one than on one", async () => {
  const place = join(folder, "devices");
  const record = { ...study(1, "running"), devices: 4 };
  await writeStudy(place, record);
  expect(await openStudy(place)).toMatchObject({ ok: true, value: { backend: "reference", devices: 4 } });
  expect(studyName(record)).not.toBe(studyName(study(1, "running")));
  await writeStudy(join(folder, "too-many"), { ...record, devices: 1e9 });
  expect(await openStudy(join(folder, "too-many"))).toMatchObject({ ok: false });
});
