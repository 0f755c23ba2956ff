// `netwright predict RUN --input FILE`: one line of predictions for each line of inputs, in the same order.

import { Command } from "commander";
import { type Prediction, reject } from "netwright";
import { count } from "../output/numbers.ts";
import { openRun, runFiles } from "../project/open-run.ts";
import { readTable, STDIN } from "../project/read-table.ts";
import { blockedOutputs, writeOutput } from "../project/write-output.ts";
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
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

type PredictOptions = CommonOptions &
  BackendOptions &
  ForceOption & { readonly input: string; readonly output: string };

const STDOUT = "-";

export function predictCommand(perform: Perform): Command {
  const command = new Command("predict")
    .description("Predicts the target for each row of a table, in the same order")
    .argument("<run>", "the directory of a run")
    .requiredOption("-i, --input <file>", `a CSV file with the features, or ${STDIN} for standard input`)
    .option("-o, --output <file>", `a CSV file to write, or ${STDOUT} for standard output`, STDOUT);
  return withCommon(
    withQuiet(withForce(withBackend(command)), "nothing but problems and the predictions"),
    "predict runs/concrete-1a2b3c4d5e6f --input new.csv --output predictions.csv",
  ).action((run: string, options: PredictOptions) =>
    perform(options, (session) => predict(session, run, options)),
  );
}

async function predict(session: Session, run: string, options: PredictOptions): Promise<CommandResult> {
  const table = await readTable(options.input, session.io);
  const opened = await openRun(run, table.ok ? table.value.rows : 0, options);
  const rule = { force: options.force === true, inputs: [options.input, ...runFiles(run)] };
  const blocked = options.output === STDOUT ? [] : blockedOutputs([options.output], rule);
  if (!opened.ok || !table.ok || blocked.length > 0) {
    if (opened.ok) opened.value.model.dispose();
    return failedWith(session, opened, table, reject(blocked));
  }
  const { backend, model, note } = opened.value;
  if (note !== undefined) session.say(note);
  const predicted = model.predict(table.value);
  model.dispose();
  if (!predicted.ok) return failedWith(session, predicted);
  session.report(predicted.diagnostics, predicted.sources);

  const predictions = predicted.value;
  const csv = csvOf(model.target, predictions);
  const json = { run, backend: backend.name, rows: predictions.length };
  if (options.output === STDOUT) return done(csv, { ...json, predictions });
  const problem = writeOutput(options.output, csv, rule);
  if (problem !== null) return failed(session, [problem]);
  session.say(`${count(predictions.length, "prediction")} in ${options.output}`);
  return done("", { ...json, output: options.output });
}

/** Every digit, so that what is read back is the same number. */
function csvOf(target: readonly string[], predictions: readonly Prediction[]): string {
  const lines = predictions.map((one) => target.map((name) => String(one[name] ?? "")).join(","));
  return `${[target.map(quoted).join(","), ...lines].join("\n")}\n`;
}

function quoted(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
