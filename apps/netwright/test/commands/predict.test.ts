import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { type SmallProject, smallCsv, smallProject } from "../support/project.ts";

let project: SmallProject;
let run: string;

beforeAll(async () => {
  project = smallProject();
  await cli([
    "train",
    project.net,
    "--backend",
    "reference",
    "--out",
    project.runs,
    "--epochs",
    "60",
    "--quiet",
  ]);
  run = join(project.runs, readdirSync(project.runs)[0] ?? "");
});

const predict = (input: string, ...more: string[]) =>
  cli(["predict", run, "--backend", "reference", "--input", input, ...more]);
const fromStdin = (stdin: string, ...more: string[]) =>
  cli(["predict", run, "--backend", "reference", "--input", "-", ...more], { stdin });

const INPUT = "a,b\n1,2\n9,0\n4,5\n";

describe("predictions", () => {
  test("come one for each row, in order, from a file and from standard input alike", async () => {
    const played = await fromStdin(INPUT);
    expect(played).toMatchObject({ code: 0, stderr: "" });
    const [header, ...rows] = played.stdout.trimEnd().split("\n");
    expect(header).toBe("y");
    expect(rows).toHaveLength(3);
    expect(Number(rows[1])).toBeGreaterThan(Number(rows[0]));
    expect((await predict(project.write("input.csv", INPUT))).stdout).toBe(played.stdout);
  });

  test("do not depend on the order of columns, nor on others, which get a warning", async () => {
    const expected = (await fromStdin(INPUT)).stdout;
    expect((await fromStdin("b,a\n2,1\n0,9\n5,4\n")).stdout).toBe(expected);
    const extra = await fromStdin("b,a,note\n2,1,x\n0,9,y\n5,4,z\n");
    expect(extra).toMatchObject({ code: 0, stdout: expected });
    expect(extra.stderr).toContain("warning NW0651");
  });

  test("are CSV in a file of any name, which is said where the name is another", async () => {
    const input = project.write("named.csv", INPUT);
    const csv = join(project.folder, "named-out.csv");
    const other = join(project.folder, "named-out.parquet");
    expect((await predict(input, "--output", csv)).stderr).toBe(`3 predictions in ${csv}\n`);
    expect((await predict(input, "--output", other)).stderr).toBe(`3 predictions in ${other}, as CSV\n`);
    expect(readFileSync(other, "utf8")).toBe(readFileSync(csv, "utf8"));
  });

  test("stand beside ids as they are in a table of text, and it is told where a format has them rounded", async () => {
    const csv = await fromStdin("id,a,b\n9007199254740993,1,2\n", "--keep", "id");
    expect(csv.stdout).toContain("\n9007199254740993,");
    expect(csv.stderr).toBe("");
    const records = '[{"id": 9007199254740993, "a": 1, "b": 2, "more": 9007199254740993}]';
    const json = await fromStdin(records, "--keep", "id");
    expect(json).toMatchObject({ code: 0 });
    expect(json.stderr).toContain("warning NW0673  Column `id` of `standard input`");
    expect(json.stderr).not.toContain("Column `more`");
  });

  test("say of a column that is not there why it was not read", async () => {
    const records = project.write("records.json", '[{"a": 1, "b": {"c": [1]}, "y": 1}]');
    const left = "warning NW0672  Column `b` of `";
    const asked = await predict(records);
    expect(asked).toMatchObject({ code: 1, stdout: "" });
    expect(asked.stderr).toContain(left);
    expect(asked.stderr).toContain("has no column `b`");
    const measured = await cli(["evaluate", run, "--backend", "reference", "--data", records]);
    expect(measured.code).toBe(1);
    expect(measured.stderr).toContain(left);
  });

  test.each([
    ["interval", "mse", (i: number) => String(i * 3)],
    ["set", "cross_entropy", (i: number) => (i % 2 === 0 ? "no" : "yes")],
  ])("of a target called `%s` stand alone, with no empty columns of that name", async (name, loss, cell) => {
    const own = smallProject();
    const rows = Array.from({ length: 80 }, (_, i) => `${(i * 7) % 31},${cell(i)}`);
    own.write("own.csv", `a,${name}\n${rows.join("\n")}\n`);
    const net = own.write(
      "own.net",
      `netwright 1
data own { source: "own.csv" target: ${name} features: [a] }
model { dense(outputs) }
train { loss: ${loss} epochs: 2 }
report { interval: 80% }
`,
    );
    const trained = await cli(["train", net, "--backend", "reference", "--out", own.runs, "--quiet"]);
    const [folder = ""] = readdirSync(own.runs);
    expect(trained.code).toBe(0);
    const argv = ["predict", join(own.runs, folder), "--backend", "reference", "--input", "-"];
    const { stdout } = await cli(argv, { stdin: "a\n3\n" });
    const [header = ""] = stdout.split("\n");
    expect(header.split(",").filter((title) => title.startsWith(name))).toEqual([name]);
  });

  test.each([
    ["gaussian_nll", "dense(4, relu) -> dense(outputs)", "", null],
    [
      "mse",
      "dense(4, relu) -> dropout(20%) -> dense(outputs)",
      ", spread: dropout, samples: 5",
      "how far 5 passes",
    ],
    ["mse", "members(3) -> member_dense(outputs)", ", spread: members", "how far the members"],
  ])("have a column of their spread: %s, %s", async (loss, flow, asked, said) => {
    const own = smallProject();
    const text = `netwright 1
data own { source: "small.csv" target: y }
model { ${flow} }
train { loss: ${loss} epochs: 2 }
report { interval: 60%${asked} }
`;
    const net = own.write("own.net", text);
    const trained = await cli(["train", net, "--backend", "reference", "--out", own.runs]);
    expect(trained.stdout).toMatch(/^NLL /m);
    expect(trained.stdout).toMatch(/interval: \S+ spreads beyond what is predicted on either side/);
    const run = join(own.runs, readdirSync(own.runs)[0] ?? "");
    const { stdout } = await cli(["predict", run, "--backend", "reference", "--input", own.csv]);
    const [header, first = ""] = stdout.split("\n");
    expect(header).toBe("y,y(lower),y(upper),y(spread)");
    const [y = 0, lower = 0, upper = 0, spread = 0] = first.split(",").map(Number);
    expect(upper - y).toBeCloseTo(y - lower, 9);
    expect(spread).toBeGreaterThan(0);
    const explained = (await cli(["explain", run])).stdout;
    if (said === null) expect(explained).not.toMatch(/^spread:/m);
    else expect(explained).toContain(`spread: ${said}`);
  });

  test("the target among the inputs is no matter", async () => {
    const played = await predict(project.csv);
    expect(played).toMatchObject({ code: 0, stderr: "" });
    expect(played.stdout.trimEnd().split("\n")).toHaveLength(61);
  });

  test("go to a file, whole, with --force in place of what was there", async () => {
    const output = project.write("out.csv", "old\n");
    const before = readdirSync(project.folder).length;
    const refused = await fromStdin(INPUT, "--output", output);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/NW0902 .*exists already[\s\S]*--force/);
    expect(readFileSync(output, "utf8")).toBe("old\n");
    const played = await fromStdin(INPUT, "--output", output, "--force");
    expect(played).toMatchObject({ code: 0, stdout: "" });
    expect(played.stderr).toContain("3 predictions");
    expect(readFileSync(output, "utf8")).toBe((await fromStdin(INPUT)).stdout);
    expect(readdirSync(project.folder)).toHaveLength(before);
  });

  test("have the columns that --keep names in front, as they are written, in the order given", async () => {
    const input = 'id,a,b,name\n007,1,2.00,"Doe, J."\n8e1, 9 ,0,"say ""a"""\n"two\nlines",4,5,\n';
    const expected = (await fromStdin(INPUT)).stdout.trimEnd().split("\n").slice(1);
    const kept = await fromStdin(input, "--keep", "name,id");
    expect(kept).toMatchObject({ code: 0, stderr: "" });
    expect(kept.stdout).toBe(
      `name,id,y\n"Doe, J.",007,${expected[0]}\n"say ""a""",8e1,${expected[1]}\n,"two\nlines",${expected[2]}\n`,
    );
    const all = await fromStdin(input, "--keep", "all");
    expect(all.stdout).toBe(
      `id,a,b,name,y\n007,1,2.00,"Doe, J.",${expected[0]}\n8e1, 9 ,0,"say ""a""",${expected[1]}\n"two\nlines",4,5,,${expected[2]}\n`,
    );
    const repeated = await fromStdin(input, "--keep", "a", "--keep", " id , a ");
    expect(repeated.stdout.split("\n", 2)).toEqual(["a,id,y", `1,007,${expected[0]}`]);
    expect(repeated.stderr).toContain("1 column that the model does not use: `name`");
    const json = await fromStdin(input, "--keep", "id", "--format", "json");
    expect(lastLine(json)).toMatchObject({
      predictions: [{ id: "007", y: Number(expected[0]) }, { id: "8e1" }, { id: "two\nlines" }],
    });
    const output = join(project.folder, "kept.csv");
    await fromStdin(input, "--keep", "id", "--output", output);
    expect(readFileSync(output, "utf8")).toBe((await fromStdin(input, "--keep", "id")).stdout);
  });

  test("of other separators and odd names are kept as well", async () => {
    const odd = await fromStdin('"x,y";a;b\n3,5;1;2\n', "--keep", '"x,y",a');
    expect(odd.stdout).toMatch(/^"x,y",a,y\n"3,5",1,[\d.]+\n$/);
    const named = await fromStdin(",a,b\nfirst,1,2\nsecond,9,0\n", "--keep", "all");
    expect(named.stdout).toMatch(/^,a,b,y\nfirst,1,2,[\d.]+\nsecond,9,0,[\d.]+\n$/);
  });

  test("are called `predicted_y` where the column `y` of the input is kept", async () => {
    const input = "y,predicted_y,a,b\n5,6,1,2\n";
    expect((await fromStdin(input, "--keep", "y")).stdout).toMatch(/^y,predicted_y\n5,[\d.]+\n$/);
    const both = await fromStdin(input, "--keep", "y,predicted_y", "--format", "json");
    expect(lastLine(both)).toMatchObject({
      predictions: [{ y: "5", predicted_y: "6", predicted_predicted_y: expect.any(Number) }],
    });
  });

  test("for a value far outside of the training rows come with a warning", async () => {
    const played = await fromStdin("a,b\n1,2\n900,2\n");
    expect(played.code).toBe(0);
    expect(played.stderr).toMatch(/warning NW0657 .*row 2 \(line 3\).*`a` is 900.*0 to 9\./);
  });

  test("are data with --format json", async () => {
    const played = await fromStdin(INPUT, "--format", "json");
    const y = expect.any(Number);
    expect(lastLine(played)).toEqual({
      run,
      backend: "reference",
      rows: 3,
      predictions: [{ y }, { y }, { y }],
      diagnostics: [],
    });
  });
});

describe("mistakes", () => {
  test("a missing column, text for a number and an unknown backend", async () => {
    const played = await fromStdin("a\n1\n");
    expect(played).toMatchObject({ code: 1, stdout: "" });
    expect(played.stderr).toContain("error NW0650");
    expect(played.stderr).toContain("standard input");
    expect((await fromStdin("a,b\n1,x\n")).stderr).toContain("error NW0630");
    expect((await fromStdin("a,b\n1,x\n", "--backend", "nothing")).code).toBe(2);
  });

  test("the input and the run are never replaced, by whatever name", async () => {
    const input = project.write("same.csv", INPUT);
    const weights = readFileSync(join(run, "model.safetensors"));
    const link = join(project.folder, "to-same.csv");
    const hard = join(project.folder, "hard-same.csv");
    const ofRun = join(project.folder, "to-run.csv");
    symlinkSync("same.csv", link);
    linkSync(input, hard);
    symlinkSync(join(run, "model.safetensors"), ofRun);
    for (const output of [input, link, hard, ofRun, `${project.folder}/./same.csv`]) {
      for (const more of [[], ["--force"]]) {
        const played = await predict(input, "--output", output, ...more);
        expect(played).toMatchObject({ code: 1, stdout: "" });
        expect(played.stderr).toMatch(/NW0902 .*what this command reads/);
      }
    }
    expect((await predict(link, "--output", hard, "--force")).code).toBe(1);
    expect(readFileSync(input, "utf8")).toBe(INPUT);
    expect(readFileSync(join(run, "model.safetensors")).equals(weights)).toBe(true);
  });

  test("an output that cannot be written leaves nothing", async () => {
    const folder = join(project.folder, "folder");
    mkdirSync(folder);
    for (const output of [folder, join(folder, "no", "out.csv"), join(project.csv, "out.csv")]) {
      const played = await fromStdin(INPUT, "--output", output);
      expect(played).toMatchObject({ code: 1, stdout: "" });
      expect(played.stderr).toContain("error NW0902");
    }
    expect(readdirSync(folder)).toEqual([]);
    expect(readFileSync(project.csv, "utf8")).toBe(smallCsv());
  });

  test("a column to keep that is not there gets a suggestion, an empty name is wrong usage", async () => {
    const unknown = await fromStdin("Ident,a,b\n1,1,2\n", "--keep", "ident,c");
    expect(unknown).toMatchObject({ code: 1, stdout: "" });
    expect(unknown.stderr).toMatch(/NW0910 .*`ident`[\s\S]*Did you mean `Ident`\?/);
    expect(unknown.stderr).toMatch(/NW0910 .*`c`/);
    expect((await fromStdin(INPUT, "--keep", "a,,b")).code).toBe(2);
  });

  test("no run and no input are said at once", async () => {
    const played = await cli(["predict", project.folder, "--input", join(project.folder, "no.csv")]);
    expect(played.code).toBe(1);
    expect(played.stderr).toContain("NW0820");
    expect(played.stderr).toContain("NW0610");
    expect((await predict(project.folder)).stderr).toContain("it is a directory");
  });
});

describe("classes", () => {
  test("are predicted as words, with a column for the share of each", async () => {
    const { write, folder } = smallProject();
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i % 2 ? "red" : "blue"},${i % 7},${i % 2 ? "warm" : "cold"}`,
    );
    write("tones.csv", `colour,size,tone\n${rows.join("\n")}\n`);
    const net = write(
      "tones.net",
      'netwright 1\ndata { source: "tones.csv", target: tone\n columns { colour: category } }\nmodel { dense(outputs) }\ntrain { loss: cross_entropy, optimizer: adam(learning_rate: 0.1), epochs: 30 }\n',
    );
    const runs = join(folder, "tones");
    await cli(["train", net, "--backend", "reference", "--out", runs, "--quiet"]);
    const own = join(runs, readdirSync(runs)[0] ?? "");
    const options = ["predict", own, "--backend", "reference", "--input", "-"];
    const stdin = "colour,size\nred,3\nblue,3\n";
    const played = await cli(options, { stdin });
    const [header, ...lines] = played.stdout.trimEnd().split("\n");
    expect(header).toBe("tone,P(cold),P(warm)");
    expect(lines.map((line) => line.split(",")[0])).toEqual(["warm", "cold"]);
    expect(lastLine(await cli([...options, "--format", "json"], { stdin }))).toMatchObject({
      predictions: [{ tone: "warm", probabilities: { warm: expect.any(Number) } }, { tone: "cold" }],
    });
    const unknown = await cli(options, { stdin: "colour,size\ngreen,3\n" });
    expect(unknown).toMatchObject({ code: 1 });
    expect(unknown.stderr).toContain("error NW0658");
    const evaluated = await cli([
      "evaluate",
      own,
      "--backend",
      "reference",
      "--data",
      join(folder, "tones.csv"),
    ]);
    expect(evaluated.stdout).toContain("Accuracy");
    expect((await cli(["check", net])).code).toBe(0);
    expect((await cli(["explain", net, "--resolved"])).stdout).toContain("colour: category(values: none");
  });

  test("a set stands in one cell, and what parts its classes is in none of them", async () => {
    const { write, folder } = smallProject();
    // The column tells nothing, so that both classes are in sets.
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 5},${i % 2 === 0 ? "on|off" : "off"}`);
    write("keys.csv", `a,key\n${rows.join("\n")}\n`);
    const net = write(
      "keys.net",
      'netwright 1\ndata { source: "keys.csv", target: key, split: { train: 60%, validation: 20%, test: 20% } }\nmodel { dense(outputs, kernel_initializer: zeros) }\ntrain { loss: cross_entropy, epochs: 1 }\nreport { interval: 80% }\n',
    );
    const runs = join(folder, "keys");
    await cli(["train", net, "--backend", "reference", "--out", runs, "--quiet"]);
    const own = join(runs, readdirSync(runs)[0] ?? "");
    const options = ["predict", own, "--backend", "reference", "--input", "-"];
    const stdin = "a\n0\n1\n2\n3\n4\n";
    const [header, ...lines] = (await cli(options, { stdin })).stdout.trimEnd().split("\n");
    expect(header?.split(",").slice(0, 2)).toEqual(["key", "key(set)"]);
    const { predictions } = Object(lastLine(await cli([...options, "--format", "json"], { stdin })));
    const sets: readonly string[][] = predictions.map(({ set }: { set: string[] }) => set);
    expect(lines.map((line) => line.split(",")[1]?.split(";"))).toEqual(sets);
    expect(sets.map(({ length }) => length)).toContain(2);
  });
});

test("for a spreadsheet, formulas are text in the header and in the rows, words of predictions among them", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${i - 30},=${i},${i % 2 === 0 ? "+one" : "-two"}`);
  const { net, runs, csv } = smallProject(
    'netwright 1\ndata { source: "small.csv", target: "=cmd()", features: [a]\n columns { "=cmd()": category } }\nmodel { dense(outputs) }\ntrain { loss: cross_entropy, epochs: 1 }\n',
    `a,@b,=cmd()\n${rows.join("\n")}\n`,
  );
  const trained = await cli(["train", net, "--backend", "reference", "--out", runs, "--quiet"]);
  const argv = ["predict", trained.stdout.trim(), "--input", csv, "--keep", "a,@b"];
  const lines = (await cli([...argv, "--spreadsheet"])).stdout.split("\n");
  expect(lines[0]).toBe("a,'@b,'=cmd(),P(+one),P(-two)");
  expect(lines[1]).toMatch(/^-30,'=0,'[+-](?:one|two),[\d.e-]+,[\d.e-]+$/);
  expect((await cli(argv)).stdout).toMatch(/^a,@b,=cmd\(\),/);
});

test("no file of a pattern is written over", async () => {
  for (const name of ["parts-a.csv", "parts-b.csv"]) project.write(name, INPUT);
  const pattern = join(project.folder, "parts-*.csv");
  const output = join(project.folder, "parts-b.csv");
  const played = await predict(pattern, "--output", output, "--force");
  expect(played.code).not.toBe(0);
  expect(played.stderr).toMatch(/NW0902 .*is what this command reads/);
  expect(readFileSync(output, "utf8")).toBe(INPUT);
  const other = join(project.folder, "other.csv");
  expect((await predict(pattern, "--output", other)).code).toBe(0);
  expect(readFileSync(other, "utf8").trimEnd().split("\n")).toHaveLength(7);
});
