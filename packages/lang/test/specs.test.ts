// Every `specs/<feature>/{valid,invalid}-*.net` is a test with a snapshot: the compact model of a valid file,
// with its warnings if it has any, and the rendered diagnostics of an invalid one. A comment
// `# --set depth=4` in a file is an override. Other `.net` files beside them are there to be used.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "@jest/globals";
import { analyze, codes, type Host, type Override, renderDiagnostics } from "../src/index.ts";
import { catalog, headers, inputs } from "./catalog.ts";
import { compactModel } from "./compact.ts";

const root = fileURLToPath(new URL("./specs", import.meta.url));
const features = readdirSync(root).sort();

function hostOf(folder: string): Host {
  const files = new Set(readdirSync(folder));
  return {
    readFile: (path) =>
      files.has(basename(path))
        ? { file: basename(path), text: readFileSync(join(folder, path), "utf8") }
        : undefined,
    columns: (source) => headers.get(source),
    schema: ({ source }) => {
      const given = inputs.get(source);
      return given === undefined ? undefined : { inputs: given, classes: null };
    },
  };
}

function overridesIn(text: string): Override[] {
  return [...text.matchAll(/^# --set (\S+?)=(.*)$/gm)].map(([, path = "", value = ""]) => ({ path, value }));
}

function run(folder: string, file: string) {
  const text = readFileSync(join(folder, file), "utf8");
  const host = hostOf(folder);
  return analyze({ file, text }, { catalog, host, overrides: overridesIn(text) });
}

const seen = new Set<string>();

// Too large for a file here, or needing one that is no text: `syntax/parse.test.ts` and `analyze.test.ts`.
const elsewhere = ["NW0101", "NW0103", "NW0110", "NW0115"];

afterAll(() => {
  expect(Object.keys(codes).filter((code) => !seen.has(code))).toEqual(elsewhere);
});

for (const feature of features) {
  const folder = join(root, feature);
  const files = readdirSync(folder).sort();
  describe(feature, () => {
    for (const file of files.filter((name) => name.startsWith("valid-"))) {
      test(file, () => {
        const { model, diagnostics, sources } = run(folder, file);
        for (const { code } of diagnostics) seen.add(code);
        expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
        if (model === undefined) throw new Error("a valid file gives a model");
        expect(`\n${compactModel(model)}\n${renderDiagnostics(diagnostics, sources)}`).toMatchSnapshot();
      });
    }

    for (const file of files.filter((name) => name.startsWith("invalid-"))) {
      test(file, () => {
        const { model, diagnostics, sources } = run(folder, file);
        for (const { code } of diagnostics) seen.add(code);
        expect(model).toBeUndefined();
        expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
        expect(diagnostics.filter(({ code }) => !Object.hasOwn(codes, code))).toEqual([]);
        expect(`\n${renderDiagnostics(diagnostics, sources)}`).toMatchSnapshot();
      });
    }
  });
}
