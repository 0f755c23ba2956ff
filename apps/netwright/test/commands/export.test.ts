import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { parseStablehlo } from "@netwright/stablehlo";
import { cli } from "../support/cli.ts";
import { toFormat1 } from "../support/format-1.ts";
import { type SmallProject, smallProject } from "../support/project.ts";

let project: SmallProject;
let run: string;

beforeAll(async () => {
  project = smallProject();
  await cli(["train", project.net, "--backend", "reference", "--out", project.runs, "--quiet"]);
  run = join(project.runs, readdirSync(project.runs)[0] ?? "");
});

const place = (name: string) => join(project.folder, name);

test("three files, in a folder that is made, predict what `predict` prints", async () => {
  const folder = place("new/web");
  const played = await cli(["export", run, "--format", "wasm", "--output", folder]);
  expect(played).toMatchObject({ code: 0, stdout: "" });
  expect(played.stderr).toMatch(
    /^small\.wasm \([\d,]+ bytes\), small\.mjs \([\d,]+ bytes\) and small\.d\.mts \([\d,]+ bytes\) in .*web\n$/,
  );
  expect(readdirSync(folder).sort()).toEqual(["small.d.mts", "small.mjs", "small.wasm"]);
  writeFileSync(
    join(folder, "program.mjs"),
    `import { load } from "./small.mjs"; console.log(String((await load()).predict({ a: 3, b: 1.5 }).y));`,
  );
  const output = execFileSync(process.execPath, [join(folder, "program.mjs")], { encoding: "utf8" });
  const predicted = await cli(["predict", run, "--backend", "jit", "--input", "-"], {
    stdin: "a,b\n3,1.5\n",
  });
  expect(`y\n${output}`).toBe(predicted.stdout);
});

test("wasm is the format where none is given; --quiet says nothing", async () => {
  const folder = place("quiet");
  expect(await cli(["export", run, "-o", folder, "-q"])).toMatchObject({ code: 0, stdout: "", stderr: "" });
  expect(readdirSync(folder)).toHaveLength(3);
});

test("stablehlo: a training, a prediction and an evaluation, with names, for so many rows", async () => {
  const folder = place("hlo");
  const played = await cli(["export", run, "--format", "stablehlo", "--rows", "3", "--output", folder]);
  expect(played).toMatchObject({ code: 0, stdout: "" });
  expect(readdirSync(folder).sort()).toEqual([
    "small.evaluate.mlir",
    "small.init.mlir",
    "small.predict.mlir",
    "small.step.mlir",
  ]);
  const [step, predict] = ["step", "predict"].map((kind) => {
    const { program, donates } = parseStablehlo(readFileSync(join(folder, `small.${kind}.mlir`), "utf8"));
    return { func: program.functions[0], roles: program.state.map(({ role }) => role), donates };
  });
  expect(step?.donates).toBe(true);
  expect(step?.func?.results.at(-1)?.name).toBe("loss");
  expect(step?.roles).toEqual(expect.arrayContaining(["weight", "slot", "counter"]));
  expect(predict?.donates).toBe(false);
  expect(predict?.func).toMatchObject({ kind: "predict", batch: 3, writes: [] });
  expect(predict?.func?.results.map(({ name }) => name)).toEqual(["prediction"]);
  expect((await cli(["export", run, "--format", "stablehlo", "--rows", "0"])).code).toBe(2);
});

test("rows are for stablehlo and xlsx alone", async () => {
  const folder = place("rows");
  const played = await cli(["export", run, "--rows", "3", "--output", folder]);
  expect(played).toMatchObject({ code: 2, stdout: "" });
  expect(played.stderr).toContain("NW0901  `--rows` goes with `--format stablehlo` and `--format xlsx`");
  expect(existsSync(folder)).toBe(false);
});

test("each other format writes its files, and says no more", async () => {
  for (const [format, name] of [
    ["safetensors", "small.safetensors"],
    ["card", "README.md"],
    ["xlsx", "small.xlsx"],
    ["pmml", "small.pmml"],
  ] as const) {
    const folder = place(`as-${format}`);
    const played = await cli(["export", run, "--format", format, "--output", folder]);
    expect(played).toMatchObject({ code: 0, stdout: "" });
    expect(played.stderr).toMatch(new RegExp(`^${name} \\([\\d,]+ bytes\\) in `));
    expect(readdirSync(folder)).toEqual([name]);
  }
});

test("sql: one query for the database that is asked for", async () => {
  const folder = place("as-sql");
  const played = await cli(["export", run, "--format", "sql", "--dialect", "duckdb", "--output", folder]);
  expect(played.stderr).toMatch(
    /^small\.duckdb\.sql \([\d,]+ bytes\) in .*\nDuckDB .* predicts 64 sample rows beside Netwright: numbers differ by [\d.e-]+ at most\n$/,
  );
  expect(readFileSync(join(folder, "small.duckdb.sql"), "utf8")).toContain("as materialized");
  await cli(["export", run, "--format", "sql", "-o", folder, "-q"]);
  expect(readFileSync(join(folder, "small.postgres.sql"), "utf8")).toContain("::float8");
  expect((await cli(["export", run, "--dialect", "sqlite", "-o", folder])).stderr).toContain(
    "NW0901  `--dialect` goes with `--format sql`",
  );
});

test("onnx: one file, which ONNX Runtime then predicts the sample rows with", async () => {
  const folder = place("as-onnx");
  const played = await cli(["export", run, "--format", "onnx", "--output", folder]);
  expect(played).toMatchObject({ code: 0, stdout: "" });
  expect(played.stderr).toMatch(
    /^small\.onnx \([\d,]+ bytes\) in .*\nonnxruntime-\w+ 1\.\d+\.\d+ predicts 64 sample rows beside Netwright: numbers differ by [\d.e-]+ at most\n$/,
  );
  const asRaw = ["export", run, "--format", "onnx", "--raw-input", "--force", "-o", folder];
  const raw = await cli(asRaw);
  expect(raw).toMatchObject({ code: 0, stdout: "" });
  expect(raw.stderr).toMatch(
    /predicts 64 sample rows beside Netwright: numbers differ by [\d.e-]+ at most\n$/,
  );
  expect(await cli([...asRaw, "-q"])).toMatchObject({ code: 0, stdout: "", stderr: "" });
  expect((await cli(["export", run, "--raw-input", "-o", folder])).stderr).toContain(
    "NW0901  `--raw-input` goes with `--format onnx`",
  );
});

test("keras, keras-code and tfjs: a model, and the module beside it", async () => {
  const folder = place("as-keras");
  for (const format of ["keras", "keras-code", "tfjs"])
    expect(await cli(["export", run, "--format", format, "--output", folder, "--force", "-q"])).toMatchObject(
      { code: 0 },
    );
  // Both of Keras have the same module beside them, but for how the model is opened.
  expect(readdirSync(folder).sort()).toEqual(
    [
      "model.json",
      "preprocess.mjs",
      "small.keras",
      "small.py",
      "small.weights.h5",
      "small_preprocess.py",
      "weights.bin",
    ].sort(),
  );
});

test("js and tfjs: Node and TensorFlow.js predict the sample rows with what was written", async () => {
  for (const [format, reader] of [
    ["js", "Node"],
    ["tfjs", "TensorFlow\\.js"],
  ]) {
    const played = await cli([
      "export",
      run,
      "--format",
      `${format}`,
      "--output",
      place(`checked-${format}`),
    ]);
    expect(played).toMatchObject({ code: 0, stdout: "" });
    expect(played.stderr).toMatch(
      new RegExp(
        `^.*\\n${reader} [\\d.]+ predicts 64 sample rows beside Netwright: numbers differ by [\\d.e-]+ at most\\n$`,
      ),
    );
  }
});

describe("files that are there", () => {
  test("stay, and are named, all of them", async () => {
    const folder = place("taken");
    await cli(["export", run, "-o", folder]);
    writeFileSync(join(folder, "small.mjs"), "mine");
    const played = await cli(["export", run, "-o", folder]);
    expect(played.code).toBe(1);
    for (const name of ["small.wasm", "small.mjs", "small.d.mts"]) expect(played.stderr).toContain(name);
    expect(played.stderr).toContain("error NW0902");
    expect(played.stderr).toContain("--force");
    expect(readFileSync(join(folder, "small.mjs"), "utf8")).toBe("mine");
  });

  test("are replaced with --force", async () => {
    const folder = place("forced");
    await cli(["export", run, "-o", folder]);
    const before = readFileSync(join(folder, "small.wasm"));
    writeFileSync(join(folder, "small.wasm"), "mine");
    expect((await cli(["export", run, "-o", folder, "--force"])).code).toBe(0);
    expect(readFileSync(join(folder, "small.wasm")).equals(before)).toBe(true);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  test("stay in any case where they are the run's own", async () => {
    const folder = place("linked");
    mkdirSync(folder);
    symlinkSync(join(run, "model.safetensors"), join(folder, "small.wasm"));
    const before = readFileSync(join(run, "model.safetensors"));
    const played = await cli(["export", run, "-o", folder, "--force"]);
    expect(played.code).toBe(1);
    expect(played.stderr).toMatch(/NW0902 .*what this command reads/);
    expect(readdirSync(folder)).toEqual(["small.wasm"]);
    expect(readFileSync(join(run, "model.safetensors")).equals(before)).toBe(true);
  });
});

describe("mistakes", () => {
  test("a format that is not there is wrong usage", async () => {
    const played = await cli(["export", run, "--format", "gguf"]);
    expect(played).toMatchObject({ code: 2, stdout: "" });
    expect(played.stderr).toContain("Allowed choices are wasm, stablehlo, onnx");
  });

  test("a directory that is no run", async () => {
    const played = await cli(["export", project.folder]);
    expect(played.code).toBe(1);
    expect(played.stderr).toContain("NW0820");
  });

  test("an output that is a file, or below one", async () => {
    for (const folder of [project.csv, join(project.csv, "web")]) {
      const played = await cli(["export", run, "-o", folder]);
      expect(played.code).toBe(1);
      expect(played.stderr).toContain(`the folder \`${folder}\` cannot be made`);
    }
  });
});

(process.platform === "linux" ? test : test.skip)("below /proc no folder can be made", async () => {
  const played = await cli(["export", run, "-o", "/proc/none/web"]);
  expect(played).toMatchObject({ code: 1, stdout: "" });
  expect(played.stderr).toContain("the folder `/proc/none/web` cannot be made: nothing can be made there");
  expect((await cli(["export", run, "-o", "/proc"])).stderr).toContain(
    "cannot be written: nothing can be made there",
  );
});

describe("a run of a stranger", () => {
  // Without hashes, so that nothing but the names themselves is refused.
  test.each(["../up", "/tmp/absolute", "..", ".hidden", "a/../../b", "a\\b", "two\nlines", "nul"])(
    "named %j writes nothing, with --force neither",
    async (name) => {
      const made = smallProject();
      await cli(["train", made.net, "--backend", "reference", "--out", made.runs, "--quiet"]);
      const theirs = join(made.runs, readdirSync(made.runs)[0] ?? "");
      toFormat1(theirs, {
        record: (record) => ({ ...record, name }),
        metadata: (metadata) => ({ ...metadata, "netwright.name": JSON.stringify(name) }),
      });
      writeFileSync(join(made.folder, "up.wasm"), "mine");
      const before = readdirSync(made.folder).sort();
      const played = await cli(["export", theirs, "-o", join(made.folder, "out"), "--force"]);
      expect(played).toMatchObject({ code: 1, stdout: "" });
      expect(played.stderr).toContain("`name` is not a name of a file without a folder");
      expect(readdirSync(made.folder).sort()).toEqual(before);
      expect(readFileSync(join(made.folder, "up.wasm"), "utf8")).toBe("mine");
    },
  );
});
