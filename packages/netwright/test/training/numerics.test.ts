// `numerics: fused` of a training: other bits, another name, in the record and in what it predicts with, and refused where it is not had.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import {
  exportStablehlo,
  exportTraining,
  exportWasm,
  load,
  memoryFiles,
  NetwrightError,
  openProject,
  train,
} from "netwright";
import { createJitBackend } from "../../../backend-jit/src/jit-backend.ts";
import { csv, source } from "../support.ts";

const fused = source.replace("train {", "train { numerics: fused ");
const options = { data: csv, epochs: 3 } as const;
const emulating = createJitBackend({ fuses: () => false });

const folder = mkdtempSync(join(tmpdir(), "netwright-numerics-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function told(text: string, more: object): Promise<string> {
  return train(text, { ...options, ...more }).then(
    () => "nothing",
    (error: unknown) => {
      if (!(error instanceof NetwrightError)) throw error;
      return error.diagnostics
        .map(({ code, span }) => `${code} ${span === undefined ? "" : text.slice(span.start, span.end)}`)
        .join();
    },
  );
}

test("a run of it has its own hashes and its record says what computed it", async () => {
  const [plain, ours, theirs] = [
    await train(source, { ...options, backend: "reference" }),
    await train(fused, { ...options, backend: "jit" }),
    await train(source, { ...options, backend: "reference", set: { "train.numerics": "fused" } }),
  ];
  expect(plain.record).not.toHaveProperty("numerics");
  expect(theirs.record.numerics).toEqual({ rounding: "fused", by: "emulated" });
  expect(ours.record.numerics?.rounding).toBe("fused");
  expect(ours.record.hash.weights).toBe(theirs.record.hash.weights);
  expect(ours.record.hash.weights).not.toBe(plain.record.hash.weights);
  expect(ours.record.hash.ir).toBe(theirs.record.hash.ir);
  expect(ours.record.hash.ir).not.toBe(plain.record.hash.ir);
});

test("predictions have it too, also from the files of the run and from an exported module", async () => {
  const row = { a: 0.3, b: -1.7 };
  const model = await train(fused, { ...options, backend: emulating });
  const prediction = await model.predict(row);
  const run = await model.save(folder);
  for (const backend of ["reference", "jit"]) {
    expect(await load(run, { backend }).predict(row)).toEqual(prediction);
  }
  await expect(load(run, { backend: "wasm" }).predict(row)).rejects.toThrow("numerics: fused");
  const { name, wasm, js } = await exportWasm(model.bundle);
  writeFileSync(join(folder, `${name}.wasm`), wasm);
  writeFileSync(join(folder, "exported.mjs"), js);
  const exported = await import(pathToFileURL(join(folder, "exported.mjs")).href);
  expect((await exported.load()).predict(row)).toEqual(prediction);
});

test("who does not have it refuses it, at its place", async () => {
  expect(await told(fused, { backend: "wasm" })).toBe("NW0858 fused");
  expect(await told(fused, { backend: emulating, emulation: false })).toBe("NW0859 fused");
  expect(await told(fused, { backend: emulating, emulation: true })).toBe("nothing");
  expect(await told(source, { backend: emulating, emulation: false })).toBe("nothing");
});

test("neither a run nor a file is exported for engines that have their own, and both are told the same", async () => {
  const { bundle } = await train(fused, { ...options, epochs: 1, backend: "jit" });
  const project = openProject({ file: "t.net", text: fused }, { files: memoryFiles(new Map()), data: csv });
  const refusals = [await exportStablehlo(bundle), await exportTraining(project, referenceBackend)].map(
    (exported) =>
      (exported.ok ? [] : exported.diagnostics).map(({ code, message, notes }) => [code, message, notes]),
  );
  expect(refusals[0]).toEqual([
    [
      "NW0845",
      "the training cannot be exported: `numerics: fused` states how products and sums are rounded",
      expect.anything(),
    ],
  ]);
  expect(refusals[1]).toEqual(refusals[0]);
  const plain = await train(source, { ...options, epochs: 1, backend: "jit" });
  expect(await exportStablehlo(plain.bundle)).toMatchObject({ ok: true });
});
