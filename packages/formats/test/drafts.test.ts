// What `netwright init` drafts, trained for two epochs and exported: source code has the bits of every recipe, and a plain network
// with a column that has a long tail goes over to every format.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { type FormatName, type FormatOptions, formats, type PortableModel } from "@netwright/formats";
import { checkExport } from "@netwright/formats/node";
import type { RecipeName } from "netwright";
import { draftOf } from "./drafted.ts";
import { noise, portable } from "./portable.ts";

// On a machine with other things to do.
jest.setTimeout(60_000);

/** What is predicted: numbers, two classes, several. */
const targets = {
  price: (price: number) => price,
  sold: (price: number, i: number) => (noise(i, 7) * 9 < price ? "yes" : "no"),
  kind: (price: number) => ["low", "middle", "high"][Math.min(2, Math.floor(price / 5))] ?? "",
} as const;
type Target = keyof typeof targets;

function csvOf(target: Target): string {
  const rows = Array.from({ length: 160 }, (_, i) => {
    const income = noise(i, 3) < 0.05 ? "" : 2 ** (noise(i, 5) * 22 - 10);
    const age = 20 + ((i * 37) % 50);
    const price = Number(income) ** 0.2 + age / 10 + noise(i, 13);
    return [income, age, ["A", "B", "C"][i % 3], targets[target](price, i)].join();
  });
  return [`income,age,town,${target}`, ...rows].join("\n");
}

async function drafted(target: Target, recipe?: RecipeName): Promise<PortableModel> {
  const csv = csvOf(target);
  const text = draftOf(csv, "table", recipe === undefined ? { target } : { target, recipe });
  expect(text).toContain(recipe === "residual" ? "quantile" : "smooth_clip");
  return portable(text.replace(/epochs: \d+/, "epochs: 2"), csv);
}

async function written(format: FormatName, model: PortableModel, options: FormatOptions = {}) {
  const result = await (await formats[format].load())(model, options);
  if ("refused" in result) throw new Error(`${format}: ${JSON.stringify(result.refused)}`);
  return { files: result.files, options };
}

const nothing = (name: string) => Promise.reject(new Error(`${name} is not asked for`));

const hasGcc = spawnSync("gcc", ["--version"]).status === 0;
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "netwright-drafts-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MAIN = `#define MODEL_SELF_TEST
#include "model.h"
#include <stdio.h>
int main(void) { return printf("%g", model_self_test()) < 0; }
`;

/** What its self-test prints. */
function compiled(header: Uint8Array): string {
  writeFileSync(join(folder, "model.h"), header);
  writeFileSync(join(folder, "main.c"), MAIN);
  const flags = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function", "-ffp-contract=off"];
  const program = join(folder, "program");
  const built = spawnSync("gcc", [...flags, join(folder, "main.c"), "-o", program, "-lm"], {
    encoding: "utf8",
  });
  expect(built.stderr).toBe("");
  return spawnSync(program, { encoding: "utf8" }).stdout;
}

const drafts: readonly (readonly [target: Target, recipe: RecipeName | "what is drafted"])[] = [
  ["price", "what is drafted"],
  ["sold", "what is drafted"],
  ["kind", "what is drafted"],
  ["price", "drawn_ensemble"],
  ["price", "real_mlp"],
  ["price", "real_mlp_ensemble"],
  ["price", "tabm"],
  ["kind", "residual"],
];

test.each(drafts)(
  "%s by %s: source code has Netwright's bits, and refuses the same rows",
  async (target, by) => {
    const model = await drafted(target, by === "what is drafted" ? undefined : by);
    expect(model.samples.refused.length).toBeGreaterThan(0);
    const own = await checkExport("js", await written("js", model), model, nothing);
    expect(own).toMatchObject({ kind: "checked", predictions: 40, difference: 0, otherClasses: 0, taken: 0 });
    const double = await written("js", model, { precision: "double" });
    const wide = await checkExport("js", double, model, nothing);
    expect(wide).toMatchObject({ kind: "checked", otherClasses: 0, taken: 0 });
    expect(wide.kind === "checked" ? wide.difference : 1).toBeLessThan(1e-5);
    const { files } = await written("c", model);
    if (hasGcc) expect(compiled(files[0]?.content ?? new Uint8Array())).toBe("0");
    for (const format of ["rust", "go"] as const)
      expect((await written(format, model)).files.length).toBeGreaterThan(0);
  },
);

test.each(["price", "sold", "kind"] as const)("%s by plain goes over to every format", async (target) => {
  const model = await drafted(target, "plain");
  expect(
    model.columns.map(({ coding }) => (coding.kind === "steps" ? coding.steps.at(-1)?.kind : null)),
  ).toContain("smooth_clip");
  for (const format of [
    "onnx",
    "c",
    "js",
    "rust",
    "go",
    "tfjs",
    "keras",
    "keras-code",
    "sql",
    "xlsx",
    "pmml",
  ] as const)
    expect((await written(format, model)).files.length).toBeGreaterThan(0);
});
