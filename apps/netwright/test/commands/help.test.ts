import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { temporaryFolder } from "../support/project.ts";

test("a code, in any case, shows its page", async () => {
  const played = await cli(["help", "NW0301"]);
  expect(played).toMatchObject({ code: 0, stderr: "" });
  expect(played.stdout).toMatch(/^NW0301: Unknown parameter\n\n {2}A layer/);
  // The place of the mistake has a mark.
  expect(played.stdout).toContain("\n  >   dense(unit: 16)\n");
  expect(await cli(["help", "nw0301"])).toEqual(played);
});

test("a command, help itself, and a command in a command; none has a help of its own", async () => {
  expect((await cli(["help", "help"])).stdout).toMatch(/^Usage: netwright help /);
  expect((await cli(["help", "plot", "activation"])).stdout).toMatch(/^Usage: netwright plot activation /);
  for (const name of ["data", "plot"]) {
    expect((await cli(["help", name])).stdout).not.toMatch(/^ {2}help /m);
  }
});

test("a name shows all that it stands for", async () => {
  const { code, stdout } = await cli(["help", "mae"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^mae: loss\n/);
  expect(stdout).toMatch(/\n\n\nmae: metric\n/);
  expect((await cli(["help", "train.batch"])).stdout).toMatch(/^train\.batch: setting\n/);
});

test("a parameter is told with what has it, as people say its name or as a file has it", async () => {
  const { code, stdout } = await cli(["help", "learning", "rate"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^learning_rate: parameter\n\n {2}- of `sgd`: Step size[\s\S]*, `adamw`[\s\S]*netwright help sgd` shows the others/,
  );
  expect(await cli(["help", "learning_rate"])).toMatchObject({ code, stdout, stderr: "" });
  expect((await cli(["help", "batch", "norm"])).stdout).toMatch(/^batch_norm: layer\n/);
  expect(lastLine(await cli(["help", "reset_after", "--format", "json"]))).toMatchObject({
    parameters: [{ name: "reset_after", of: ["gru"] }],
  });
});

test("as JSON", async () => {
  expect(lastLine(await cli(["help", "elu", "--format", "json"]))).toMatchObject({
    topic: "elu",
    pages: [{ kind: "activation", name: "elu", params: [{ name: "alpha" }] }],
    diagnostics: [],
  });
  expect(lastLine(await cli(["help", "NW0102", "--format", "json"]))).toMatchObject({
    topic: "NW0102",
    title: "Empty file",
    markdown: expect.stringMatching(/^# NW0102: Empty file\n/),
  });
});

test("alone, and on a command, it is the help of old", async () => {
  const all = await cli(["help"]);
  expect(all).toEqual(await cli(["--help"]));
  expect(all).toMatchObject({ code: 0, stderr: "" });
  for (const name of ["init", "train", "help"]) expect(all.stdout).toMatch(new RegExp(`^  ${name} `, "m"));
  const train = await cli(["help", "train"]);
  expect(train).toEqual(await cli(["train", "--help"]));
  expect(train.stdout).toContain("--resume");
});

test.each([
  ["rellu", "relu"],
  ["NW0031", "NW0301"],
  ["predcit", "predict"],
  ["learning rate schedule", null],
])("what is unknown is wrong usage, with the closest name: %s", async (topic, meant) => {
  const { code, stdout, stderr } = await cli(["help", topic]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(`NW0901  there is no help on \`${topic}\``);
  const suggestion =
    meant === null ? /^(?![\s\S]*Did you mean)/ : `Did you mean \`netwright help ${meant}\`?`;
  expect(stderr).toMatch(suggestion);
});

test("text is as wide as the terminal, and at most 80", async () => {
  const widest = async (columns: number) => {
    const { stdout } = await cli(["help", "adam", "--no-color"], { columns });
    return Math.max(...stdout.split("\n").map((line) => line.length));
  };
  expect(await widest(40)).toBeLessThanOrEqual(40);
  const wide = await widest(300);
  expect(wide).toBeGreaterThan(70);
  expect(wide).toBeLessThanOrEqual(80);
});

test("in colour, a code span has a colour in place of its marks", async () => {
  const { stdout } = await cli(["help", "adam"], { columns: 80 });
  expect(stdout).toContain("\u001b[36mbeta_1\u001b[39m: Decay");
  expect(stdout).not.toContain("`");
});

test("a report at a terminal ends with where to read on", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "model.net");
  writeFileSync(file, "netwright 1\nmodel { input(8) -> dens(1) }\n");
  const check = ["check", file, "--no-color"];
  const ending = "\n\nMore about NW0205: netwright help NW0205\n";
  expect((await cli(check, { columns: 80 })).stderr.endsWith(ending)).toBe(true);
  // Not in a log, not in JSON, not when only problems are asked for.
  expect((await cli(check)).stderr).not.toContain("More about");
  expect((await cli([...check, "--format", "json"], { columns: 80 })).stderr).not.toContain("More about");
  expect((await cli([...check, "--quiet"], { columns: 80 })).stderr).not.toContain("More about");
  writeFileSync(file, "netwright 1\nmodel { input(8) -> dens(1) -> dense(unit: 1) }\n");
  expect((await cli(check, { columns: 80 })).stderr).toContain(
    "\nMore about a code: netwright help NW0205\n",
  );
  // A mistake in the command line explains itself.
  expect((await cli(["check"], { columns: 80 })).stderr).not.toContain("More about");
});

test("a block of a library: where it is, and what stands above it", async () => {
  const { code, stdout } = await cli(["help", "tabm"]);
  expect(code).toBe(0);
  expect(stdout).toContain("tabm(width = 512");
  expect(stdout.replace(/\s+/g, " ")).toContain("Gorishniy, Kotelnikov, Babenko 2025");
  expect(stdout).toContain('use "netwright/tabular"');
  expect((await cli(["help", "tabm_layer"])).stdout).toContain('use "netwright/tabular"');
});
