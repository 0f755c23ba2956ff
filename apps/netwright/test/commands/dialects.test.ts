// Tables that are not plain CSV, from `init` to `predict`: what was found is said, what is stated travels with a run.

import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { smallProject } from "../support/project.ts";

const rows = Array.from({ length: 20 }, (_, i) => [i / 4, (i * 7) % 5, i + 0.5] as const);
const german = `Messung im Mai\n\na;b;y\n${rows.map((row) => row.map((x) => String(x).replace(".", ",")).join(";")).join("\n")}\n`;
const plain = `a,b,y\n${rows.map((row) => row.join(",")).join("\n")}\n`;
const said = "read with separator `;`, decimal comma; left out: 1 line above the header";

const net = (source: string, settings = "") =>
  `netwright 1\ndata d {\n  source: "${source}"\n  target: y\n${settings}}\nmodel { dense(1) }\ntrain { epochs: 1 }\n`;

describe("a table with decimal commas and a title", () => {
  test("is the same table as in plain CSV, and each command says how it was read", async () => {
    const { write, folder } = smallProject();
    const table = write("german.csv", german);
    const head = await cli(["data", "head", table]);
    expect(head.stdout).toContain(`\n${said}\n`);
    expect(head.stdout).toMatch(/^a +number +20 +0 +4\.75 /m);
    const drafted = await cli(["init", table]);
    expect(drafted.stdout).toContain(`  ${said}\n`);
    const model = write("german.net", net("german.csv"));
    const checked = await cli(["check", model]);
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining(`german.csv: ${said}`) });

    const trained = await cli([
      "train",
      model,
      "--out",
      `${folder}/runs`,
      "--format",
      "json",
      "-b",
      "reference",
    ]);
    expect(trained.code).toBe(0);
    const { run } = lastLine(trained) as { run: string };
    const other = write("plain.csv", plain);
    const [one, two] = await Promise.all(
      [table, other].map((input) => cli(["predict", run, "-i", input, "-b", "reference"])),
    );
    expect(one?.stdout).toBe(two?.stdout);
    expect(one?.stdout.split("\n").length).toBe(22);
    expect(one?.stderr).toContain(said);
    const [good, same] = await Promise.all(
      [table, other].map((data) => cli(["evaluate", run, "-d", data, "-b", "reference"])),
    );
    expect(good?.stdout).toBe(same?.stdout);
  });
});

test("what is stated travels with the run", async () => {
  const { write, folder } = smallProject();
  write("odd.csv", `x;\n${rows.map((row) => row.map((x) => `${x}`.padEnd(5, "0")).join("|")).join("\n")}`);
  const model = write(
    "odd.net",
    net("odd.csv", '  separator: "|"\n  header: false\n  skip: 1\n').replace("y\n", "column3\n"),
  );
  const trained = await cli([
    "train",
    model,
    "--out",
    `${folder}/runs`,
    "--format",
    "json",
    "-b",
    "reference",
  ]);
  expect(trained).toMatchObject({ code: 0 });
  const { run } = lastLine(trained) as { run: string };
  // A row alone would be a header, and the first line no title.
  const input = write("one.csv", "a title|of|three\n1.25|2\n");
  const predicted = await cli(["predict", run, "-i", input, "-b", "reference"]);
  expect(predicted.stdout).toMatch(/^column3\n[-\d.]+\n$/);
});

test("a setting can be given on the command line", async () => {
  const { write } = smallProject();
  write("d.csv", `# not a comment;;\n${rows.map((row) => row.join(";")).join("\n")}\n`);
  const model = write("d.net", net("d.csv").replace("target: y", "target: column3"));
  const set = ["--set", 'data.separator=";"', "--set", "data.header=false", "--set", "data.skip=1"];
  expect(await cli(["check", model, ...set])).toMatchObject({ code: 0 });
  const wrong = await cli(["check", model, "--set", 'data.separator="semicolon"']);
  expect(wrong.stderr).toContain('did you mean `";"`?');
});

test("a table is read packed, in UTF-16, and from standard input", async () => {
  const { folder } = smallProject();
  const expected = (await cli(["data", "head", "-", "-n", "0"], { stdin: plain })).stdout.replace(
    "standard input",
    "",
  );
  const wide = Buffer.from(`\ufeff${plain.replaceAll(",", "\t")}`, "utf16le");
  const files = {
    "t.csv.gz": gzipSync(plain),
    "t.csv": gzipSync(plain),
    "wide.txt": wide,
    "big.txt": Buffer.from(wide).swap16(),
    "both.gz": gzipSync(wide),
  };
  for (const [name, bytes] of Object.entries(files)) {
    const file = `${folder}/${name}`;
    writeFileSync(file, bytes);
    const { stdout, code } = await cli(["data", "head", file, "-n", "0"]);
    expect(code).toBe(0);
    expect(stdout.replace(file, "").replace("\nread with tabs", "")).toBe(expected);
  }
  writeFileSync(`${folder}/cut.csv.gz`, gzipSync(plain).subarray(0, 60));
  expect((await cli(["data", "head", `${folder}/cut.csv.gz`])).stderr).toMatch(
    /NW0610.*packed by gzip, and (cut short|damaged)/,
  );
  const model = `${folder}/packed.net`;
  writeFileSync(model, net("t.csv.gz"));
  expect((await cli(["check", model])).code).toBe(0);
});

describe("a table where a `.net` file is expected, and the other way round", () => {
  test.each([["check"], ["train"], ["explain"], ["ir"], ["fmt"], ["diff"]])(
    "%s data.csv is one error",
    async (command) => {
      const { write } = smallProject();
      const table = write("table.csv", plain);
      const args = command === "diff" ? [table, table] : [table];
      const { code, stderr } = await cli([command, ...args]);
      expect(code).toBe(2);
      expect(stderr.match(/NW\d{4}/g)).toEqual(command === "diff" ? ["NW0628", "NW0628"] : ["NW0628"]);
      expect(stderr).toContain("netwright init ");
    },
  );

  test("init model.net and predict -i model.net", async () => {
    const { net: model, folder } = smallProject();
    for (const args of [
      ["init", model],
      ["data", "head", model],
      ["predict", folder, "-i", model],
    ]) {
      const { stderr, code } = await cli(args);
      expect(code).not.toBe(0);
      expect(stderr).toContain("NW0627");
      expect(stderr).toContain("a `.net` file");
    }
  });
});
