import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { cli, lastLine } from "./support/cli.ts";
import { smallProject } from "./support/project.ts";

describe("wrong usage", () => {
  test.each([
    [["frain"], "unknown command 'frain'"],
    [["train"], "`train` needs a .net file"],
    [["train", "a.net", "b.net"], "too many arguments"],
    [["train", "a.net", "--epoch", "3"], "unknown option '--epoch'"],
    [["train", "a.net", "--seed", "abc"], "whole number from 0 to 4294967295"],
    [["train", "a.net", "--seed", "4294967296"], "whole number from 0 to 4294967295"],
    [["train", "a.net", "--seed", "1.5"], "whole number"],
    [["train", "a.net", "--epochs", "0"], "whole number from 1"],
    [["train", "a.net", "--set", "depth"], "name=value"],
    [["train", "a.net", "--set", "=4"], "name=value"],
    [["train", "a.net", "--format", "xml"], "text, json"],
    [["predict", "runs/x"], "required option"],
    [["plot", "activation"], "`netwright plot activation --help`"],
    [["data", "head"], "`netwright data head --help`"],
    [["data", "head", "x.csv", "--wrong"], "`netwright data head --help`"],
    [["data", "tail", "x.csv"], "`netwright data --help`"],
    [["--no-color", "check", "a.net"], "`netwright check ... --no-color`"],
    [["--backend", "jit", "train", "a.net"], "`netwright train --help`"],
    [["chekc", "a.net"], "`netwright --help`"],
  ])("%j", async (argv, text) => {
    const played = await cli(argv);
    expect(played).toMatchObject({ code: 2, stdout: "" });
    expect(played.stderr).toContain("error NW0901");
    expect(played.stderr).toContain(text);
  });

  test("is data with --format json", async () => {
    const played = await cli(["train", "--format", "json", "--wrong"]);
    expect(played).toMatchObject({ code: 2, stderr: "" });
    expect(lastLine(played)).toMatchObject({ diagnostics: [{ code: "NW0901", severity: "error" }] });
  });

  test("without a command shows the help as a mistake", async () => {
    expect(await cli([])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("Usage: netwright"),
    });
  });
});

describe("help", () => {
  test("of the whole and of each command, within the terminal", async () => {
    const whole = await cli(["--help"], { columns: 60 });
    expect(whole).toMatchObject({ code: 0, stderr: "" });
    const commands = [...whole.stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? "");
    expect(commands).toEqual(
      expect.arrayContaining(["train", "evaluate", "predict", "check", "explain", "ir", "data", "backends"]),
    );
    for (const name of ["train", "evaluate", "predict", "check", "explain", "ir", "backends"]) {
      const help = await cli([name, "--help"]);
      expect(help.code).toBe(0);
      expect(help.stdout).toContain(`Example:\n  netwright ${name}`);
    }
  });

  test("the version", async () => {
    expect(await cli(["--version"])).toMatchObject({ code: 0, stdout: "0.1.0\n" });
  });
});

describe("a bug", () => {
  // biome-ignore lint/correctness/useYield: fails before it gives anything
  async function* broken(): AsyncGenerator<Uint8Array> {
    throw new TypeError("it broke");
  }

  test("is one line that says so, without a stack trace", async () => {
    const { stderr, code, stdout } = await cli(["data", "head", "-"], { stdin: broken() });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).toContain("this is a bug in Netwright: it broke");
    expect(stderr).toContain("`netwright data head - --debug`");
  });

  test("shows its stack trace with --debug", async () => {
    const { stderr } = await cli(["data", "head", "-", "--debug"], { stdin: broken() });
    expect(stderr).toMatch(/TypeError: it broke\n +at /);
  });
});

test("interrupts are the process's own again when training is over", async () => {
  const { net, runs } = smallProject();
  const argv = ["train", net, "--backend", "reference", "--out", runs, "--epochs", "1"];
  expect(await cli(argv)).toMatchObject({ code: 0, listening: 0 });
});

test("a lack of memory is no bug", async () => {
  const stdin = (async function* () {
    yield new TextEncoder().encode("a,y\n");
    throw new RangeError("Array buffer allocation failed");
  })();
  const { code, stderr } = await cli(["data", "head", "-"], { stdin });
  expect(code).toBe(1);
  expect(stderr).toContain("NW0913");
  expect(stderr).toContain("there is not memory enough");
});

test("a model that is too large for the backend is a mistake of the file", async () => {
  const { net, runs, write } = smallProject();
  const wide = readFileSync(net, "utf8").replace(
    /model \{[^}]*\}/,
    "model { dense(30000, relu) -> dense(30000, relu) -> dense(1) }",
  );
  const { code, stderr } = await cli(["train", write("wide.net", wide), "--backend", "jit", "--out", runs]);
  expect(stderr).toMatch(/NW0853 {2}the program needs \d+\.\d GB of memory/);
  expect(code).toBe(1);
});
