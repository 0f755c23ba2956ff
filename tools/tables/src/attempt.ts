// One table, all the way: init, check, train as drafted, predict. What comes of it is held against the table.

import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Findings, hold } from "./hold.ts";
import { type LookedTable, look } from "./look.ts";
import { isRecord, lastJson, type Played, play } from "./play.ts";

export interface TableFile {
  /** For people: `datasets/mtcars`. */
  readonly name: string;
  readonly path: string;
}

export type Outcome = "trained" | "refused" | "failed";

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
  readonly task: string | null;
  readonly target: string | null;
  readonly reason: string | null;
  readonly features: number;
  readonly leftOut: number;
  readonly warnings: readonly string[];
  readonly epochs: number | null;
  /** Whether it was trained for a few epochs alone, as it has so many rows. */
  readonly cut?: boolean;
  readonly score: Score | null;
  readonly findings: Findings;
  readonly seconds: Readonly<Record<string, number>>;
}

/** On the test rows. */
export interface Score {
  readonly r2: number | null;
  /** Numbers in the unit of the target, classes as the share that is right. */
  readonly value: number;
  /** Of predicting the mean of the training rows, or their most frequent class. */
  readonly baseline: number;
  readonly better: boolean;
}

/** How a table is tried. */
export interface Trial {
  readonly threads: number;
  /** Tables of more rows are trained for a few epochs alone: all of it is gone through, in minutes for hours. */
  readonly cut?: number | undefined;
}

const CUT_EPOCHS = "3";

export async function attempt({ name, path }: TableFile, trial: Trial): Promise<Attempt> {
  const folder = mkdtempSync(join(tmpdir(), "netwright-tables-"));
  try {
    return await attemptIn(folder, name, path, trial);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function attemptIn(
  folder: string,
  name: string,
  path: string,
  { threads, cut }: Trial,
): Promise<Attempt> {
  const data = join(folder, "table.csv");
  const net = join(folder, "table.net");
  copyFileSync(path, data);
  const seen = look(readFileSync(data, "utf8"));
  const isCut = cut !== undefined && seen.rows > cut;
  const steps: readonly (readonly [step: string, argv: readonly string[]])[] = [
    ["init", ["init", data]],
    ["check", ["check", net]],
    [
      "train",
      [
        ...["train", net, "--backend", "jit", "--threads", String(threads), "--out", join(folder, "runs")],
        ...(isCut ? ["--epochs", CUT_EPOCHS] : []),
      ],
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
  const tried = attemptOf(name, seen, said, ended, seconds);
  return isCut ? { ...tried, cut: true } : tried;
}

function attemptOf(
  table: string,
  seen: LookedTable,
  said: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  ended: { readonly step: string; readonly played: Played } | null,
  seconds: Readonly<Record<string, number>>,
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
    outcome: ended === null ? "trained" : ended.step === "init" ? "refused" : "failed",
    ended: ended?.step ?? null,
    code: problem?.code ?? null,
    message: problem?.message ?? null,
    task: textIn(init, "task"),
    target: textIn(init, "target"),
    reason: textIn(init, "reason"),
    features: listIn(init, "features").length,
    leftOut: listIn(init, "left_out").length,
    warnings: problemsIn(said.get("check"), "warning").map(({ code }) => code),
    epochs: numberIn(train, "epochs"),
    score: ended === null ? scoreOf(train) : null,
    findings: hold(seen, drafted ? init : null),
    seconds,
  };
}

function scoreOf(train: Readonly<Record<string, unknown>>): Score | null {
  const [test, baseline] = ["metrics", "baseline"].map((key) => recordIn(recordIn(train, key), "test"));
  for (const [name, isBetter] of COMPARED) {
    const [value, base] = [numberIn(test ?? {}, name), numberIn(baseline ?? {}, name)];
    if (value === null || base === null) continue;
    return { r2: numberIn(test ?? {}, "r2"), value, baseline: base, better: isBetter(value, base) };
  }
  return null;
}

type IsBetter = (value: number, baseline: number) => boolean;
const COMPARED: readonly (readonly [metric: string, isBetter: IsBetter])[] = [
  ["rmse", (value, baseline) => value < baseline],
  ["accuracy", (value, baseline) => value > baseline],
];

function recordIn(record: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = record[key];
  return isRecord(value) ? value : {};
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
