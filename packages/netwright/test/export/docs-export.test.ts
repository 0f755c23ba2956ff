// The programs of docs/export.md, run beside an exported concrete model.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { exportWasm, type SavableModel, train } from "netwright";
import { recipe as mix } from "../concrete.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const page = readFileSync(join(root, "docs/export.md"), "utf8");
const programs = [...page.matchAll(/^```js (\S+)\n([\s\S]*?)^```$/gm)].map(([, file = "", text = ""]) => ({
  file,
  text,
}));

let folder = "";
let model: SavableModel;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "netwright-docs-"));
  const set = { width: 64, depth: 1 };
  model = await train(join(root, "examples/concrete/concrete.net"), { backend: "jit", epochs: 1, set });
  const { name, wasm, js, types } = await exportWasm(model.bundle);
  // As `npm init -y` writes it.
  writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }');
  writeFileSync(join(folder, `${name}.wasm`), wasm);
  writeFileSync(join(folder, `${name}.mjs`), js);
  writeFileSync(join(folder, `${name}.d.mts`), types);
}, 30_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a program of the page logs, each call as a list of its arguments. */
function logged(program: (typeof programs)[number] | undefined): unknown {
  if (program === undefined) throw new Error("the page has no such program");
  const recorder = "const calls = []; console.log = (...all) => calls.push(all);\n";
  const end = '\nprocess.on("exit", () => process.stdout.write(JSON.stringify(calls)));\n';
  writeFileSync(join(folder, program.file), recorder + program.text + end);
  return JSON.parse(execFileSync(process.execPath, [program.file], { cwd: folder, encoding: "utf8" }));
}

test("all programs of the page are here", () => {
  expect(programs).toHaveLength(4);
  expect(page.match(/^```js/gm)).toHaveLength(4);
});

test("the wrapper", async () => {
  const [one, two] = await model.predict([mix, { ...mix, Age: 90 }]);
  expect(logged(programs[0])).toEqual([
    [one?.["CompressiveStrength"]],
    [[one, two]],
    [{ name: "Cement", unit: "kg/m3", min: 0, max: null, fill: null }],
  ]);
});

test("the wrapper, from CommonJS", async () => {
  const { CompressiveStrength } = await model.predict(mix);
  expect(logged(programs[1])).toEqual([[CompressiveStrength]]);
});

test("the module alone", async () => {
  const { CompressiveStrength } = await model.predict(mix);
  expect(logged(programs[2])).toEqual([[CompressiveStrength]]);
});

test("its section", () => {
  const { hash } = model.record;
  const inputs = Object.keys(mix).map((name) => expect.objectContaining({ name, fill: null }));
  expect(logged(programs[3])).toEqual([
    ["netwright-model", 1],
    [expect.any(String), "concrete", hash.run, hash.weights],
    [inputs],
    [[{ name: "CompressiveStrength", unit: "MPa", min: 0, max: null }]],
  ]);
});
