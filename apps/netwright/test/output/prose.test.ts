import { describe, expect, test } from "@jest/globals";
import { prose } from "../../src/output/prose.ts";
import { cli } from "../support/cli.ts";
import { smallProject } from "../support/project.ts";

describe("prose", () => {
  test("breaks at blanks, keeps its indent and hangs under its lead", () => {
    expect(prose("one two three four", 9)).toBe("one two\nthree\nfour");
    expect(prose("  one two three", 9)).toBe("  one two\n  three");
    expect(prose("one two three", 9, "- ")).toBe("- one two\n  three");
    expect(prose("one\n\ntwo three", 7)).toBe("one\n\ntwo\nthree");
  });

  test("leaves alone what fits, and what cannot be broken", () => {
    expect(prose("a  b", 4)).toBe("a  b");
    expect(prose("a averylongword b", 6)).toBe("a\naverylongword\nb");
    expect(prose("any  length of it", Number.POSITIVE_INFINITY)).toBe("any  length of it");
  });

  test("keeps what is in backticks together, and does not count colours", () => {
    expect(prose("run `a b c` now", 8)).toBe("run\n`a b c`\nnow");
    expect(prose("\x1b[1mone\x1b[22m two", 7)).toBe("\x1b[1mone\x1b[22m two");
  });
});

/** A line is too long for nothing but a word, or a command to copy. */
function tooLong(text: string, width: number): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what it is about
  const lines = text.replace(/\x1b\[[\d;?]*[A-Za-z]/g, "").split(/\r?\n|\r/);
  return lines.filter((line) => line.length > width && !/^ *(?:netwright .*|`[^`]*`\S*|\S+)$/.test(line));
}

const COMMANDS = [
  "init train evaluate predict export check fmt explain diff plot ir schema data backends doctor verify lsp setup help",
].flatMap((names) => names.split(" "));

describe.each([30, 40, 60, 80])("in %i columns", (columns) => {
  test("the help of every command breaks at words", async () => {
    const argvs = [["--help"], ...COMMANDS.map((name) => [name, "--help"]), ["plot", "activation", "--help"]];
    for (const argv of argvs) {
      const { stdout } = await cli(argv, { columns });
      // An option's own name is one piece, too.
      const long = tooLong(stdout, columns).filter((line) => !/^ {2}\S.*[\]>]$/.test(line));
      expect([argv, long]).toEqual([argv, []]);
    }
  });

  test("results, notes and hints break at words", async () => {
    const before = process.cwd();
    process.chdir(smallProject().folder);
    const [net, csv] = ["small.net", "small.csv"];
    const run = await cli(["train", net, "--backend", "reference", "--quiet"]);
    const path = run.stdout.trim();
    const long: (readonly [argv: string, lines: readonly string[]])[] = [];
    for (const argv of [
      ["backends"],
      ["doctor"],
      ["check", net],
      ["explain", net, "--backend", "jit"],
      ["diff", net, path],
      ["verify", net, "--backends", "jit"],
      ["evaluate", path, "--data", csv],
      ["predict", path, "--input", csv, "--output", "out.csv"],
      ["data", "head", csv],
      ["plot", "activation", "relu", "elu", "tanh"],
    ]) {
      const { stdout, stderr } = await cli(argv, { columns, env: { NO_COLOR: "1" } });
      // Diagnostics are laid out elsewhere.
      const said = stderr.split("\n").filter((line) => !/NW\d{4}|^ +=/.test(line));
      const lines = tooLong(`${stdout}\n${said.join("\n")}`, columns);
      if (lines.length > 0) long.push([argv.join(" "), lines]);
    }
    process.chdir(before);
    expect(long).toEqual([]);
  }, 30_000);
});
