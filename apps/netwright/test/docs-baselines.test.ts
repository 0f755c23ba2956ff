// docs/baselines.md cannot lie: its commands run, and print what stands below them, with trees where their library is installed.

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { cli } from "./support/cli.ts";
import { temporaryFolder } from "./support/project.ts";

const page = readFileSync(new URL("../../../docs/baselines.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
// It has no types.
const library: string = "ydf-training";
const hasTrees = await import(library).then(
  () => true,
  () => false,
);
if (!hasTrees) console.warn("the lines about trees left out: ydf-training is not installed");

const before = process.cwd();
beforeAll(() => process.chdir(temporaryFolder()));
afterAll(() => process.chdir(before));

test("the example", async () => {
  let printed = "";
  const lines: string[] = [];
  for (const [, language, text = ""] of blocks) {
    if (language === "text") lines.push(...text.trimEnd().split("\n"));
    else
      for (const command of text.trimEnd().split("\n")) {
        const { stdout, code } = await cli(command.split(" ").slice(2));
        expect([command, code]).toEqual([command, 0]);
        printed = stdout;
      }
  }
  expect(lines.length).toBeGreaterThan(6);
  const shown = hasTrees ? lines : lines.filter((line) => !line.includes("boosted trees"));
  expect(printed.split("\n")).toEqual(expect.arrayContaining(shown));
}, 120_000);
