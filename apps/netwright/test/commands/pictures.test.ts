// The command on files of pictures: a draft for folders of them; what is kept beside a prediction is the file, and not its bytes.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { encode } from "fast-png";
import { cli } from "../support/cli.ts";
import { temporaryFolder } from "../support/project.ts";

const home = process.cwd();
beforeEach(() => {
  process.chdir(temporaryFolder());
  for (const shade of ["dark", "light"]) {
    mkdirSync(`pictures/${shade}`, { recursive: true });
    for (let i = 0; i < 12; i++) {
      const data = Uint8Array.from({ length: 16 }, (_, pixel) => (shade === "dark" ? 0 : 200) + i + pixel);
      writeFileSync(
        `pictures/${shade}/${i}.png`,
        encode({ width: 4, height: 4, data, depth: 8, channels: 1 }),
      );
    }
  }
});
afterEach(() => process.chdir(home));

const NET = `netwright 1
data pictures {
  source: "pictures/*/*.png"
  folder_column: shade
  target: shade
  columns {
    image: image(4, 4)
    shade: category
  }
}
model { flatten -> dense(outputs) }
train { loss: cross_entropy, epochs: 2 }
`;

test("predict --keep names the file of each picture", async () => {
  writeFileSync("pictures.net", NET);
  const { run } = JSON.parse(
    (await cli(["train", "pictures.net", "--format", "json"])).stdout.trim().split("\n").at(-1) ?? "",
  );
  const pattern = ["predict", run, "--input", "pictures/light/*.png", "--output", "predictions.csv"];
  expect(await cli([...pattern, "--keep", "all"])).toMatchObject({ code: 0 });
  const [header = "", ...rows] = readFileSync("predictions.csv", "utf8").trim().split("\n");
  expect(header).toMatch(/^image,/);
  expect(rows.map((row) => row.split(",")[0]).sort()).toEqual(
    Array.from({ length: 12 }, (_, i) => `pictures/light/${i}.png`).sort(),
  );
}, 60_000);

test("init drafts a network for a folder with one of pictures for each class, which trains as it stands", async () => {
  writeFileSync("pictures/dark/notes.txt", "none");
  const played = await cli(["init", "pictures"]);
  expect(played).toMatchObject({ code: 0, stderr: "" });
  expect(played.stdout).toContain(
    "pictures.net: predicts `label` (the folder of each picture), as classes, from pictures of 4 x 4 pixels",
  );
  expect(played.stdout).toContain("left out: 1 file in these folders");
  const text = readFileSync("pictures.net", "utf8");
  for (const line of [
    '  source: "pictures/*/*.png"',
    "  folder_column: label",
    "  target: label  # the folder of each picture; 2 classes: dark (12), light (12)",
    "    image: image(4, 4)  # grey; all are 4 x 4",
  ])
    expect(text).toContain(`${line}\n`);
  expect(text).not.toContain("by_file");
  expect(await cli(["check", "pictures.net"])).toMatchObject({ code: 0, stderr: "" });
  expect(await cli(["train", "pictures.net", "--epochs", "2", "--quiet"])).toMatchObject({ code: 0 });
  // The same by the pattern, which names the same file.
  const again = await cli(["init", "pictures/*/*.png", "--output", "again.net"]);
  expect(again).toMatchObject({ code: 0, stderr: "" });
  expect(readFileSync("again.net", "utf8").replaceAll("again", "pictures")).toBe(text);
}, 60_000);

test("init drafts a column that names files of pictures, beside other columns or alone, and that trains as it stands", async () => {
  const row = (shade: string, i: number) => `${shade}/${i}.png,${(i * 7) % 5},${shade}\n`;
  const rows = ["dark", "light"].flatMap((shade) => Array.from({ length: 12 }, (_, i) => row(shade, i)));
  writeFileSync("pictures/list.csv", `file,weight,shade\n${rows.join("")}`);
  const drafted = await cli(["init", "pictures/list.csv"]);
  expect(drafted).toMatchObject({ code: 0, stderr: "" });
  expect(drafted.stdout).toContain("from pictures of 4 x 4 pixels and 1 column");
  expect(await cli(["check", "pictures/list.net"])).toMatchObject({ code: 0, stderr: "" });
  expect(await cli(["train", "pictures/list.net", "--epochs", "1", "--quiet"])).toMatchObject({ code: 0 });
  writeFileSync("pictures/alone.csv", `file,shade\n${rows.join("").replace(/,\d,/g, ",")}`);
  expect((await cli(["init", "pictures/alone.csv"])).stdout).toContain("from pictures of 4 x 4 pixels\n");
  expect(await cli(["train", "pictures/alone.net", "--epochs", "1", "--quiet"])).toMatchObject({ code: 0 });
  renameSync("pictures/dark/3.png", "pictures/dark/gone.png");
  const some = await cli(["init", "pictures/list.csv", "--force"]);
  expect(some.stdout.replace(/\s+/g, " ")).toContain(
    "left out: `file` (names 24 files of pictures, of which 1 cannot be read, as `dark/3.png` in row 4 (line 5): there is no such file.",
  );
  expect(await cli(["check", "pictures/list.net"])).toMatchObject({ code: 0, stderr: "" });
}, 60_000);

test("pictures of several endings are taken together, unless other files are among them", async () => {
  renameSync("pictures/dark/1.png", "pictures/dark/1.PNG");
  expect(await cli(["init", "pictures"])).toMatchObject({
    code: 0,
    stdout: expect.not.stringContaining("left out"),
  });
  expect(readFileSync("pictures.net", "utf8")).toContain('source: "pictures/*/*"\n');
  expect((await cli(["check", "pictures.net"])).stdout).toMatch(/train 17, validation 4, test 3 rows/);
  expect(await cli(["init", "pictures/*/*", "--output", "again.net"])).toMatchObject({ code: 0, stderr: "" });
  const folder = await cli(["data", "head", "pictures/dark"]);
  expect(folder.stderr).toMatch(/NW0610 .*it is a directory[\s\S]*'pictures\/dark\/\*'/);
  writeFileSync("pictures/dark/notes.txt", "none");
  expect((await cli(["init", "pictures", "--force"])).stdout).toMatch(
    /left out: 2 files in these folders[\s\S]*1 picture among them/,
  );
});

test("init says what it takes where a folder has no pictures, or pictures have nothing beside them", async () => {
  mkdirSync("empty");
  expect(await cli(["init", "empty"])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/NW0610 .*it is a directory[\s\S]*empty\/\*\.csv[\s\S]*one of pictures/),
  });
  expect(await cli(["init", "pictures/dark/*.png"])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/NW0905 .*nothing that could be predicted[\s\S]*A folder for each class/),
  });
});

test("a model of pictures is exported by what takes its network alone, and refused with the way there by others", async () => {
  writeFileSync("pictures.net", NET);
  const run = (await cli(["train", "pictures.net", "--quiet"])).stdout.trim().split("\n").at(-1) ?? "";
  for (const format of ["safetensors", "stablehlo", "card"])
    expect(await cli(["export", run, "--format", format, "--output", format])).toMatchObject({ code: 0 });
  const refused = await cli(["export", run, "--format", "onnx", "--output", "onnx"]);
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/NW0860[\s\S]*`picture`[\s\S]*`--format onnx --raw-input`/),
  });
}, 60_000);

test("an imported network of pixels predicts files of pictures where its column is one of them, and says so where it is not", async () => {
  // The mean of the pixels, each divided by 255, as TensorFlow.js would save it.
  const shape = [null, 4, 4, 1];
  const layers = [
    { class_name: "Rescaling", config: { name: "r", scale: 1 / 255, offset: 0, batch_input_shape: shape } },
    { class_name: "GlobalAveragePooling2D", config: { name: "mean" } },
  ];
  const modelTopology = { class_name: "Sequential", config: { name: "mean", layers } };
  writeFileSync(
    "mean.json",
    JSON.stringify({ modelTopology, weightsManifest: [{ paths: [], weights: [] }] }),
  );
  const imported = async (...more: readonly string[]) => {
    const played = await cli(["import", "mean.json", "--kind", "tfjs", "--force", "--quiet", ...more]);
    return played.stdout.trim();
  };
  const pattern = ["--input", "pictures/light/*.png"];
  const pixels = await cli(["predict", await imported(), ...pattern]);
  expect(pixels.stderr).toMatch(/NW0650 [\s\S]*`netwright import FILE --columns image`,\s+with\s+`--pixels`/);
  const run = await imported("--columns", "image");
  const predicted = await cli(["predict", run, ...pattern]);
  const numbers = predicted.stdout.trim().split("\n").slice(1).map(Number);
  const means = Array.from({ length: 12 }, (_, i) => (200 + i + 7.5) / 255);
  expect(numbers.sort()).toHaveLength(12);
  for (const [i, mean] of means.entries()) expect(numbers[i]).toBeCloseTo(mean, 6);
  // One that does not scale them is told to.
  const mean = {
    class_name: "GlobalAveragePooling2D",
    config: { name: "mean", batch_input_shape: shape },
  };
  const plain = { class_name: "Sequential", config: { name: "plain", layers: [mean] } };
  const weightsManifest = [{ paths: [], weights: [] }];
  writeFileSync("plain.json", JSON.stringify({ modelTopology: plain, weightsManifest }));
  const named = ["import", "plain.json", "--kind", "tfjs", "--columns", "image"];
  const refused = (await cli(named)).stderr.replace(/\s+/g, " ");
  expect(refused).toContain("`columns` has 1 name, and the model takes 16 numbers");
  expect(refused).toContain("`--pixels unit`");
  expect((await cli([...named, "--pixels", "unit", "--quiet"])).code).toBe(0);
  // A table that names them.
  writeFileSync("list.csv", "image\npictures/dark/0.png\n");
  expect(Number((await cli(["predict", run, "--input", "list.csv"])).stdout.split("\n")[1])).toBeCloseTo(
    7.5 / 255,
    6,
  );
}, 60_000);

test("init of a folder with `train` and `test` in it says what each is for, and that works", async () => {
  mkdirSync("set");
  renameSync("pictures", "set/train");
  for (const shade of ["dark", "light"]) {
    mkdirSync(`set/test/${shade}`, { recursive: true });
    renameSync(`set/train/${shade}/11.png`, `set/test/${shade}/11.png`);
  }
  const { stderr } = await cli(["init", "set"]);
  expect(stderr).toContain("`netwright init set/train`");
  expect(stderr).toContain("`netwright evaluate RUN --data 'set/test/*/*.png'`");
  expect((await cli(["init", "set/train", "--output", "set.net"])).code).toBe(0);
  const run = (await cli(["train", "set.net", "--epochs", "1", "--quiet"])).stdout.trim();
  expect((await cli(["evaluate", run, "--data", "set/test/*/*.png"])).stdout).toMatch(/^rows +2$/m);
});

test("init of a folder with several such folders, of which none is to train on, names the first alone", async () => {
  mkdirSync("years");
  renameSync("pictures", "years/2023");
  mkdirSync("years/2024");
  renameSync("years/2023/dark", "years/2024/dark");
  const { stderr } = await cli(["init", "years"]);
  expect(stderr).toContain("`netwright init years/2023`");
  expect(stderr).toContain("cannot be read: it is a directory");
  expect(stderr).not.toContain("evaluate");
});
