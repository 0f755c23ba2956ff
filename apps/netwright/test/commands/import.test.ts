// A training that goes out whole and comes back as a run: what another engine is given is all that it needs, and what it
// gives back is held to what went out.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { readRun } from "@netwright/runtime/node";
import { cli } from "../support/cli.ts";
import { SMALL, type SmallProject, smallProject } from "../support/project.ts";
import {
  ENGINE,
  keepElsewhere,
  manifestIn,
  numbersIn,
  trainElsewhere,
  weightsIn,
} from "../support/train-elsewhere.ts";

const FILE = SMALL.replace("batch: 16", "batch: 16, accumulate: 2, weight_average: 0.5").replace(
  "dense(1)",
  "dropout(20%)\n  dense(1)",
);

let project: SmallProject;
let folder: string;
let done: Awaited<ReturnType<typeof trainElsewhere>>;

beforeAll(async () => {
  project = smallProject(FILE);
  folder = join(project.folder, "training");
  const exported = await cli([
    ...["export", project.net, "--format", "stablehlo", "--output", folder],
    ...["--seed", "7", "--set", "width=5"],
  ]);
  expect(exported).toMatchObject({ code: 0, stdout: "" });
  done = await trainElsewhere(folder);
});

async function runIn(place: string) {
  const read = await readRun(place);
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join(" "));
  return read.value;
}

const imported = (...more: readonly string[]) =>
  cli(["import", folder, "--out", project.runs, "--quiet", ...more]);

test("an export holds a function for each size, the rows, an order for each epoch and the first state", () => {
  const { functions, rows, order } = manifestIn(folder);
  expect(functions.map(({ kind, rows: size }) => `${kind} ${size}`)).toEqual([
    "init 0",
    "step 16",
    "step 10",
    "accumulate 16",
    "evaluate 32",
  ]);
  expect(rows.train.fields.map(({ name, shape }) => [name, shape])).toEqual([
    ["x", [42, 2]],
    ["y", [42, 1]],
  ]);
  expect(order.shape).toEqual([10, 42]);
  const orders = numbersIn(join(folder, order.file));
  for (let epoch = 0; epoch < 10; epoch++)
    expect([...orders.subarray(42 * epoch, 42 * (epoch + 1))].sort((a, b) => a - b)).toEqual([
      ...Array(42).keys(),
    ]);
});

test("an export holds the hash of each of its files", () => {
  const { files } = manifestIn(folder);
  const others = readdirSync(folder).filter((name) => name.startsWith("small."));
  expect(Object.keys(files).sort()).toEqual(others.sort());
  for (const [name, hash] of Object.entries(files))
    expect(
      createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex"),
    ).toBe(hash);
});

test("columns of any name are files of the folder, and a column `seed` is not the seed of `init`", async () => {
  const place = project.write(
    "columns.net",
    FILE.replace('source: "small.csv"', 'source: "columns.csv"')
      .replace(
        "columns {",
        'columns {\n    "km/h": category(encoder: ordinal)\n    seed: category(encoder: ordinal)\n',
      )
      .replace(
        /model \{[^}]*\}/,
        'model { parallel { a { input("km/h") -> embedding(2) -> flatten } b { input(seed) -> embedding(2) -> flatten } } -> concat\n dense(1) }',
      ),
  );
  const rows = Array.from({ length: 60 }, (_, i) => `${"ab"[i % 2]},${"cde"[i % 3]},${i % 7}`);
  project.write("columns.csv", ["km/h,seed,y", ...rows].join("\n"));
  const out = join(project.folder, "columns");
  const exported = await cli(["export", place, "--format", "stablehlo", "--output", out]);
  expect(exported.code).toBe(0);
  expect(manifestIn(out).rows.train.fields).toMatchObject([
    { name: "km/h", dtype: "i32", file: "columns.train.0.npy" },
    { name: "seed", dtype: "i32", file: "columns.train.1.seed.npy" },
    { name: "y", dtype: "f32", file: "columns.train.2.y.npy" },
  ]);
});

test("trained by nothing but the export, it comes back with the bits and the metrics of `train`", async () => {
  keepElsewhere(folder, done);
  const played = await imported();
  expect(played).toMatchObject({ code: 0, stderr: "" });
  const own = await cli([
    ...["train", project.net, "--backend", "reference", "--out", join(project.folder, "own"), "--quiet"],
    ...["--seed", "7", "--set", "width=5"],
  ]);
  const [there, here] = await Promise.all([runIn(played.stdout.trim()), runIn(own.stdout.trim())]);
  expect(there.model.weights).toEqual(here.model.weights);
  expect(there.model.weights).toEqual(weightsIn(folder, done.state));
  expect(there.record.splits).toEqual(here.record.splits);
  expect(there.record).toMatchObject({
    status: "completed",
    overrides: { "train.seed": "7", width: "5" },
    backend: { name: "jax", versions: { jax: "0.0.1", devices: "2" }, deterministic: false },
  });
  expect(there.record.hash.run).not.toBe(here.record.hash.run);
  expect((await cli(["evaluate", played.stdout.trim()])).code).toBe(0);
});

describe("what is refused", () => {
  const codeOf = ({ stderr }: { readonly stderr: string }) => /error (NW\d+)/.exec(stderr)?.[1];

  test("a training that is not done", async () => {
    keepElsewhere(folder, { ...done, epoch: 4, history: done.history.slice(0, 3) });
    const played = await imported();
    expect(codeOf(played)).toBe("NW0849");
    expect(played.stderr).toContain("it has come to step 0 of epoch 4 of 10");
  });

  test("a checkpoint that is not there, damaged, of other weights, or that does not say who has trained", async () => {
    keepElsewhere(folder, done);
    const file = join(folder, "checkpoint.safetensors");
    const whole = readFileSync(file);
    expect(codeOf(await imported("--checkpoint", join(folder, "other.safetensors")))).toBe("NW0849");
    const damaged = Buffer.from(whole);
    damaged[damaged.length - 1] = (damaged[damaged.length - 1] ?? 0) ^ 1;
    writeFileSync(file, damaged);
    expect(codeOf(await imported())).toBe("NW0829");
    writeFileSync(file, whole.subarray(0, whole.length - 4));
    expect(codeOf(await imported())).toBe("NW0822");
    for (const engine of [
      { ...ENGINE, devices: "two" },
      { ...ENGINE, versions: { "\u001b[2J": "1" } },
    ]) {
      keepElsewhere(folder, done, engine);
      expect(codeOf(await imported())).toBe("NW0826");
    }
    keepElsewhere(folder, done);
    writeFileSync(
      join(folder, "start-only.safetensors"),
      readFileSync(join(folder, "small.start.safetensors")),
    );
    expect(codeOf(await imported("--checkpoint", join(folder, "start-only.safetensors")))).toBe("NW0826");
  });

  test("a folder without a manifest, or with one that is none", async () => {
    expect(codeOf(await cli(["import", project.folder]))).toBe("NW0846");
    const file = join(folder, "training.json");
    const text = readFileSync(file, "utf8");
    for (const other of [
      "{",
      "[]",
      text.replace('"sources"', '"texts"'),
      text.replace('"version": 1', '"version": 2'),
    ]) {
      writeFileSync(file, other);
      expect(codeOf(await imported())).toBe("NW0846");
    }
    writeFileSync(file, text);
  });

  test("a table, a file or a training that is another one by now", async () => {
    keepElsewhere(folder, done);
    const csv = readFileSync(project.csv, "utf8");
    writeFileSync(project.csv, csv.replace(/\n0,0,.*\n/, "\n0,0,99\n"));
    const other = await imported();
    expect(codeOf(other)).toBe("NW0847");
    expect(other.stderr).toContain("the rows are others");
    writeFileSync(project.csv, csv);
    const wider = project.write("wider.net", FILE.replace("relu", "tanh"));
    expect(codeOf(await imported(wider))).toBe("NW0847");
    const again = join(project.folder, "again");
    await cli(["export", project.net, "--format", "stablehlo", "--output", again, "--quiet"]);
    const strange = await cli(["import", again, "--checkpoint", join(folder, "checkpoint.safetensors")]);
    expect(codeOf(strange)).toBe("NW0847");
    expect((await imported(project.net)).code).toBe(0);
  });

  test("exporting a training that goes by validation losses, and options that go with a run or a file", async () => {
    const watching = project.write("watching.net", FILE.replace("1e-2", "plateau(1e-2, patience: 2)"));
    const out = join(project.folder, "refused");
    const stablehlo = ["--format", "stablehlo", "--output", out];
    expect(codeOf(await cli(["export", watching, ...stablehlo]))).toBe("NW0845");
    // One training in place of a study would be another result than `train` gives.
    const several = project.write("several.net", FILE.replace("batch: 16", "seeds: 2, batch: 16"));
    const study = await cli(["export", several, ...stablehlo]);
    expect(codeOf(study)).toBe("NW0845");
    expect(study.stderr).toContain("`seeds: 2`");
    expect(existsSync(out)).toBe(false);
    expect((await cli(["export", several, ...stablehlo, "--set", "train.seeds=1"])).code).toBe(0);
    rmSync(out, { recursive: true });
    const long = await cli(["export", project.net, ...stablehlo, "--epochs", "20000000"]);
    expect(codeOf(long)).toBe("NW0845");
    expect(long.stderr).toContain("`--epochs 12782640`");
    expect(codeOf(await cli(["export", project.net, "--output", out]))).toBe("NW0901");
    expect(codeOf(await cli(["export", project.net, ...stablehlo, "--rows", "3"]))).toBe("NW0901");
    const [run = ""] = readdirSync(project.runs);
    expect(codeOf(await cli(["export", join(project.runs, run), ...stablehlo, "--seed", "3"]))).toBe(
      "NW0901",
    );
  });
});
