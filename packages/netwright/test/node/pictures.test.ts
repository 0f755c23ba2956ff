// Folders of pictures, one for each class, from the `.net` file to a prediction.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Refusal } from "@netwright/formats";
import { encode } from "fast-png";
import {
  checkExported,
  exportModel,
  load,
  NetwrightError,
  nodeFiles,
  openAnyProject,
  resolvedText,
  train,
} from "netwright";
import { exportPortable } from "../../src/export/export-portable.ts";

// On a machine with other things to do.
jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "netwright-pictures-"));
const home = process.cwd();
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

/** A bar that lies or stands, in 12 x 12 pixels. */
function picture(i: number, stands: boolean): Uint8Array {
  const at = i % 4;
  const data = Uint8Array.from({ length: 144 }, (_, p) => {
    const [y, x] = [Math.floor(p / 36), Math.floor((p % 12) / 3)];
    return (stands ? x : y) === at ? 150 + ((i * 37) % 100) : (i * p) % 30;
  });
  return encode({ width: 12, height: 12, data, depth: 8, channels: 1 });
}

beforeAll(() => {
  process.chdir(folder);
  for (const [kind, stands] of [
    ["lies", false],
    ["stands", true],
  ] as const) {
    mkdirSync(`bars/${kind}`, { recursive: true });
    for (let i = 0; i < 40; i++) writeFileSync(`bars/${kind}/${i}.png`, picture(i, stands));
  }
});

const TEXT = `netwright 1
data bars {
  source: "bars/*/*.png"
  folder_column: kind
  target: kind
  columns {
    image: image(4, 4)
    kind: category
  }
}
model { flatten -> dense(8, relu) -> dense(outputs) }
train { loss: cross_entropy, optimizer: adam(learning_rate: 0.03), epochs: 25, batch: 16, seed: 1 }
`;

test("the folders are learned, and told of new pictures", async () => {
  writeFileSync("bars.net", TEXT);
  const model = await train("bars.net", { backend: "jit" });
  expect(model.metrics.test?.["accuracy"]).toBe(1);
  const inputs = [picture(50, true), picture(51, false)].map((image) => ({ image }));
  const predicted = await model.predict(inputs);
  expect(predicted.map(({ kind }) => kind)).toEqual(["stands", "lies"]);
  const again = load(await model.save(join(folder, "runs")), { backend: "jit" });
  expect(await again.predict(inputs)).toEqual(predicted);
  await expect(again.predict({ image: readFileSync("bars/lies/0.png").subarray(0, 70) })).rejects.toThrow(
    /NW0642 {2}In row 1 of `input`, column `image` is a PNG file that is/,
  );
  await model.dispose();
});

test("a model of files is exported as its weights and as a network alone, and refused by what takes columns", async () => {
  writeFileSync("bars.net", TEXT);
  const { bundle, dispose } = await train("bars.net", { epochs: 1 });
  for (const format of ["safetensors", "card"] as const)
    expect((await exportModel(bundle, format)).map(({ content }) => content.length > 0)).toContain(true);
  const raw = await exportModel(bundle, "tfjs", { rawInput: true });
  // There is no cell that could be made up for it, so that no reader is told to be wrong.
  const report = await checkExported(bundle, "tfjs", raw, { rawInput: true });
  expect(report).toMatchObject({ ok: true, value: { kind: "judged elsewhere" } });
  for (const format of ["js", "onnx", "keras-code", "tfjs", "sql"] as const) {
    const refused = await exportModel(bundle, format).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(NetwrightError);
    // A query has no form of such a network either, and ONNX has.
    expect(String(refused)).toMatch(/NW0860.*column `image`/);
    expect(String(refused)).toContain("`--format onnx --raw-input` writes the network alone");
  }
  await dispose();
});

test("what is told to do instead goes by what is refused, and by no word of it", async () => {
  writeFileSync("bars.net", TEXT);
  const { bundle, dispose } = await train("bars.net", { epochs: 1 });
  const toldOf = async (refused: readonly Refusal[]): Promise<string> => {
    const told = await exportPortable("js", async () => () => ({ refused }), bundle, {});
    return told.diagnostics.flatMap(({ notes }) => notes).join(" ");
  };
  const column: Refusal = { of: "column", what: "What comes first", why: "is of a column" };
  const network: Refusal = { of: "network", what: "Layer `a`", why: "is all of it" };
  expect(await toldOf([column, network])).toContain("`--format onnx --raw-input` writes");
  const layer: Refusal = { of: "layer", what: "Column `a`", why: "is what the layer is called" };
  expect(await toldOf([column, layer])).toContain("`--format stablehlo` writes");
  await dispose();
});

test("where ONNX has no form of the network either, another format is told, which has it", async () => {
  const masked = TEXT.replace("flatten ->", "reshape([4, 4]) -> masking -> lstm(3) ->");
  expect(masked).not.toBe(TEXT);
  writeFileSync("bars.net", masked);
  const { bundle, dispose } = await train("bars.net", { epochs: 1 });
  for (const options of [{}, { rawInput: true }]) {
    const refused = await exportModel(bundle, "onnx", options).catch((error: unknown) => error);
    expect(String(refused)).toMatch(
      /NW0860.*[\s\S]*masking[\s\S]*`--format stablehlo` writes the network alone/,
    );
    expect(String(refused)).not.toContain("--raw-input");
  }
  expect((await exportModel(bundle, "stablehlo")).length).toBeGreaterThan(0);
  await dispose();
});

test("a table may name the files, beside it or below, and no others", async () => {
  mkdirSync("tables", { recursive: true });
  const names = ["lies", "stands"].flatMap((kind) =>
    Array.from({ length: 40 }, (_, i) => `${kind}/${i}.png`),
  );
  const rows = names.map((name) => `../bars/${name},${name.split("/")[0]}`);
  const text = TEXT.replace("bars/*/*.png", "tables/bars.csv").replace("  folder_column: kind\n", "");
  const open = (lines: readonly string[]) => {
    writeFileSync("tables/bars.csv", `image,kind\n${lines.join("\n")}\n`);
    return openAnyProject({ file: "bars.net", text }, { files: nodeFiles() });
  };
  const found = await open(rows);
  expect(found.diagnostics).toEqual([]);
  const whole = await openAnyProject({ file: "bars.net", text: TEXT }, { files: nodeFiles() });
  const pixels = ({ prepared }: typeof found) =>
    [...(prepared?.splits.train.others?.[0]?.data ?? [])].reduce((sum, x) => sum + x, 0);
  expect(pixels(found)).toBeGreaterThan(0);
  expect(found.prepared?.splits.train.rows).toBe(whole.prepared?.splits.train.rows);
  const lost = await open(["../bars/lies/99.png,lies", ...rows.slice(1)]);
  expect(lost.diagnostics).toMatchObject([
    {
      code: "NW0642",
      message: expect.stringMatching(
        /column `image` names the file `\.\.\/bars\/lies\/99\.png`, which cannot be read/,
      ),
    },
  ]);
  const { span } = lost.diagnostics[0] ?? {};
  expect(text.slice(span?.start, span?.end)).toBe("image");
  const outside = await open(["/etc/hostname,lies", ...rows.slice(1)]);
  expect(outside.diagnostics).toMatchObject([
    { code: "NW0642", message: expect.stringContaining("outside") },
  ]);
});

test("a file with every default says so as well", async () => {
  const options = { files: nodeFiles() };
  const project = await openAnyProject({ file: "bars.net", text: TEXT }, options);
  if (project.model === undefined) throw new Error(JSON.stringify(project.diagnostics));
  const text = resolvedText(project.model);
  expect(text).toContain("folder_column: kind");
  expect(text).toContain("height: 4");
  const again = await openAnyProject({ file: "bars.net", text }, options);
  expect(again.diagnostics).toEqual([]);
  expect(again.prepared?.splits.train.rows).toBe(project.prepared?.splits.train.rows);
});

test("a pattern of one folder has none to tell", async () => {
  const text = TEXT.replace("bars/*/*.png", "bars/lies/*.png");
  const { diagnostics } = await openAnyProject({ file: "bars.net", text }, { files: nodeFiles() });
  expect(diagnostics).toMatchObject([{ code: "NW0643" }]);
  expect(text.slice(diagnostics[0]?.span?.start, diagnostics[0]?.span?.end)).toBe("kind");
});
