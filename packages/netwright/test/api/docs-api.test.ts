// docs/api.md cannot lie: its programs run in order, print what their comments say, and every export has its place.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as node from "netwright";
import * as browser from "../../src/browser/index.ts";
import { STUDY_OPTIONS } from "../../src/study/study.ts";
import { run } from "../programs.ts";

const file = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
const page = file("../../docs/api.md");
const programs = [...page.matchAll(/^```js( browser)?\n([\s\S]*?)^```$/gm)].map(([, where, code = ""]) => ({
  code,
  library: where === undefined ? node : browser,
}));

describe("the programs", () => {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), "netwright-api-"));
  beforeAll(() => process.chdir(folder));
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });
  /** What the first program has made and the others use. */
  let shared: Readonly<Record<string, unknown>> = {};

  test.each(programs.map((program, i) => [i + 1, program] as const))("%i", async (_, { code, library }) => {
    const ran = await run({ code, library }, shared, ["text", "rows"]);
    shared = ran.shared;
    const { log, expected } = ran;
    expect(log).toHaveLength(expected.length);
    expect(log.map((text, at) => expected[at]?.test(text) || text)).toEqual(log.map(() => true));
  });

  test("there are some, each with something to compare", () => {
    expect(programs.length).toBeGreaterThanOrEqual(7);
    for (const { code } of programs) expect(code).toMatch(/console\.log\(.*\); \/\/ /);
  });
});

test("every option of `train` and `study` has a row", () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(Object.keys(STUDY_OPTIONS).filter((name) => !rows.includes(name))).toEqual([]);
});

test("every exported name is described as stable, or listed as for tools: add a new one to the page", () => {
  const names = ["src/index.ts", "src/node/index.ts", "src/browser/index.ts"].flatMap((path) => {
    const text = file(path);
    const lists = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list = ""]) =>
      list.split(","),
    );
    const own = [...text.matchAll(/^export (?:async )?(?:function|interface|class|const|type) (\w+)/gm)];
    return [
      ...lists.map((name) => name.trim().replace(/^type |^\w+ as /g, "")),
      ...own.map(([, name = ""]) => name),
    ];
  });
  const exported = [...new Set(names.filter((name) => name !== ""))];
  expect(exported.length).toBeGreaterThan(50);
  expect(exported.filter((name) => !new RegExp(`\`${name}\\b`).test(page))).toEqual([]);
});
