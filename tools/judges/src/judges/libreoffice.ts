// LibreOffice computes what is exported as a workbook: a thousand rows of each model, filled in as a person would, the rows that
// Netwright refuses, and cells that no table has.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { differenceTo, type PortableModel, scalesOf, widthOf } from "@netwright/formats";
import { apartFromFloat64, float64Run, workbookOf } from "@netwright/formats/node";
import { fieldsOf } from "../formats/csv.ts";
import { judgedModels } from "../formats/models.ts";
import { gapRows, oddRows } from "../formats/odd-rows.ts";
import type { Judge, Verdict } from "../judge.ts";
import type { ResultRow } from "../results/result.ts";
import { rowOf } from "../results/row-of.ts";

export const libreoffice: Judge = {
  name: "libreoffice",
  about: "LibreOffice predicts 1,000 rows of each model of dense layers as Netwright does",
  judge,
};

const EXAMPLES = ["concrete 2 x 32", "penguins"];
/** Of the target's deviation; of shares as they are. */
const TOLERANCE = 1e-5;
/** The same, to a run in f64. */
const TOLERANCE_OF_F64 = 1e-12;
/** Of the sheet that is filled in. */
const FIRST_ROW = 6;

async function judge(): Promise<Verdict> {
  const version = installed();
  if (version === null)
    return { kind: "skipped", reason: "there is no soffice on the path, and apt-get does not install it" };
  console.error(`  ${version}`);
  const folder = mkdtempSync(join(tmpdir(), "netwright-xlsx-"));
  const wrong: string[] = [];
  const rows: ResultRow[] = [];
  let right = 0;
  // "LibreOffice 7.4.7.2 40(Build:2)"
  const reader = version.split(" ").slice(0, 2).join(" ");
  try {
    for await (const { name, model } of judgedModels({
      names: EXAMPLES,
      withDense: true,
    })) {
      const { problems, row } = judged(folder, name, model, reader);
      if (problems.length === 0) right++;
      if (row !== null && EXAMPLES.includes(name)) rows.push(row);
      wrong.push(...problems.map((problem) => `${name}: ${problem}`));
    }
    return { kind: "judged", right, wrong, rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The version of LibreOffice, which Debian and its kin install. */
function installed(): string | null {
  const version = () => spawnSync("soffice", ["--version"], { encoding: "utf8" }).stdout?.trim() || null;
  if (version() !== null) return version();
  console.error("  apt-get installs LibreOffice");
  for (const words of [["update"], ["install", "--yes", "--no-install-recommends", "libreoffice-calc-nogui"]])
    spawnSync("apt-get", ["--quiet", ...words], {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  return version();
}

interface Found {
  readonly problems: readonly string[];
  /** Null where there is no file. */
  readonly row: ResultRow | null;
}

function judged(folder: string, name: string, model: PortableModel, reader: string): Found {
  const { samples, columns, outputs } = model;
  const gaps = gapRows(model);
  const filled = [...samples.rows, ...gaps, ...samples.refused, ...oddRows(model)];
  const written = workbookOf(model, { rows: filled.length + 1 }, filled);
  const none = (...problems: readonly string[]): Found => ({ problems, row: null });
  if ("refused" in written) return none(...written.refused.map(({ what, why }) => `${what} ${why}`));
  const [file] = written.files;
  if (file === undefined) return none("no file");
  writeFileSync(join(folder, "model.xlsx"), file.content);
  const lines = sheetIn(folder, "Predict");
  const rows = lines.slice(FIRST_ROW - 1);
  const start = columns.length + 1;
  const width = widthOf(outputs);
  const isClass = outputs.kind === "classes";
  const numberAt = (row: readonly string[], j: number) => asNumber(row[start + j + (isClass ? 1 : 0)] ?? "");
  const problemOf = (row: readonly string[] | undefined) => row?.[start + width + (isClass ? 1 : 0)] ?? "";
  const predicted = rows.slice(0, samples.rows.length);
  const numbers = predicted.flatMap((row) => Array.from({ length: width }, (_, j) => numberAt(row, j)));
  const { difference, otherClasses } = differenceTo(model, numbers);
  const fromF64 = apartFromFloat64(numbers, float64Run(model), scalesOf(outputs));
  const otherWords = isClass
    ? predicted.filter((row, i) => row[start] !== samples.answers[i]?.[outputs.name]).length
    : 0;
  console.error(
    `  ${name}: ${difference.toExponential(1)} of a deviation, ${fromF64.toExponential(1)} from f64, ${otherClasses + otherWords} other classes, ${file.content.length} bytes`,
  );
  const behind = samples.rows.length + gaps.length;
  const alike = rows.slice(samples.rows.length, behind).map((row) => row.slice(start).join("|"));
  const unlike = alike.filter((row, i) => i % 2 === 0 && row !== alike[i + 1]);
  const refused = rows.slice(behind, filled.length);
  const taken = refused.filter(
    (row) => problemOf(row) === "" || row.slice(start, start + width).some((cell) => cell !== ""),
  );
  const unnamed = samples.refused.filter(({ column }, i) => !problemOf(refused[i]).startsWith(column));
  const verdict = lines[2]?.[0] ?? "";
  const problems = [
    ...(difference <= TOLERANCE ? [] : [`${difference} of a deviation away`]),
    ...(fromF64 <= TOLERANCE_OF_F64 ? [] : [`${fromF64} of a deviation away from f64`]),
    ...(otherClasses + otherWords === 0 ? [] : [`${otherClasses + otherWords} other classes`]),
    ...predicted.flatMap((row) => (problemOf(row) === "" ? [] : [`refused: ${problemOf(row)}`])).slice(0, 3),
    ...taken.slice(0, 3).map((row) => `taken: ${row.join(", ")}`),
    ...(unlike.length === 0 ? [] : [`${unlike.length} words for a missing value are none: ${unlike[0]}`]),
    ...(unnamed.length === 0 ? [] : [`${unnamed.length} reasons of another column`]),
    ...(verdict.includes("computes as Netwright does") ? [] : [`its own check says ${verdict}`]),
    ...(rows[filled.length]?.every((cell) => cell === "") === false ? ["an empty row has cells"] : []),
  ];
  return { problems, row: rowOf(name, "xlsx", reader, difference, fromF64) };
}

/** As many digits as LibreOffice writes; a share has a sign of per cent. */
function asNumber(cell: string): number {
  if (cell === "") return Number.NaN;
  return cell.endsWith("%") ? Number(cell.slice(0, -1)) / 100 : Number(cell);
}

/** Comma, quotes, UTF-8, numbers and not what they look like, all sheets. */
const CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";

/** A sheet of `model.xlsx`, computed anew, line by line. */
function sheetIn(folder: string, sheet: string): readonly (readonly string[])[] {
  const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
  const run = spawnSync(
    "soffice",
    ["--headless", profile, "--convert-to", CSV, "--outdir", folder, join(folder, "model.xlsx")],
    { encoding: "utf8" },
  );
  if (run.status !== 0) throw new Error(run.stderr);
  return fieldsOf(readFileSync(join(folder, `model-${sheet}.csv`), "utf8"));
}
