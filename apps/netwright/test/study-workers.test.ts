// Studies whose runs are trained several at a time: processes of the bundled command, as threads load what is bundled.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "@jest/globals";
import { SMALL, smallCsv, smallProject, temporaryFolder } from "./support/project.ts";

const folder = temporaryFolder();
const LONG = SMALL.replace("epochs: 10", "epochs: 4000").replace("1e-2", "1e-4");

beforeAll(() => {
  execFileSync(process.execPath, [fileURLToPath(new URL("../bundle.mjs", import.meta.url)), folder]);
});

/** Ends it in good order as soon as `until` is so. */
async function netwright(args: readonly string[], until: (told: string) => boolean = () => false) {
  const child = spawn(process.execPath, [join(folder, "main.js"), ...args]);
  let told = "";
  let written = "";
  let isAsked = false;
  child.stdout.on("data", (chunk) => (written += String(chunk)));
  child.stderr.on("data", (chunk) => {
    told += String(chunk);
    if (isAsked || !until(told)) return;
    isAsked = true;
    child.kill("SIGINT");
  });
  const [code] = await once(child, "close");
  return { code, told, study: written.trim() };
}

function recordOf(study: string) {
  const { runs, status } = JSON.parse(readFileSync(join(study, "study.json"), "utf8"));
  const results = runs.map(({ seconds: _, ...run }: { readonly seconds: unknown }) => run);
  return { status, results };
}

const { net, runs } = smallProject(LONG, smallCsv());
const argv = ["train", net, "--backend", "jit", "--out", runs, "--quiet", "--seeds", "4"];

test("several at a time have the results of one after the other", async () => {
  const one = await netwright([...argv, "--threads", "1"]);
  const began = performance.now();
  const { told, study: result } = await netwright([...argv, "--threads", "2", "--format", "json"]);
  const elapsed = (performance.now() - began) / 1000;
  const two = JSON.parse(result);
  expect([one.told, told]).toEqual(["", ""]);
  // By the clock, and not the sum over what was trained at a time.
  expect(two.seconds.total).toBeGreaterThan(0);
  expect(two.seconds.total).toBeLessThan(elapsed);
  expect(recordOf(two.study)).toEqual(recordOf(one.study));
  expect(recordOf(one.study).results).toHaveLength(4);
  // Nothing but the record is left of the runs of either.
  expect(readdirSync(two.study)).toEqual(["study.json"]);
}, 120_000);

// Windows has no way to ask a process to end.
(process.platform === "win32" ? test.skip : test)(
  "what is interrupted goes on in its place, and what was done ahead of others is not done again",
  async () => {
    const spoken = argv.filter((word) => word !== "--quiet");
    const whole = await netwright([...argv, "--threads", "1"]);
    const begun = await netwright([...spoken, "--threads", "2", "--keep"], (said) =>
      said.includes("Run 3 of"),
    );
    expect(begun.code).toBe(130);
    const study = /Saved: (\S+)/.exec(begun.study)?.[1] ?? "";
    expect(existsSync(join(study, "study.json"))).toBe(true);
    expect(recordOf(study).results.length).toBeLessThan(4);
    const resumed = await netwright(["train", "--resume", study, "--threads", "2", "--quiet"]);
    expect(resumed).toMatchObject({ code: 0, told: "" });
    expect(recordOf(study)).toEqual({ ...recordOf(whole.study), status: "completed" });
    expect(readdirSync(study).filter((name) => name.startsWith("small-"))).toHaveLength(4);
  },
  120_000,
);
