// `netwright import FILE`: a model of another tool becomes a file and a run, which all other commands take.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { readSafetensors, writeSafetensors } from "@netwright/runtime";
import { cli, lastLine } from "../support/cli.ts";
import { temporaryFolder } from "../support/project.ts";

let folder = "";

const KERNEL = [0.5, -1, 2, 0.25, 1, -0.5];
const BIAS = [0.1, -0.2];

/** softmax(x kernel + bias), as TensorFlow.js would save it, or what goes into it. */
function writeModel(name = "model.json", activation = "softmax"): string {
  const weights = new Float32Array([...KERNEL, ...BIAS]);
  writeFileSync(join(folder, "weights.bin"), new Uint8Array(weights.buffer));
  const layers = [
    {
      class_name: "Dense",
      config: { name: "out", units: 2, activation, batch_input_shape: [null, 3] },
    },
  ];
  const manifest = [
    {
      paths: ["weights.bin"],
      weights: [
        { name: "out/kernel", shape: [3, 2], dtype: "float32" },
        { name: "out/bias", shape: [2], dtype: "float32" },
      ],
    },
  ];
  const place = join(folder, name);
  const file = {
    generatedBy: "TensorFlow.js tfjs-layers v4.22.0",
    modelTopology: { class_name: "Sequential", config: { name: "s", layers } },
    weightsManifest: manifest,
  };
  writeFileSync(place, JSON.stringify(file));
  return place;
}

beforeEach(() => {
  folder = temporaryFolder();
});

const options = () => [
  ...["--columns", "a, b,c", "--classes", "no,yes", "--target", "answer"],
  ...["--out", join(folder, "runs"), "-o", join(folder, "yes.net")],
];

async function importedRun(): Promise<string> {
  const { code, stdout } = await cli(["import", writeModel(), ...options(), "--quiet"]);
  expect(code).toBe(0);
  return stdout.trim();
}

const share = (row: readonly number[]) => {
  const [no = 0, yes = 0] = [0, 1].map(
    (j) => (BIAS[j] ?? 0) + row.reduce((sum, x, i) => sum + x * (KERNEL[2 * i + j] ?? 0), 0),
  );
  return 1 / (1 + Math.exp(no - yes));
};

test("says what it has read, and that nothing was trained here", async () => {
  const { code, stdout } = await cli(["import", writeModel(), ...options()]);
  expect(code).toBe(0);
  expect(stdout).toContain(
    "Read 8 weights of TensorFlow.js tfjs-layers v4.22.0. It was not trained here: nothing is known of how well it predicts.",
  );
  expect(readFileSync(join(folder, "yes.net"), "utf8")).toBe(`netwright 1

# Imported: TensorFlow.js tfjs-layers v4.22.0.

data {
  source: "model.csv"
  target: answer
  features: [a, b, c]
  columns {
    answer: category(values: ["no", "yes"])
  }
  scale: none
}

model {
  dense(2)
}

train {
  loss: cross_entropy
}
`);
});

describe("numbers before a softmax", () => {
  test("are classes where that is said, and the other tool's shares are held to them", async () => {
    const place = writeModel("raw.json", "linear");
    const told = await cli(["import", place, ...options(), "--logits", "--format", "json"]);
    expect(lastLine(told)).toMatchObject({
      checked: { by: "TensorFlow.js 4.22.0", rows: 16 },
      diagnostics: [],
    });
    expect(readFileSync(join(folder, "yes.net"), "utf8")).toContain("loss: cross_entropy");
    writeFileSync(join(folder, "rows.csv"), "a,b,c\n1,2,3\n-1,0.5,2\n");
    const [run = ""] = readdirSync(join(folder, "runs")).map((name) => join(folder, "runs", name));
    const { stdout } = await cli(["predict", run, "--input", join(folder, "rows.csv")]);
    const [header, first] = stdout.trim().split("\n");
    expect(header).toBe("answer,P(no),P(yes)");
    expect(Number(first?.split(",")[2])).toBeCloseTo(share([1, 2, 3]), 6);
  });

  test("are numbers where it is not, and the way to say it is told", async () => {
    const { code, stderr } = await cli(["import", writeModel("raw.json", "linear"), ...options()]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/NW0882 [\s\S]*`--logits`/);
  });

  test.each([
    [["--logits"], "softmax", "the model ends with `softmax`"],
    [["--logits", "--classes", "none"], "linear", "`classes` are `none`"],
  ])("do not go with what contradicts them: %j of a model with %s", async (args, activation, why) => {
    const out = ["--out", join(folder, "runs"), "-o", join(folder, "n.net")];
    const { code, stderr } = await cli(["import", writeModel("raw.json", activation), ...out, ...args]);
    expect(code).toBe(1);
    expect(stderr).toContain(why);
  });
});

test("tells all of it as JSON", async () => {
  const told = await cli(["import", writeModel(), ...options(), "--format", "json"]);
  expect(lastLine(told)).toMatchObject({
    name: "model",
    format: "tfjs",
    writer: "TensorFlow.js tfjs-layers v4.22.0",
    own: false,
    checked: { by: "TensorFlow.js 4.22.0", rows: 16 },
    predicts: true,
    notes: [],
    diagnostics: [],
  });
});

describe("the run", () => {
  test("predicts as the other tool does", async () => {
    const run = await importedRun();
    writeFileSync(join(folder, "rows.csv"), "a,b,c\n1,2,3\n-1,0.5,2\n");
    const { stdout, code } = await cli(["predict", run, "--input", join(folder, "rows.csv")]);
    expect(code).toBe(0);
    const [header, ...lines] = stdout.trim().split("\n");
    expect(header).toBe("answer,P(no),P(yes)");
    const shares = lines.map((line) => Number(line.split(",")[2]));
    expect(shares[0]).toBeCloseTo(share([1, 2, 3]), 6);
    expect(shares[1]).toBeCloseTo(share([-1, 0.5, 2]), 6);
  });

  test("is measured, explained, compared and exported as any other", async () => {
    const run = await importedRun();
    const table = join(folder, "rows.csv");
    writeFileSync(table, "a,b,c,answer\n1,2,3,yes\n-1,0.5,2,no\n");
    expect(await cli(["evaluate", run, "--data", table])).toMatchObject({ code: 0 });
    const explained = await cli(["explain", run]);
    expect(explained.stdout).toContain("dense_1");
    expect(explained.code).toBe(0);
    expect((await cli(["diff", run, run])).stdout).toContain("mean the same");
    for (const format of ["onnx", "tfjs", "wasm", "card"])
      expect(await cli(["export", run, "--format", format, "--output", join(folder, format)])).toMatchObject({
        code: 0,
      });
    const card = readFileSync(join(folder, "card", "README.md"), "utf8");
    expect(card).toContain("imported from");
    expect(card).not.toContain("seed");
  });

  test("is not resumed, and is trained on from", async () => {
    const run = await importedRun();
    const resumed = await cli(["train", "--resume", run]);
    expect(resumed.stderr).toContain("NW0805");
    expect(resumed.stderr).toContain("it was trained by another tool, and imported");
    const rows = Array.from(
      { length: 30 },
      (_, i) => `${i % 3},${i % 5},${i % 7},${i % 2 === 0 ? "no" : "yes"}`,
    );
    writeFileSync(join(folder, "model.csv"), `a,b,c,answer\n${rows.join("\n")}\n`);
    const trained = await cli([
      ...["train", join(folder, "yes.net"), "--from", run, "--epochs", "1"],
      ...["--out", join(folder, "runs"), "--quiet"],
    ]);
    expect(trained.code).toBe(0);
  });

  test("that an export of it is imported again", async () => {
    const run = await importedRun();
    await cli(["export", run, "--format", "tfjs", "--output", join(folder, "out")]);
    const again = await cli([
      ...["import", join(folder, "out", "model.json"), "--out", join(folder, "runs")],
      ...["-o", join(folder, "again.net"), "--format", "json"],
    ]);
    expect(lastLine(again)).toMatchObject({ own: true, diagnostics: [] });
    expect(readFileSync(join(folder, "again.net"), "utf8")).toBe(
      readFileSync(join(folder, "yes.net"), "utf8"),
    );
  });
});

test("tensors of a .safetensors go into the network of a file, with its table", async () => {
  const run = await importedRun();
  await cli(["export", run, "--format", "safetensors", "--output", join(folder, "out")]);
  const bytes = readFileSync(join(folder, "out", "model.safetensors"));
  // Tensors alone, as another program writes them.
  const { tensors } = tensorsIn(bytes);
  const place = join(folder, "weights.safetensors");
  writeFileSync(
    place,
    writeSafetensors({
      tensors: new Map([...tensors].map(([name, one]) => [name.replace("dense_1.", "0."), one])),
      metadata: {},
    }),
  );
  expect((await cli(["import", place])).stderr).toContain("--into");
  const net = join(folder, "own.net");
  writeFileSync(
    net,
    `netwright 1
data { source: "rows.csv", target: answer, features: [a, b, c], columns { answer: category(values: ["no", "yes"]) }, scale: none }
model { dense(2) }
train { loss: cross_entropy }
`,
  );
  const rows = Array.from(
    { length: 30 },
    (_, i) => `${i % 3},${i % 5},${i % 7},${i % 2 === 0 ? "no" : "yes"}`,
  );
  writeFileSync(join(folder, "rows.csv"), `a,b,c,answer\n${rows.join("\n")}\n`);
  const into = await cli(["import", place, "--into", net, "--out", join(folder, "runs"), "--quiet"]);
  expect(into.code).toBe(0);
  const predicted = await cli(["predict", into.stdout.trim(), "--input", join(folder, "rows.csv")]);
  const [, first = ""] = predicted.stdout.split("\n");
  expect(Number(first.split(",")[2])).toBeCloseTo(share([0, 0, 0]), 6);
});

function tensorsIn(bytes: Uint8Array) {
  const read = readSafetensors(bytes, "model.safetensors");
  if (!read.ok) throw new Error("no tensors");
  return read.value;
}

test("a file that is there stays", async () => {
  const place = writeModel();
  writeFileSync(join(folder, "yes.net"), "mine");
  const refused = await cli(["import", place, ...options()]);
  expect(refused.stderr).toContain("NW0902");
  expect(readFileSync(join(folder, "yes.net"), "utf8")).toBe("mine");
  expect(existsSync(join(folder, "runs"))).toBe(false);
  expect(await cli(["import", place, ...options(), "--force"])).toMatchObject({ code: 0 });
});

test.each([
  [["--columns", "a,b"], "NW0882"],
  [["--columns", "a,b,b"], "NW0882"],
  [["--classes", "a,b,c"], "NW0882"],
  [["--target", "a,b"], "NW0882"],
  [["--pixels", "unit"], "NW0882"],
])("%j does not fit", async (more, code) => {
  const out = ["--out", join(folder, "runs"), "-o", join(folder, "n.net")];
  const { stderr } = await cli(["import", writeModel(), ...out, ...more]);
  expect(stderr).toContain(code);
});

test("a file that is not there, and one that is no model", async () => {
  expect((await cli(["import", join(folder, "none.keras")])).stderr).toContain("NW0613");
  const table = join(folder, "table.csv");
  writeFileSync(table, "a,b\n1,2\n");
  expect((await cli(["import", table])).stderr).toContain("NW0881");
});

const ZIP_OF_TORCH = `PK\u0003\u0004${"\0".repeat(26)}archive/data.pkl`;

test.each([
  ["net.pt", ZIP_OF_TORCH, "torch.onnx.export(model"],
  ["net.pth", "anything", "torch.onnx.export(model"],
  ["net", ZIP_OF_TORCH, "torch.onnx.export(model"],
  ["forest.joblib", "anything", "skl2onnx.to_onnx(model"],
  ["net.tflite", "anything", 'model.save("model.keras")'],
  ["saved_model.pb", "\b\u0001\u0012", 'model.save("model.keras")'],
  ["houses.csv", "a,b\n1,2\n", "`netwright init`"],
])("%s is named as what it is, with what to write in its place", async (name, content, remedy) => {
  const file = join(folder, name);
  writeFileSync(file, content, "latin1");
  const { stderr, code } = await cli(["import", file]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/NW0881 {2}`.*` is in no format\s+that\s+is\s+imported/);
  expect(stderr.replace(/\s+/g, " ")).toContain(remedy);
  expect(stderr).not.toContain("--kind");
});

test.each([
  ["frozen.pb", "anything", "Most likely it is a graph of TensorFlow"],
  ["epoch.ckpt", "anything", "Most likely it is a file of PyTorch"],
])("%s is most likely what its ending says, and may be another format", async (name, content, likely) => {
  const file = join(folder, name);
  writeFileSync(file, content, "latin1");
  const { stderr } = await cli(["import", file]);
  expect(stderr).toContain("NW0881");
  expect(stderr.replace(/\s+/g, " ")).toContain(likely);
  expect(stderr).toContain("`--kind NAME`");
});

test.each([
  ["network.pb", "\b\u0008\u0012"],
  ["weights.ckpt", "\u0089HDF\r\n\u001a\n"],
])("%s that begins as a format that is read is given to its reader", async (name, content) => {
  const file = join(folder, name);
  writeFileSync(file, content, "latin1");
  const { stderr } = await cli(["import", file]);
  expect(stderr).toContain("NW0880");
});

describe("what does not go together", () => {
  test.each([
    [["--columns", "a,,c"], "`--columns` has an empty name"],
    [["--into", "own.net", "-o", "other.net"], "`--into` goes without `--output`"],
    [["--into", "own.net", "--kind", "tfjs"], "`--into` goes with `.safetensors`"],
    [["--checkpoint", "trained.safetensors"], "go with the folder of an exported training"],
    [["own.net"], "go with the folder of an exported training"],
  ])("%j", async (args, message) => {
    const { code, stderr } = await cli(["import", writeModel(), ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain("NW0901");
    expect(stderr).toContain(message);
  });

  test("weights that have layers beside them do not go into a file", async () => {
    const net = join(folder, "own.net");
    writeFileSync(net, "model { input(3) dense(2) }\n");
    const { code, stderr } = await cli(["import", writeModel(), "--into", net]);
    expect(code).toBe(1);
    expect(stderr).toContain("is of TensorFlow.js, which has layers of its own");
  });

  test("a file of a format that is not told names the option that tells it", async () => {
    const place = join(folder, "model.bin");
    writeFileSync(place, "none of them");
    expect((await cli(["import", place])).stderr).toContain("`--kind NAME`");
  });
});
