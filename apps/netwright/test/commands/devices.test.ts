// `train --devices` as a command, with the real plugin: the number is said, kept, and what is gone on with has the same.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { describeWithPlugin } from "../../../../packages/backend-xla/test/with-plugin.ts";
import { cli, lastLine } from "../support/cli.ts";
import { smallProject, temporaryFolder } from "../support/project.ts";

const XLA = ["--backend", "xla"];
const JSON_FORMAT = ["--format", "json"];
const INTERRUPT = { at: /epoch +3\/10/, after: [0] };

const only = (folder: string) => join(folder, readdirSync(folder)[0] ?? "");
const recordOf = (run: string, name: string): unknown => JSON.parse(readFileSync(join(run, name), "utf8"));

describeWithPlugin("train --devices", () => {
  // Nothing is kept where a flag of XLA is set: so nothing is written into the user's cache.
  const before = process.env["XLA_FLAGS"];
  beforeAll(() => {
    process.env["XLA_FLAGS"] = "--xla_force_host_platform_device_count=1";
  });
  afterAll(() => {
    if (before === undefined) delete process.env["XLA_FLAGS"];
    else process.env["XLA_FLAGS"] = before;
  });

  test("says the number and keeps it; what was interrupted goes on with it, and with no other", async () => {
    const { net, runs } = smallProject();
    const begun = await cli(["train", net, ...XLA, "--devices", "2", "--out", runs], {
      interrupt: INTERRUPT,
    });
    expect(begun.code).toBe(130);
    expect(begun.stderr).toMatch(/backend xla \(SIMD, \d+ threads?, 2 devices\)/);
    const run = only(runs);
    const other = await cli(["train", "--resume", run, "--devices", "4"]);
    expect(other.stderr).toContain("The number of devices was 2 and is 4: `--devices 2`.");
    const jit = await cli(["train", "--resume", run, "--backend", "jit"]);
    expect(jit.stderr).toContain("The backend was xla and is jit: `--backend xla`.");
    const resumed = await cli(["train", "--resume", run, ...JSON_FORMAT]);
    expect(lastLine(resumed)).toMatchObject({ run, status: "completed" });
    expect(recordOf(run, "record.json")).toMatchObject({ backend: { name: "xla", devices: 2 } });
    const whole = await cli([
      "train",
      net,
      ...XLA,
      "--devices",
      "2",
      "--out",
      temporaryFolder(),
      ...JSON_FORMAT,
    ]);
    expect(Object(lastLine(whole)).hash).toEqual(Object(lastLine(resumed)).hash);
  }, 120_000);

  test("of a study is for each of its runs, and kept for those to come", async () => {
    const { net, runs } = smallProject();
    const argv = ["train", net, ...XLA, "--devices", "2", "--seeds", "2", "--epochs", "1", "--out", runs];
    await cli(argv);
    const study = only(runs);
    expect(recordOf(study, "study.json")).toMatchObject({ backend: "xla", devices: 2, status: "completed" });
    expect(await cli(["train", "--resume", study, ...JSON_FORMAT])).toMatchObject({ code: 0 });
    const other = await cli(["train", "--resume", study, "--devices", "4"]);
    expect(other.stderr).toContain("NW0804");
  }, 120_000);

  test("of which a batch cannot be divided says which can", async () => {
    const { net } = smallProject();
    const told = await cli(["train", net, ...XLA, "--devices", "5"]);
    expect(told.code).toBe(2);
    expect(told.stderr).toContain("--set train.batch=15");
  }, 60_000);
});
