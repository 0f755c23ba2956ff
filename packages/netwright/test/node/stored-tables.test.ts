// A training whose table lies on the disk gives the bits of one in memory, and leaves nothing behind.

import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { hashText } from "@netwright/runtime";
import { nodeFiles, openAnyProject, train } from "netwright";

const files = fileURLToPath(new URL("../../../data/test/formats/files/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "netwright-stored-"));
const temporary = join(folder, "temporary");
const home = process.cwd();
const before = process.env["TMPDIR"];
beforeAll(() => {
  mkdirSync(temporary);
  process.env["TMPDIR"] = temporary;
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(home);
  if (before === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = before;
  rmSync(folder, { recursive: true, force: true });
});

function text(source: string): string {
  return `netwright 1
data t { source: ${JSON.stringify(source)}, target: x, features: [i, w], columns { w: category } }
model { dense(2, tanh) -> dense(1) }
train { epochs: 2, batch: 8 }
`;
}

async function weightsOf(source: string, options = {}) {
  const model = await train(text(source), options);
  await model.dispose();
  const { hash } = model.record;
  const { train: rows, test: measured } = model.metrics;
  return {
    hash: hash.data,
    rows,
    measured,
    weights: hashText(JSON.stringify([...model.bundle.model.weights])),
  };
}

test("CSV and Parquet, from memory and from the disk", async () => {
  const rows = Array.from({ length: 50 }, (_, i) => `${i},${i / 7},w${i % 5}\n`);
  writeFileSync("t.csv", `i,x,w\n${rows.join("")}`);
  copyFileSync(join(files, "codec-zstd.parquet"), "t.parquet");
  const expected = await weightsOf("t.csv");
  for (const source of ["t.csv", "t.parquet"]) {
    expect(await weightsOf(source, { memory: 100 })).toEqual(expected);
    const opened = await openAnyProject(
      { file: "t.net", text: text(source) },
      { files: nodeFiles(["."], { memory: 100 }) },
    );
    expect(opened.prepared?.splits.train.store).toBeDefined();
  }
  expect(readdirSync(temporary)).toEqual([]);
});
