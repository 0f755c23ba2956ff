import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { smallProject } from "../support/project.ts";

test("two files, and a file with a run of itself", async () => {
  const { net, runs } = smallProject();
  const other = join(net, "..", "other.net");
  writeFileSync(other, readFileSync(net, "utf8").replace("width = 4", "width = 6"));
  const played = await cli(["diff", net, other]);
  expect(played).toMatchObject({ code: 0, stderr: "" });
  expect(played.stdout).toMatch(/changed +dense\(units: /);
  expect(played.stdout).toMatch(/Weights of a run of the first that fit the second: \d of \d/);
  await cli(["train", net, "--backend", "reference", "--epochs", "1", "--out", runs, "--quiet"]);
  const run = join(runs, readdirSync(runs)[0] ?? "");
  const same = await cli(["diff", run, run, "--format", "json"]);
  expect(lastLine(same)).toMatchObject({ equal: true, settings: [] });
});

test("a file with an error, a file that is not there", async () => {
  const { net } = smallProject();
  const broken = join(net, "..", "broken.net");
  writeFileSync(broken, readFileSync(net, "utf8").replace("dense", "dens"));
  const played = await cli(["diff", net, broken]);
  expect(played.code).toBe(1);
  expect(played.stderr).toMatch(/broken\.net:\d+:\d+ +error NW0205/);
  expect((await cli(["diff", net, join(net, "..", "none.net")])).stderr).toMatch(/none\.net` cannot be read/);
});
