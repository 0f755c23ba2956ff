// JPMML evaluates what is exported as PMML: a thousand rows of each model, the rows that Netwright refuses, and values that no
// column takes. Maven fetches it, and compiles the program that asks it.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  differenceTo,
  formats,
  type PortableColumn,
  type PortableModel,
  type SampleRow,
  type SampleValue,
  scalesOf,
  toldNames,
} from "@netwright/formats";
import { apartFromFloat64, float64Run } from "@netwright/formats/node";
import { judgedModels } from "../formats/models.ts";
import { gapRows, oddRows } from "../formats/odd-rows.ts";
import type { Judge, Verdict } from "../judge.ts";
import type { ResultRow } from "../results/result.ts";
import { rowOf } from "../results/row-of.ts";

export const jpmml: Judge = {
  name: "jpmml",
  about: "JPMML evaluates 1,000 rows of each model of dense layers that PMML carries as Netwright does",
  judge,
};

const PROJECT = fileURLToPath(new URL("../../java", import.meta.url));
const EXAMPLES = ["concrete 3 x 512", "concrete 2 x 32", "penguins"];
/** As the file of Maven has it. */
const READER = `JPMML ${/<version>(\d[^<]*)<\/version>/.exec(readFileSync(join(PROJECT, "pom.xml"), "utf8").split("pmml-evaluator-metro")[1] ?? "")?.[1]}`;
/** Of the target's deviation; of shares as they are. */
const TOLERANCE = 1e-5;
/** The same, to a run in f64. */
const TOLERANCE_OF_F64 = 1e-12;

interface Case {
  readonly name: string;
  readonly model: PortableModel;
  readonly bytes: number;
}

async function judge(): Promise<Verdict> {
  const built = resolve(".nx", "judges", "jpmml");
  const maven = spawnSync(
    "mvn",
    ["-q", "-B", "-f", join(PROJECT, "pom.xml"), `-Djudge.output=${built}`, "compile"],
    {
      encoding: "utf8",
    },
  );
  if (maven.status !== 0) {
    const last = `${maven.stdout ?? ""}`.trim().split("\n")[0] ?? "";
    return { kind: "skipped", reason: `mvn, which fetches JPMML, does not: ${last}` };
  }
  const folder = mkdtempSync(join(tmpdir(), "netwright-pmml-"));
  try {
    const cases: Case[] = [];
    const [wrong, left]: [string[], string[]] = [[], []];
    const write = await formats.pmml.load();
    for await (const { name, model } of judgedModels({
      names: EXAMPLES,
      withDense: true,
    })) {
      const written = write(model);
      if ("refused" in written) {
        const reasons = written.refused.map(({ what, why }) => `${what} ${why}`).join("; ");
        if (EXAMPLES.includes(name)) wrong.push(`${name}: ${reasons}`);
        else left.push(`${name}: ${reasons}`);
        continue;
      }
      const [file] = written.files;
      const place = join(folder, String(cases.length));
      writeFileSync(`${place}.pmml`, file?.content ?? "");
      writeFileSync(`${place}.rows`, rowsText(model.columns, rowsOf(model)));
      cases.push({ name, model, bytes: file?.content.length ?? 0 });
    }
    for (const line of left) console.error(`  not carried: ${line}`);
    const classpath = `${join(built, "classes")}:${join(built, "dependency", "*")}`;
    const java = spawnSync("java", ["-Xmx4g", "-cp", classpath, "Evaluate", folder], { encoding: "utf8" });
    if (java.status !== 0) return { kind: "judged", right: 0, wrong: [...wrong, java.stderr.slice(0, 2000)] };
    let right = 0;
    const rows: ResultRow[] = [];
    cases.forEach((one, i) => {
      const { problems, row } = judged(one, answersIn(readFileSync(join(folder, `${i}.answers`), "utf8")));
      if (problems.length === 0) right++;
      if (EXAMPLES.includes(one.name)) rows.push(row);
      wrong.push(...problems.map((problem) => `${one.name}: ${problem}`));
    });
    return { kind: "judged", right, wrong, rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Samples, pairs that are to be predicted alike, what is refused, and what no column takes. */
function rowsOf(model: PortableModel): readonly SampleRow[] {
  const { rows, refused } = model.samples;
  return [...rows, ...gapRows(model), ...refused, ...oddRows(model)];
}

function rowsText(columns: readonly PortableColumn[], rows: readonly SampleRow[]): string {
  const cell = (value: SampleValue) =>
    value === null ? "" : typeof value === "number" ? `n${value}` : `s${encodeURIComponent(value)}`;
  return [
    columns.map(({ name }) => encodeURIComponent(name)),
    ...rows.map(({ values }) => columns.map(({ name }) => cell(values[name] ?? null))),
  ]
    .map((line) => `${line.join("\t")}\n`)
    .join("");
}

type Answer = { readonly refused: string } | { readonly values: ReadonlyMap<string, string> };

function answersIn(text: string): readonly Answer[] {
  const decoded = (word: string) => decodeURIComponent(word.replaceAll("+", "%20"));
  return text
    .trimEnd()
    .split("\n")
    .map((line): Answer => {
      const [first = "", ...rest] = line.split("\t").map(decoded);
      if (first === "!") return { refused: rest.join() };
      const all = [first, ...rest];
      return {
        values: new Map(all.flatMap((name, i) => (i % 2 === 0 ? [[name, all[i + 1] ?? ""] as const] : []))),
      };
    });
}

function toldBy(answer: Answer): unknown {
  return "refused" in answer ? answer.refused : [...answer.values];
}

function judged(
  { name, model, bytes }: Case,
  answers: readonly Answer[],
): { readonly problems: readonly string[]; readonly row: ResultRow } {
  const { outputs, samples } = model;
  const names = toldNames(outputs);
  const toldOf = (answer: Answer, own: string) => ("refused" in answer ? "" : (answer.values.get(own) ?? ""));
  const predicted = answers.slice(0, samples.rows.length);
  const numbers = predicted.flatMap((answer) =>
    names.map((own) => (toldOf(answer, own) === "" ? Number.NaN : Number(toldOf(answer, own)))),
  );
  const { difference, otherClasses } = differenceTo(model, numbers);
  const fromF64 = apartFromFloat64(numbers, float64Run(model), scalesOf(outputs));
  const otherWords =
    outputs.kind === "classes"
      ? predicted.filter(
          (answer, i) =>
            toldOf(answer, `predicted_${outputs.name}`) !== samples.answers[i]?.[outputs.name] ||
            toldOf(answer, outputs.name) !== samples.answers[i]?.[outputs.name],
        ).length
      : 0;
  const pairs = gapRows(model).length;
  const gaps = answers
    .slice(samples.rows.length, samples.rows.length + pairs)
    .map((answer) => JSON.stringify(toldBy(answer)));
  const unlike = gaps.filter((answer, i) => i % 2 === 0 && answer !== gaps[i + 1]);
  const refused = answers.slice(samples.rows.length + pairs);
  const taken = refused.filter((answer) => !("refused" in answer));
  const unnamed = samples.refused.filter(({ column }, i) => {
    const answer = refused[i];
    return answer === undefined || !("refused" in answer) || !answer.refused.includes(column);
  });
  console.error(
    `  ${name}: ${difference.toExponential(1)} of a deviation, ${fromF64.toExponential(1)} from f64, ${otherClasses + otherWords} other classes, ${bytes} bytes`,
  );
  const lost = predicted.flatMap((answer) => ("refused" in answer ? [answer.refused] : []));
  const problems = [
    ...(difference <= TOLERANCE ? [] : [`${difference} of a deviation away`]),
    ...(fromF64 <= TOLERANCE_OF_F64 ? [] : [`${fromF64} of a deviation away from f64`]),
    ...(otherClasses + otherWords === 0 ? [] : [`${otherClasses + otherWords} other classes`]),
    ...lost.slice(0, 2).map((problem) => `refused: ${problem}`),
    ...(taken.length === 0 ? [] : [`${taken.length} rows taken that Netwright refuses`]),
    ...(unlike.length === 0 ? [] : [`${unlike.length} words for a missing value are none: ${unlike[0]}`]),
    ...(unnamed.length === 0 ? [] : [`${unnamed.length} reasons without the column`]),
  ];
  return { problems, row: rowOf(name, "pmml", READER, difference, fromF64) };
}
