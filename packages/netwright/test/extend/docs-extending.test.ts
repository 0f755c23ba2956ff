// docs/extending.md cannot lie: its programs run in order and print what their comments say.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import * as library from "netwright";
import { run } from "../programs.ts";

const page = readFileSync(fileURLToPath(new URL("../../../../docs/extending.md", import.meta.url)), "utf8");
const programs = [...page.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => ({ code, library }));

describe("the programs", () => {
  let shared: Readonly<Record<string, unknown>> = {};

  test.each(programs.map((program, i) => [i + 1, program] as const))("%i", async (_, program) => {
    const ran = await run(program, shared, ["rows", "fileOf"]);
    shared = ran.shared;
    expect(ran.log).toHaveLength(ran.expected.length);
    expect(ran.log.map((text, at) => ran.expected[at]?.test(text) || text)).toEqual(ran.log.map(() => true));
  });

  test("are two layers, two types of columns, one of each of five more families and a test of an activation, each in at most 30 lines", () => {
    expect(programs).toHaveLength(11);
    for (const { code } of programs) {
      expect(code).toMatch(/console\.log\(.*\); \/\/ /);
      expect(code.trim().split("\n").length).toBeLessThanOrEqual(30);
    }
  });
});
