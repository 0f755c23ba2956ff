// One table, all the way: init, check, train as drafted, predict. What comes of it is held against the table.

import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeFiles, openProject } from "netwright";
import { type Findings, hold } from "./hold.ts";
import { type LookedTable, look } from "./look.ts";
import { isRecord, lastJson, type Played, play } from "./play.ts";

export interface TableFile {
  /** For people: `datasets/mtcars`. */
  readonly name: string;
  readonly path: string;
}

export type Outcome = "trained" | "waits for classes" | "refused" | "failed";

export interface Attempt {
  readonly table: string;
  readonly rows: number;
  readonly columns: number;
  readonly usable: number;
  readonly outcome: Outcome;
  /** Where it ended, if before its end: `init`, `check`, `train`, `predict`. */
  readonly ended: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly target: string | null;
  readonly reason: string | null;
  readonly features: number;
  readonly leftOut: number;
  readonly warnings: readonly string[];
  readonly epochs: number | null;
  readonly score: Score | null;
  readonly findings: Findings;
  readonly seconds: Readonly<Record<string, number>>;
}

/** On the test rows, in the unit of the target. */
export interface Score {
  readonly r2: number | null;
  readonly rmse: number;
  /** Of predicting the mean of the training rows. */
  readonly baseline: number;
}

export async function attempt({ name, path }: TableFile, threads: number): Promise<Attempt> {
  const folder = mkdtempSync(join(tmpdir(), "netwright-tables-"));
  try {
    return await attemptIn(folder, name, path, threads);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function attemptIn(folder: string, name: string, path: string, threads: number): Promise<Attempt> {
  const data = join(folder, "table.csv");
  const net = join(folder, "table.net");
  copyFileSync(path, data);
  const seen = look(readFileSync(data, "utf8"));
  const steps: readonly (readonly [step: string, argv: readonly string[]])[] = [
    ["init", ["init", data]],
    ["check", ["check", net]],
    [
      "train",
      ["train", net, "--backend", "jit", "--threads", String(threads), "--out", join(folder, "runs")],
    ],
  ];
  const seconds: Record<string, number> = {};
  const said = new Map<string, Readonly<Record<string, unknown>>>();
  const ending = async (step: string, argv: readonly string[]) => {
    const start = performance.now();
    const played = await play([...argv, "--format", "json"]);
    seconds[step] = (performance.now() - start) / 1000;
    said.set(step, lastJson(played));
    return played.code === 0 ? null : { step, played };
  };
  let ended: { readonly step: string; readonly played: Played } | null = null;
  for (const [step, argv] of steps) ended ??= await ending(step, argv);
  const run = said.get("train")?.["run"];
  ended ??= await ending("predict", ["predict", String(run), "--input", data]);
  return attemptOf(name, seen, said, ended, seconds, ended === null ? baselineOf(net) : null);
}

function attemptOf(
  table: string,
  seen: LookedTable,
  said: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  ended: { readonly step: string; readonly played: Played } | null,
  seconds: Readonly<Record<string, number>>,
  baseline: number | null,
): Attempt {
  const init = said.get("init") ?? {};
  const problem = ended === null ? undefined : problemsIn(said.get(ended.step), "error")[0];
  const train = said.get("train") ?? {};
  const drafted = ended === null || ended.step !== "init";
  return {
    table,
    rows: seen.rows,
    columns: seen.columns.length,
    usable: seen.columns.filter(({ usable }) => usable).length,
    outcome: outcomeOf(ended?.step, problem?.code),
    ended: ended?.step ?? null,
    code: problem?.code ?? null,
    message: problem?.message ?? null,
    target: textIn(init, "target"),
    reason: textIn(init, "reason"),
    features: listIn(init, "features").length,
    leftOut: listIn(init, "left_out").length,
    warnings: problemsIn(said.get("check"), "warning").map(({ code }) => code),
    epochs: numberIn(train, "epochs"),
    score: baseline === null ? null : scoreOf(train, baseline),
    findings: hold(seen, drafted ? init : null),
    seconds,
  };
}

function outcomeOf(step: string | undefined, code: string | undefined): Outcome {
  if (step === undefined) return "trained";
  if (step !== "init") return "failed";
  return code === "NW0906" ? "waits for classes" : "refused";
}

/** How far predicting the mean of the training rows is off on the test rows. */
function baselineOf(net: string): number | null {
  const { prepared } = openProject({ file: net, text: readFileSync(net, "utf8") }, { files: nodeFiles() });
  if (prepared === undefined) return null;
  const { train, test } = prepared.splits;
  const mean = train.target.reduce((sum, value) => sum + value, 0) / train.target.length;
  return Math.sqrt(test.target.reduce((sum, value) => sum + (value - mean) ** 2, 0) / test.target.length);
}

function scoreOf(train: Readonly<Record<string, unknown>>, baseline: number): Score | null {
  const metrics = train["metrics"];
  const test = isRecord(metrics) ? metrics["test"] : undefined;
  if (!isRecord(test)) return null;
  const rmse = numberIn(test, "rmse");
  return rmse === null ? null : { r2: numberIn(test, "r2"), rmse, baseline };
}

function problemsIn(said: Readonly<Record<string, unknown>> | undefined, severity: string) {
  return listIn(said ?? {}, "diagnostics").flatMap((one) =>
    isRecord(one) && one["severity"] === severity
      ? [{ code: String(one["code"]), message: String(one["message"]) }]
      : [],
  );
}

function textIn(record: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = record[key];
  return typeof value === "string" ? value : null;
}

function numberIn(record: Readonly<Record<string, unknown>>, key: string): number | null {
  const value = record[key];
  return typeof value === "number" ? value : null;
}

function listIn(record: Readonly<Record<string, unknown>>, key: string): readonly unknown[] {
  const value = record[key];
  return Array.isArray(value) ? value : [];
}
