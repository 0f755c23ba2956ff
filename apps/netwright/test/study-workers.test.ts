// Studies whose runs are trained several at a time: threads load what is bundled.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { beforeAll, expect, test } from "@jest/globals";
import { cli, type Scene } from "./support/cli.ts";
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

const HIRED = "From here on several runs are trained at a time.";

/** In this process, with the first worker started beside the first run; lost is one whose program is another. */
async function studied(args: readonly string[], scene: Scene = {}, script = join(folder, "main.js")) {
  const played = await cli(["train", ...args], { workers: { script, worth: 0 }, ...scene });
  return { ...played, study: played.stdout.trim() };
}

const { net, runs } = smallProject(LONG, smallCsv());
const argv = [net, "--backend", "jit", "--out", runs, "--quiet", "--seeds", "4"];
const spoken = argv.filter((word) => word !== "--quiet");
const savedIn = (said: string) => /Saved: (\S+)/.exec(said)?.[1] ?? "";
/** One processor trains one run at a time. */
const several = availableParallelism() < 2 ? test.skip : test;

several(
  "several at a time have the results of one after the other",
  async () => {
    const one = await studied([...argv, "--threads", "1"]);
    const two = await studied([...spoken, "--threads", "2"]);
    expect(one.stderr).toBe("");
    expect(two.stderr).toContain(HIRED);
    const study = savedIn(two.study);
    expect(recordOf(study)).toEqual(recordOf(one.study));
    expect(recordOf(one.study).results).toHaveLength(4);
    // Nothing but the record is left of the runs of either.
    expect(readdirSync(study)).toEqual(["study.json"]);
  },
  120_000,
);

several(
  "the time of a study is that by the clock, and not the sum over what was trained at a time",
  async () => {
    const began = performance.now();
    const { stdout } = await studied([...argv, "--threads", "2", "--format", "json"]);
    const elapsed = (performance.now() - began) / 1000;
    const { seconds } = JSON.parse(stdout);
    expect(seconds.total).toBeGreaterThan(0);
    expect(seconds.total).toBeLessThan(elapsed);
  },
  120_000,
);

several.each([
  ["while it trains", 'require("node:worker_threads").parentPort.once("message", () => process.exit(1));'],
  ["before it does", 'throw new Error("lost");'],
])(
  "the runs of a worker that is lost %s are trained by others",
  async (_, program) => {
    const script = join(temporaryFolder(), "lost.cjs");
    writeFileSync(script, program);
    const one = await studied([...argv, "--threads", "1"]);
    const two = await studied([...spoken, "--threads", "2"], {}, script);
    expect(two).toMatchObject({ code: 0, stderr: expect.stringContaining(HIRED) });
    expect(recordOf(savedIn(two.study))).toEqual(recordOf(one.study));
  },
  120_000,
);

several.each([
  ["the table", "small.csv", (text: string) => text.replace("\n3,", "\n4,")],
  ["the file", "small.net", (text: string) => text.replace("relu", "tanh")],
])(
  "a study whose %s is rewritten before a worker reads it ends",
  async (_, name, rewritten) => {
    const other = smallProject(LONG, smallCsv());
    const place = join(other.folder, name);
    const text = JSON.stringify(rewritten(readFileSync(place, "utf8")));
    const script = join(temporaryFolder(), "late.cjs");
    writeFileSync(
      script,
      `require("node:fs").writeFileSync(${JSON.stringify(place)}, ${text}); require(${JSON.stringify(join(folder, "main.js"))});`,
    );
    const played = await studied(
      [other.net, "--backend", "jit", "--out", other.runs, "--folds", "4", "--threads", "2"],
      {},
      script,
    );
    expect(played.code).toBe(1);
    expect(played.stderr).toMatch(/NW0804[\s\S]* changed since it was begun/);
    expect(recordOf(savedIn(played.study))).toMatchObject({ status: "failed" });
  },
  120_000,
);

test("a thread of others runs the command as any process does", async () => {
  const worker = new Worker(join(folder, "main.js"), { argv: ["--version"], stdout: true });
  let said = "";
  worker.stdout.on("data", (chunk) => (said += String(chunk)));
  const [code] = await once(worker, "exit");
  expect(code).toBe(0);
  expect(said).toMatch(/^\d+\.\d+\.\d+\n$/);
});

// Windows has no way to ask a process to end.
(process.platform === "win32" ? test.skip : several)(
  "what is interrupted goes on in its place, and what was done ahead of others is not done again",
  async () => {
    // Long enough for a worker to be worth it on any machine.
    const long = [...spoken, "--epochs", "40000"];
    const begun = await netwright(["train", ...long, "--threads", "2", "--keep"], (said) =>
      said.includes("Run 3 of"),
    );
    expect(begun.code).toBe(130);
    expect(begun.told).toContain(HIRED);
    const study = savedIn(begun.study);
    expect(existsSync(join(study, "study.json"))).toBe(true);
    expect(recordOf(study).results.length).toBeLessThan(4);
    const resumed = await netwright(["train", "--resume", study, "--threads", "2", "--quiet"]);
    expect(resumed).toMatchObject({ code: 0, told: "" });
    const whole = await studied([...argv, "--epochs", "40000", "--threads", "1"]);
    expect(recordOf(study)).toEqual({ ...recordOf(whole.study), status: "completed" });
    expect(readdirSync(study).filter((name) => name.startsWith("small-"))).toHaveLength(4);
  },
  120_000,
);
