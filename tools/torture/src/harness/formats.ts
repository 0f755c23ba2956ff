// Tables of other programs, changed and then opened as files: a workbook, an array, columns, or something packed is what a
// stranger sends, and a few of its bytes say how much there is of it.

import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { header, summarize, whenLoaded } from "@netwright/data";
import { draftNet, nodeFiles, openProject, openTable, tableOf } from "netwright";
import { damagedFile, type TableBytes, tableFiles } from "../damage/table-files.ts";
import type { Attempt, Harness } from "../harness.ts";
import { inTimeAsync } from "../support/in-time.ts";
import { workplace } from "../support/workplace.ts";
import { tryCases } from "../try-cases.ts";

export const formats: Harness = {
  name: "formats",
  about: {
    promised:
      "Whatever the bytes of a workbook, an array, a Parquet file or a packed table are, it is read or refused with a reason, in bounded time and memory, under the name that it has and beside others that a pattern names.",
    tried:
      "xlsx, ods, npy, npz, Parquet, JSON, gzip and zstd of other programs with bytes damaged anywhere, at their ends, or inside of what they pack: sizes, numbers, parts of archives; header, rows, statistics, draft, fitting.",
  },
  async run(task) {
    const place = workplace();
    try {
      const files = tableFiles();
      for (const file of files) await read(place.path, [file], 10 * SECONDS, file.name);
      return await tryCases(task, attempt(place.path, files));
    } finally {
      place.remove();
    }
  },
};

/** Far more than any table of this size takes. */
const SECONDS = 5;
const MEGABYTES = 1000;

function attempt(folder: string, files: [TableBytes, ...TableBytes[]]): Attempt {
  return async (random, number) => {
    const { how, ...damaged } = damagedFile(random.pick(files), random);
    const sound = random.pick(files);
    const given = random.chance(0.1) ? [damaged, sound] : [damaged];
    const before = process.resourceUsage().maxRSS;
    const what = `case ${number}, ${damaged.name} damaged ${how}`;
    const outcome = await read(folder, given, SECONDS, what);
    const grown = (process.resourceUsage().maxRSS - before) / 1024;
    if (grown > MEGABYTES) throw new Error(`${what} took ${grown.toFixed(0)} MB`);
    const kind = /[^.]*$/.exec(damaged.name)?.[0];
    return `${kind} ${how}: ${outcome}`;
  };
}

/** One file by its name, several by a pattern. */
async function read(
  folder: string,
  given: readonly TableBytes[],
  seconds: number,
  what: string,
): Promise<string> {
  const name = given.length === 1 ? (given[0]?.name ?? "") : "part-*";
  given.forEach((one, i) => {
    writeFileSync(join(folder, given.length === 1 ? name : `part-${i}-${one.name}`), one.bytes);
  });
  try {
    return await inTimeAsync(seconds, what, () => readNamed(folder, name));
  } finally {
    for (const one of readdirSync(folder)) rmSync(join(folder, one));
  }
}

async function readNamed(folder: string, name: string): Promise<string> {
  // What has been read of a table is remembered with it: it is opened once.
  const opened = await whenLoaded(() => openTable(join(folder, name)));
  if (!opened.ok) return refused(opened.reason);
  const found = await whenLoaded(() => tableOf(opened.table, name));
  if (!found.ok) return refused(found.diagnostics[0]?.message);
  const table = found.value;
  header(opened.table);
  const own = table.columns.map((column) => column.name);
  if (new Set(own).size !== own.length) throw new Error(`two columns of one name: ${own.join(", ")}`);
  for (const column of table.columns) {
    const values = column.kind === "number" ? column.values : column.codes;
    if (values.length !== table.rows) throw new Error("a column of another length");
  }
  JSON.stringify(summarize(table));
  const draft = draftNet(table, { source: name, name: "t" });
  if (!draft.ok) return "read, no draft";
  const files = nodeFiles([folder]);
  await whenLoaded(() => openProject({ file: join(folder, "t.net"), text: draft.text }, { files }));
  return "read";
}

function refused(reason: string | undefined): string {
  if (reason === undefined || reason === "" || reason.length > 2000) throw new Error(`refused: ${reason}`);
  return "refused";
}
