import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { smallCsv } from "../support/project.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "netwright-init-"));
  writeFileSync(join(made, "2 tables.csv"), smallCsv());
  return made;
}

test("the file trains as it is and is in canonical form", async () => {
  const data = join(folder(), "2 tables.csv");
  const file = data.replace(".csv", ".net");
  const played = await cli(["init", data]);
  expect(played).toMatchObject({ code: 0, stderr: "" });
  expect(played.stdout).toContain(`netwright train ${file}`);
  expect(await cli(["check", file])).toMatchObject({ code: 0, stderr: "" });
  const trained = await cli([
    "train",
    file,
    "--epochs",
    "2",
    "--backend",
    "reference",
    "--out",
    join(file, "..", "runs"),
    "--quiet",
  ]);
  expect(trained.code).toBe(0);
});

test("an existing file is left as it is", async () => {
  const data = join(folder(), "2 tables.csv");
  const file = data.replace(".csv", ".net");
  writeFileSync(file, "mine");
  const played = await cli(["init", data]);
  expect(played.code).toBe(1);
  expect(played.stderr).toMatch(/NW0902 .*exists already/);
  expect(played.stderr).toContain("--force");
  expect(readFileSync(file, "utf8")).toBe("mine");
  expect(await cli(["init", data, "--force"])).toMatchObject({ code: 0, stderr: "" });
  expect(readFileSync(file, "utf8")).toContain("model");
});

test("the table itself is never replaced", async () => {
  const data = join(folder(), "2 tables.csv");
  const played = await cli(["init", data, "--output", data, "--force"]);
  expect(played.code).toBe(1);
  expect(played.stderr).toMatch(/NW0902 .*what this command reads/);
  expect(readFileSync(data, "utf8")).toBe(smallCsv());
});

test("elsewhere, the table is named from there; as JSON", async () => {
  const made = folder();
  mkdirSync(join(made, "nets"));
  const file = join(made, "nets", "a.net");
  const played = await cli(["init", join(made, "2 tables.csv"), "-o", file, "-t", "a", "--format", "json"]);
  expect(lastLine(played)).toMatchObject({ file, target: "a" });
  expect(readFileSync(file, "utf8")).toContain('source: "../2 tables.csv"');
});

test("a target that is no column, a folder that is not there", async () => {
  const data = join(folder(), "2 tables.csv");
  const unknown = await cli(["init", data, "--target", "zz"]);
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toMatch(/NW0905 .*no column `zz`[\s\S]*`a`/);
  const nowhere = await cli(["init", data, "--output", join(data, "..", "none", "a.net")]);
  expect(nowhere.code).toBe(1);
  expect(nowhere.stderr).toMatch(/NW0902 .*there is no directory/);
});
