// The commands that only look: check, explain, ir, data head, backends.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { parse, print } from "@netwright/ir";
import { cli, lastLine } from "../support/cli.ts";
import { SMALL, smallProject } from "../support/project.ts";

describe("check", () => {
  test("says that a file is sound and how its rows are split", async () => {
    const { net } = smallProject();
    expect(await cli(["check", net])).toMatchObject({
      code: 0,
      stdout: `ok  ${net} (train 42, validation 9, test 9 rows)\n`,
      stderr: "",
    });
    expect(lastLine(await cli(["check", net, "--format", "json"]))).toEqual({
      file: net,
      ok: true,
      rows: { train: 42, validation: 9, test: 9 },
      diagnostics: [],
    });
  });

  test("finds several mistakes, and counts them", async () => {
    const { net } = smallProject(
      SMALL.replace("dense(width, relu)", "dence(width)\n  dense(2.5)").replace("batch", "bach"),
    );
    const played = await cli(["check", net]);
    expect(played.code).toBe(1);
    expect(played.stderr).toContain("did you mean `dense`?");
    expect(played.stderr).toContain("did you mean `batch`?");
    expect(played.stderr).toMatch(/^3 errors, 0 warnings$/m);
  });

  test("takes overrides into account", async () => {
    const { net } = smallProject();
    expect((await cli(["check", net, "--set", "width=8"])).code).toBe(0);
    expect((await cli(["check", net, "--set", "width=9"])).code).toBe(1);
  });

  test("a file that is not there, a directory", async () => {
    const { folder } = smallProject();
    expect((await cli(["check", join(folder, "no.net")])).stderr).toContain("there is no such file");
    expect((await cli(["check", folder])).stderr).toContain("it is a directory");
  });
});

describe("explain", () => {
  test("counts parameters and multiply-adds", async () => {
    const { net } = smallProject();
    const { stdout, code } = await cli(["explain", net, "--set", "width=3"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^dense_1 +3 +9 +6 +12 B$/m);
    expect(stdout).toMatch(/^dense_2 +1 +4 +3 +4 B$/m);
    expect(stdout).toMatch(/^total +13 +9 +16 B$/m);
    expect(stdout).toMatch(/^Memory for training with batches of 16: [\d.]+ KiB/m);
  });

  test("shows a run as it shows the file, and every setting when asked", async () => {
    const { net, runs } = smallProject();
    await cli(["train", net, "--backend", "reference", "--out", runs, "--epochs", "1", "--quiet"]);
    const run = join(runs, readdirSync(runs)[0] ?? "");
    const ofRun = await cli(["explain", run]);
    expect(ofRun.stdout).toBe((await cli(["explain", net])).stdout);
    expect((await cli(["explain", run, "--seed", "1"])).code).toBe(2);
    const resolved = await cli(["explain", run, "--resolved"]);
    expect(resolved.stdout).toMatch(/^ {2}epochs: 1$/m);
    expect(resolved.stdout).toMatch(/^# width is 4$/m);
  });

  test("says what becomes of each column, of what is missing and of new words, of a file and of its run", async () => {
    const net = fileURLToPath(new URL("../../../../examples/penguins/penguins.net", import.meta.url));
    const { stdout } = await cli(["explain", net]);
    expect(stdout).toMatch(/^island +one_hot, 3 numbers +error +other *$/m);
    expect(stdout).toMatch(/^sex +one_hot, 3 numbers +own_class +error *$/m);
    expect(stdout).toMatch(/^body_mass_g +zscore, 1 number +median, \d+ *$/m);
    expect(stdout).toMatch(/^species \(target\) +ordinal, 1 of 3 +error +error *$/m);
    const { columns } = lastLine(await cli(["explain", net, "--format", "json"])) as { columns: object[] };
    expect(columns).toContainEqual({
      name: "island",
      role: "feature",
      encoder: "one_hot",
      size: { numbers: 3 },
      missing: { policy: "error", fill: null },
      unknown: "other",
    });
  });

  test("shows how much of its input a layer sees where there are windows", async () => {
    const { write } = smallProject();
    const net = write(
      "image.net",
      "netwright 1\nmodel {\n input(9, 12, 1)\n conv2d(2, [3, 5])\n max_pooling2d(2)\n flatten\n dense(1)\n}\n",
    );
    const { stdout } = await cli(["explain", net, "--no-color"]);
    expect(stdout.replaceAll(/ {2,}/g, " | ")).toContain(
      `layer | output | receptive field | parameters | MACs | activations
input | 9 x 12 x 1
conv2d_1 | 7 x 8 x 2 | 3 x 5 | 32 | 1,680 | 448 B
max_pooling2d_1 | 3 x 4 x 2 | 4 x 6 | 0 | 0 | 96 B
flatten_1 | 24 | all | 0 | 0 | 96 B
dense_1 | 1 | all | 25 | 24 | 4 B
total | 57 | 1,704 | 644 B
`,
    );
    expect(stdout).toContain("Receptive field: how much of the input a number follows from");
    const { layers, totals } = lastLine(await cli(["explain", net, "--format", "json"])) as {
      layers: object[];
      totals: object;
    };
    expect(layers[1]).toEqual({
      name: "max_pooling2d_1",
      layer: "max_pooling2d",
      output: [3, 4, 2],
      receptiveField: [4, 6],
      parameters: 0,
      macs: 0,
      activations: 96,
    });
    expect(totals).toEqual({ parameters: 57, macs: 1704, activations: 644 });
    const narrow = await cli(["explain", net, "--no-color"], { columns: 40 });
    expect(narrow.stdout).toContain("conv2d_1\n  output           7 x 8 x 2\n  receptive field  3 x 5\n");
  });

  test("becomes blocks of lines where a terminal is too narrow", async () => {
    const { net } = smallProject();
    const { stdout } = await cli(["explain", net, "--no-color"], { columns: 24 });
    expect(stdout).toContain(
      "dense_1\n  output       4\n  parameters   12\n  MACs         8\n  activations  16 B\n",
    );
  });
});

test("ir prints a program that can be read back", async () => {
  const { net } = smallProject();
  const { stdout, code } = await cli(["ir", net]);
  expect(code).toBe(0);
  expect(print(parse(stdout))).toBe(stdout);
  expect(stdout).toContain("func step step_16 batch 16");
  expect(stdout).toContain("func predict predict_1 batch 1");
});

describe("data head", () => {
  test("shows the first rows and the statistics", async () => {
    const { csv } = smallProject();
    const { stdout, code } = await cli(["data", "head", csv, "-n", "2"]);
    expect(code).toBe(0);
    expect(stdout).toContain("a  b   y\n0  0  10\n1  0  12\n");
    expect(stdout).toMatch(/^a +number +10 +0 +9 +4\.5 +2\.872$/m);
  });

  test("turns the rows on their side where a terminal is too narrow", async () => {
    const names = Array.from({ length: 8 }, (_, i) => `column_${i}`);
    const { write } = smallProject();
    const wide = write("wide.csv", `${names.join(",")}\n${names.map((_, i) => i).join(",")}\n`);
    const { stdout } = await cli(["data", "head", wide, "--no-color"], { columns: 70 });
    expect(stdout).toMatch(/^column_7 +7$/m);
  });

  test("names the cells that keep a column from being numbers, words for missing values apart", async () => {
    const { write } = smallProject();
    const csv = write(
      "odd.csv",
      'k,weight,city\n1,3,Oslo\n2,NA,Rome\n3,12 kg,-\n4,"1,234",Bern\n5,?,Linz\n6,7,Oslo\n7,8,Graz\n',
    );
    const { stdout } = await cli(["data", "head", csv]);
    expect(stdout).toContain(
      "weight is text, as it holds numbers but for 2 cells: `12 kg` in row 3 (line 4), `1,234` in row 4 (line 5). Write the number alone",
    );
    expect(stdout).not.toContain("city is text");
  });

  test("tells of what reading the table has lost", async () => {
    const { write } = smallProject();
    const json = write("odd.json", '[{"id": 9007199254740993, "a": 1, "list": [1, {"b": 2}]}]');
    const { stdout, stderr, code } = await cli(["data", "head", json]);
    expect(code).toBe(0);
    expect(stdout).toContain("1 row, 2 columns");
    expect(stderr).toContain("warning NW0672  Column `list` of `");
    expect(stderr).toContain("warning NW0673  Column `id` of `");
  });

  test("reads standard input and says what is wrong with it", async () => {
    const played = await cli(["data", "head", "-"], { stdin: "a,a\n1\n" });
    expect(played.code).toBe(1);
    expect(played.stderr).toContain("NW0622");
    expect(played.stderr).toContain("NW0624");
  });
});

test("backends says what each can do", async () => {
  const { stdout, code } = await cli(["backends"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^wasm +yes +\d+ +(yes|no) +no +@tensorflow\/tfjs-backend-wasm 4/m);
  expect(stdout).toMatch(/^reference +yes +1 +no +yes +/m);
  expect(stdout).toContain("`--backend auto` takes jit.");
  expect(lastLine(await cli(["backends", "--format=json"]))).toMatchObject({
    auto: "jit",
    backends: expect.arrayContaining([
      expect.objectContaining({ name: "reference", usable: true, deterministic: true }),
    ]),
  });
});
