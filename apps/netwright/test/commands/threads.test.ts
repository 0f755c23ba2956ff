// `--threads`: what it takes, what it reaches, and what is said where a backend cannot do what it asks.

import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { type SmallProject, smallProject } from "../support/project.ts";
import { trainedRun } from "../support/trained-run.ts";

const processors = Math.min(3, availableParallelism());

let project: SmallProject;
let run: string;

beforeAll(async () => {
  project = smallProject();
  run = await trainedRun(project);
});

describe("a wrong number of threads is a usage error", () => {
  test.each(["0", "65", "two", "1.5", "-1"])("--threads %s", async (threads) => {
    const { net, csv } = project;
    for (const argv of [
      ["train", net],
      ["evaluate", run, "--data", csv],
      ["predict", run, "--input", csv],
      ["explain", net, "--backend", "jit"],
    ]) {
      const { code, stderr } = await cli([...argv, `--threads=${threads}`]);
      expect(code).toBe(2);
      expect(stderr).toContain("Expected a whole number from 1 to 64.");
    }
  });
});

test("the header says how many there may be, the record how many computed", async () => {
  const { net, folder } = project;
  const out = join(folder, "header");
  const { stderr } = await cli([
    "train",
    net,
    "--backend",
    "jit",
    "--threads",
    String(processors),
    "--epochs",
    "1",
    "--out",
    out,
  ]);
  expect(stderr).toContain(`backend jit (SIMD, ${processors} thread`);
  expect(stderr).not.toContain("note:");
  const [name = ""] = readdirSync(out);
  const record: unknown = JSON.parse(readFileSync(join(out, name, "record.json"), "utf8"));
  // A model of this size has too little for two.
  expect(record).toMatchObject({ backend: { name: "jit", threads: 1 } });
  expect(record).not.toHaveProperty("backend.note");
});

test("more threads than processors are not begun, which is said", async () => {
  const { net, folder, csv } = project;
  const all = availableParallelism();
  const out = join(folder, "many");
  const argv = ["train", net, "--backend", "jit", "--threads", "64", "--epochs", "1", "--out", out];
  const { stderr, code } = await cli(argv);
  expect(code).toBe(0);
  if (all >= 64) return;
  const threads = all === 1 ? "one thread" : `${all} threads`;
  expect(stderr).toContain(`note: jit: ${threads}, as this machine has no more processors`);
  const predicted = await cli(["predict", run, "--input", csv, "--backend", "jit", "--threads", "64"]);
  expect(predicted.stderr).toContain(`note: jit: ${threads}, as`);
});

describe("a backend that cannot choose says so", () => {
  const note = "note: reference computes with 1 thread, not 4: it cannot choose";

  test("to train", async () => {
    const { net, runs } = project;
    const { stderr } = await cli([
      "train",
      net,
      "--backend",
      "reference",
      "--threads",
      "4",
      "--epochs",
      "1",
      "--out",
      runs,
    ]);
    expect(stderr).toContain(note);
  });

  test("to evaluate and predict, once", async () => {
    const { csv } = project;
    for (const argv of [
      ["evaluate", run, "--data", csv],
      ["predict", run, "--input", csv],
    ]) {
      const { code, stderr } = await cli([...argv, "--backend", "reference", "--threads", "4"]);
      expect(code).toBe(0);
      expect(stderr.split(note)).toHaveLength(2);
    }
  });
});

test("predictions are the same on any number of threads", async () => {
  const { csv } = project;
  const predict = async (threads: string) =>
    lastLine(
      await cli([
        "predict",
        run,
        "--input",
        csv,
        "--backend",
        "jit",
        "--threads",
        threads,
        "--format",
        "json",
      ]),
    );
  expect(await predict("4")).toEqual(await predict("1"));
});
