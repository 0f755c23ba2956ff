// A run that names a package for its backend does not have it loaded: whoever resumes it names it, too.

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { NetwrightError, train } from "netwright";
import { csv, source } from "../support.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-resume-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The record with another backend, and a hash that fits. */
function rename(run: string, name: string): void {
  const file = join(run, "record.json");
  const { seal: _, backend, ...record } = JSON.parse(readFileSync(file, "utf8"));
  const open = `${JSON.stringify({ ...record, backend: { ...backend, name }, seal: "0".repeat(64) }, null, 2)}\n`;
  const seal = createHash("sha256").update(open).digest("hex");
  writeFileSync(file, open.replace("0".repeat(64), seal));
}

test("`train` with `resume` refuses it, and takes the one that is given", async () => {
  const stopped = await train(source, { data: csv, backend: "reference", signal: AbortSignal.abort() });
  const run = await stopped.save(folder);
  for (const name of ["left-pad", "@somebody/backend"]) {
    rename(run, name);
    const refused = train(source, { data: csv, resume: run });
    await expect(refused).rejects.toThrow(NetwrightError);
    await expect(refused).rejects.toThrow("what a run names is not loaded by itself");
  }
  const resumed = await train(source, { data: csv, resume: run, backend: "reference" });
  expect(resumed.status).toBe("completed");
  const whole = await train(source, { data: csv, backend: "reference" });
  expect(resumed.record.hash.weights).toBe(whole.record.hash.weights);
}, 30_000);
