// `netwright predict RUN --input FILE`: one line of predictions for each line of inputs, in the same order.

import { extname } from "node:path";
import { intervalsOf, setOf, whenLoaded } from "@netwright/data";
import { at, count } from "@netwright/definitions";
import { Command } from "commander";
import { intervalIn, numbersIn, type Prediction, quantileName, reject, setIn, spreadName } from "netwright";
import { csvText } from "../output/csv-text.ts";
import { exact } from "../output/numbers.ts";
import { setSeparator } from "../output/set-separator.ts";
import { type Keep, keepOption, keptColumns, predictedName, withoutKept } from "../project/kept-columns.ts";
import { openRun, readingOfRun, readSavedRun, runFiles } from "../project/open-run.ts";
import { readingLine, readTable, STDIN } from "../project/read-table.ts";
import { rowsOfWindows } from "../project/rows-of-windows.ts";
import { blockedOutputs, writeOutput } from "../project/write-output.ts";
import { cliError } from "../usage/codes.ts";
import {
  type BackendOptions,
  type CommonOptions,
  type ForceOption,
  withBackend,
  withCommon,
  withForce,
  withQuiet,
} from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, doneWithData, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

type PredictOptions = CommonOptions &
  BackendOptions &
  ForceOption & {
    readonly input: string;
    readonly output: string;
    readonly keep?: Keep;
    readonly spreadsheet?: boolean;
    readonly spread?: boolean;
  };

const STDOUT = "-";
const SPREAD = "spread";
const SEVERAL = "Name a study, which `train --seeds 5 --keep` makes.";

export function predictCommand(perform: Perform): Command {
  const command = new Command("predict")
    .description("Predicts the target for each row of a table, in the same order")
    .argument("<run>", "the directory of a run, or of a study that was trained with --keep")
    .requiredOption(
      "-i, --input <file>",
      `a table with the features, in any format, or ${STDIN} for standard input`,
    )
    .option("-o, --output <file>", `a CSV file to write, or ${STDOUT} for standard output`, STDOUT)
    .option(
      "--keep <columns>",
      "columns of the input to put in front, as they are written there: id,name or all; repeatable",
      keepOption,
    )
    .option(
      "--spread",
      "of a study: also how far its models are apart, as a standard deviation, in a column `y(spread)`",
    )
    .option(
      "--spreadsheet",
      "for a spreadsheet: names and words that it would take for a formula get an apostrophe in front",
    );
  return withCommon(
    withQuiet(withForce(withBackend(command)), "nothing but problems and the predictions"),
    "predict runs/concrete-1a2b3c4d5e6f --input new.csv --keep id --output predictions.csv",
  ).action((run: string, options: PredictOptions) =>
    perform(options, (session) => predict(session, run, options)),
  );
}

async function predict(session: Session, run: string, options: PredictOptions): Promise<CommandResult> {
  const { input, output, keep = [] } = options;
  const saved = await readSavedRun(run);
  if (options.spread === true && saved.ok && saved.value.study === null)
    return failed(session, [
      cliError("NW0901", "`--spread` is of several models, and a run is one", SEVERAL),
    ]);
  const table = await readTable(input, session.io, { ...readingOfRun(saved), keepText: keep.length > 0 });
  const opened = await openRun(saved, table.ok ? table.value.rows : 0, options);
  const asked = table.ok ? keptColumns(table.value, keep) : table;
  const rule = { force: options.force === true, inputs: [input, ...runFiles(run, saved)] };
  const blocked = output === STDOUT ? [] : blockedOutputs([output], rule);
  if (!opened.ok || !table.ok || !asked.ok || blocked.length > 0) {
    if (opened.ok) opened.value.model.dispose();
    return failedWith(session, opened, table, ...(table.ok ? [asked] : []), reject(blocked));
  }
  const { backend, model, note, together } = opened.value;
  const { window } = model.encoders.fitted;
  // Of windows: which row of which series each prediction is for, which stands in front in any case.
  const places = window === undefined ? [] : [...window.by, window.order];
  const kept = asked.value.filter(({ name }) => !places.includes(name));
  if (together !== null) session.report(opened.diagnostics);
  if (note !== undefined) session.say(note);
  const read = readingLine(table.value);
  if (read !== null) session.say(read);
  session.report(asked.diagnostics);
  const given = withoutKept(table.value, kept, [...model.features, ...places]);
  const predicted = await whenLoaded(() => model.predict(given));
  model.dispose();
  // A column that is looked for may be one that could not be read.
  if (!predicted.ok) return failedWith(session, table, predicted);
  session.report(predicted.diagnostics, predicted.sources);

  const predictions = predicted.value;
  const rows =
    window === undefined ? [...predictions.keys()] : rowsOfWindows(table.value, places, predictions);
  // What lies behind the table has no cells in it.
  const keptText = (texts: readonly string[], i: number) => {
    const row = rows[i];
    return row === undefined ? "" : at(texts, row);
  };
  const targets = model.target.map((name) => ({ name, title: predictedName(name, kept) }));
  const shares = ((model.probabilities ? model.classes : null) ?? []).map((word) => ({
    word,
    title: `P(${word})`,
  }));
  const quantiles = (model.quantiles ?? []).map((level) => {
    return { level: String(level), title: quantileName(at(targets, 0).title, level) };
  });
  // Of a target that is called so there is none, nor an interval or a set: its value stands there.
  const isSpread = (model.spread || options.spread === true) && !model.target.includes(SPREAD);
  const spreads = !isSpread
    ? []
    : (model.classes ?? model.target).map((name, i) => ({
        name,
        title: spreadName(model.classes === null ? at(targets, i).title : `P(${name})`),
      }));
  // Models of a study that do not all have an interval have none together, which is told above.
  const isLacking = together !== null && together.lacking.length > 0;
  const beside = (name: "interval" | "set", isTold: boolean) =>
    isTold && !isLacking && !model.target.includes(name) ? targets : [];
  const intervals = beside("interval", intervalsOf(model.encoders) !== null);
  const set = beside("set", setOf(model.encoders) !== null);
  const between = setSeparator(model.classes ?? []);
  const lines = [
    [
      ...places,
      ...kept.map(({ name }) => name),
      ...[...targets, ...quantiles].map(({ title }) => title),
      ...intervals.flatMap(({ title }) => [`${title}(lower)`, `${title}(upper)`]),
      ...set.map(({ title }) => `${title}(set)`),
      ...[...shares, ...spreads].map(({ title }) => title),
    ],
    ...predictions.map((one, row) => [
      ...places.map((name) => cellOf(one[name])),
      ...kept.map(({ texts }) => keptText(texts, row)),
      // Every digit, so that what is read back is the same number.
      ...targets.map(({ name }) => cellOf(one[name])),
      ...quantiles.map(({ level }) => cellOf(valueIn(one["quantiles"], level))),
      ...intervals.flatMap(({ name }) => (intervalIn(one, name) ?? [Number.NaN, Number.NaN]).map(exact)),
      ...set.map(() => (setIn(one) ?? []).join(between)),
      ...shares.map(({ word }) => cellOf(valueIn(one["probabilities"], word))),
      ...spreads.map(({ name }) => cellOf(valueIn(one[SPREAD], name))),
    ]),
  ];
  const csv = csvText(lines, options.spreadsheet);
  const records = predictions.map((one, row) =>
    Object.fromEntries([
      ...places.map((name) => [name, one[name]]),
      ...kept.map(({ name, texts }) => [name, keptText(texts, row)]),
      ...targets.map(({ name, title }) => [title, one[name]]),
      ...(quantiles.length === 0 ? [] : [["quantiles", one["quantiles"]]]),
      ...(intervals.length === 0 ? [] : [["interval", one["interval"]]]),
      ...(set.length === 0 ? [] : [["set", one["set"]]]),
      ...(shares.length === 0 ? [] : [["probabilities", one["probabilities"]]]),
      ...(spreads.length === 0 ? [] : [[SPREAD, one[SPREAD]]]),
    ]),
  );
  const json = { run, backend: backend.name, rows: predictions.length };
  if (output === STDOUT) return doneWithData(csv, { ...json, predictions: records });
  const problem = writeOutput(output, csv, rule);
  if (problem !== null) return failed(session, [problem]);
  // Nothing else is written, whatever a name such as `predictions.parquet` leads to expect.
  const format = extname(output).toLowerCase() === ".csv" ? "" : ", as CSV";
  session.say(`${count(predictions.length, "prediction")} in ${output}${format}`);
  return done("", { ...json, output });
}

function cellOf(value: Prediction[string] | undefined): string {
  return typeof value === "number" ? exact(value) : String(value ?? "");
}

/** The share that the model gives a class, or a quantile. */
function valueIn(values: Prediction[string] | undefined, name: string): number {
  return numbersIn(values)?.[name] ?? Number.NaN;
}
