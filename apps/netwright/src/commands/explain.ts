// `netwright explain FILE|RUN`: the layers of a network and what they cost, and the kernels that a backend makes of
// them.

import type { OpenEncoders } from "@netwright/data";
import { count, grouped, quote, splitNames } from "@netwright/definitions";
import type { Diagnostic, Model } from "@netwright/lang";
import { canExplain, type ProgramExplanation } from "@netwright/runtime";
import { Command, Option } from "commander";
import {
  accept,
  type Checked,
  type ColumnRow,
  type Explanation,
  explain,
  explainColumns,
  explainKernels,
  explainMembers,
  findBackend,
  fromOutcome,
  type LayerRow,
  reject,
  resolvedText,
} from "netwright";
import { kernelsText } from "../output/kernels-text.ts";
import { membersText, spreadText } from "../output/members-text.ts";
import { intervalText, saidOfAll, temperatureText, unitOf } from "../output/metrics-table.ts";
import { brief, bytes } from "../output/numbers.ts";
import { prose } from "../output/prose.ts";
import { renderTable, type TableColumn } from "../output/table.ts";
import { guarded } from "../project/open-run.ts";
import { pathKind } from "../project/path-kind.ts";
import { readModel } from "../project/read-model.ts";
import { cliError } from "../usage/codes.ts";
import {
  type OverrideOptions,
  overridesOf,
  wholeNumber,
  withCommon,
  withOverrides,
  withPlugin,
  withThreads,
} from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";
import type { InfluenceOptions } from "./explain-influence.ts";

interface ExplainOptions extends OverrideOptions, InfluenceOptions {
  readonly resolved?: boolean;
}

export function explainCommand(perform: Perform): Command {
  const command = new Command("explain")
    .description("Shows the layers of a network, their parameters, and what training and predicting take")
    .argument("<file-or-run>", "a .net file, or the directory of a run or a study")
    .option("--resolved", "also shows the whole file with every default filled in")
    .option("-b, --backend <name>", "also shows the kernels that a backend makes of it, such as `jit`")
    .option("--importance", "of a run: how much worse it gets where a column's values are dealt out anew")
    .option(
      "--dependence <column>",
      "of a run: what it predicts on average for each value of a column; repeatable",
      (column: string, before: readonly string[] = []) => [...before, column],
    )
    .option("-d, --data <file>", "labelled rows for these two (default: the run's own test rows)")
    .addOption(
      new Option("--split <name>", "which of the run's own rows they are measured on").choices([
        ...splitNames,
      ]),
    )
    .option("--metric <name>", "by what `--importance` measures, such as `mae` or `loss`")
    .option(
      "--repeats <n>",
      "how often `--importance` deals each column out (default: 5)",
      wholeNumber(1, 1000),
    );
  return withCommon(withOverrides(withPlugin(withThreads(command))), "explain model.net --resolved").action(
    (path: string, options: ExplainOptions) =>
      perform(options, (session) => explainPath(session, path, options)),
  );
}

async function explainPath(session: Session, path: string, options: ExplainOptions): Promise<CommandResult> {
  const misuse = misuseOf(path, options);
  if (misuse !== null) return failed(session, [misuse]);
  if (asksInfluence(options)) {
    const { explainInfluence } = await import("./explain-influence.ts");
    return explainInfluence(session, path, options);
  }
  const read = await readModel(path, overridesOf(options), options.allow);
  if (!read.ok) return failedWith(session, read);
  session.report(read.diagnostics, read.sources);
  const { model, encoders, others, weights } = read.value;
  const models = 1 + others.length;
  // Each of several has members of its own.
  const members = models === 1 ? explainMembers(model, weights) : [];
  const explanation = explain(model);
  const columns = encoders === null ? [] : columnsOfAll(encoders, others);
  const resolved = options.resolved === true ? resolvedText(model) : null;
  const kernels = await kernelsOf(model, options);
  if (!kernels.ok) return failedWith(session, kernels);
  const json = {
    ...explanation,
    ...(models === 1 ? {} : { models }),
    ...(members.length === 0 ? {} : { ensemble: members }),
    columns,
    ...(model.report?.spread === undefined
      ? {}
      : { spread: { of: model.report.spread, samples: model.report.samples } }),
    ...(resolved === null ? {} : { resolved, model }),
    ...(kernels.value === null ? {} : { kernels: kernels.value }),
  };
  const spread = spreadText(model);
  const more = kernels.value === null ? "" : `\n${kernelsText(kernels.value, session)}`;
  return done(
    `${textOf(explanation, session, models)}${membersText(members, session)}${columnsText(columns, encoders === null ? [] : [encoders, ...others], session)}${spread}${resolved === null ? "" : `\n${resolved}`}${more}`,
    json,
  );
}

function asksInfluence({ importance, dependence }: ExplainOptions): boolean {
  return importance === true || dependence !== undefined;
}

/** What goes with a run alone, and what with its importances. */
function misuseOf(path: string, options: ExplainOptions): Diagnostic | null {
  const { data, split, metric, repeats, importance } = options;
  if (!asksInfluence(options)) {
    const given = data ?? split ?? metric ?? repeats;
    return given === undefined
      ? null
      : cliError(
          "NW0901",
          "`--data`, `--split`, `--metric` and `--repeats` go with `--importance` or `--dependence`",
        );
  }
  if (pathKind(path) !== "directory")
    return cliError(
      "NW0901",
      "`--importance` and `--dependence` are asked of a run, and no directory has this name",
      "Train the file first.",
    );
  if (overridesOf(options).length > 0)
    return cliError(
      "NW0901",
      "the settings of a saved run are fixed: --set, --seed and --epochs go with a .net file",
    );
  if (importance !== true && (metric !== undefined || repeats !== undefined))
    return cliError("NW0901", "`--metric` and `--repeats` go with `--importance`");
  return data !== undefined && split !== undefined
    ? cliError("NW0901", "`--split` names rows of the run's own table, and `--data` another table")
    : null;
}

/** Null unless a backend is named. */
async function kernelsOf(
  model: Model,
  { backend: name, threads }: ExplainOptions,
): Promise<Checked<ProgramExplanation | null>> {
  if (name === undefined) {
    if (threads === undefined) return accept(null);
    return reject([cliError("NW0901", "`--threads` goes with `--backend`: `--backend jit --threads 2`")]);
  }
  const found = fromOutcome(await findBackend(name));
  if (!found.ok) return found;
  const backend = found.value;
  if (!canExplain(backend)) {
    const message = `the backend ${backend.name} does not plan a program ahead, so it has no kernels to show`;
    return reject([cliError("NW0901", message, "The backends jit and xla do: `--backend jit`.")]);
  }
  return guarded(async () =>
    accept(await explainKernels(model, backend, threads === undefined ? {} : { threads })),
  );
}

/** What was learned of a target is left out where it is not the same for all models that predict together. */
function columnsOfAll(first: OpenEncoders, others: readonly OpenEncoders[]): readonly ColumnRow[] {
  const rows = others.map(explainColumns);
  return explainColumns(first).map((row, i) => {
    const { threshold, range, interval, set, temperature, ...fixed } = row;
    const isOfAll = (key: keyof ColumnRow) =>
      rows.every((of) => JSON.stringify(of[i]?.[key]) === JSON.stringify(row[key]));
    return {
      ...fixed,
      ...(threshold === undefined || !isOfAll("threshold") ? {} : { threshold }),
      ...(range === undefined || !isOfAll("range") ? {} : { range }),
      ...(interval === undefined || !isOfAll("interval") ? {} : { interval }),
      ...(set === undefined || !isOfAll("set") ? {} : { set }),
      ...(temperature === undefined || !isOfAll("temperature") ? {} : { temperature }),
    };
  });
}

/** Of many columns of one kind a line would say nothing more than the first. */
const MOST_COLUMNS = 50;

function columnsText(
  columns: readonly ColumnRow[],
  encoders: readonly OpenEncoders[],
  session: Session,
): string {
  if (columns.length === 0) return "";
  const words = columns.some(({ unknown }) => unknown !== null);
  const shown = columns.slice(0, MOST_COLUMNS);
  const table = renderTable(
    [
      { title: "column" },
      { title: "becomes" },
      { title: "a missing value" },
      ...(words ? [{ title: "a new word" }] : []),
    ],
    shown.map(({ name, role, encoder, size, missing, unknown }) => [
      role === "target" ? `${name} (target)` : name,
      `${encoder}, ${"indices" in size ? `1 of ${grouped(size.indices)}` : count(size.numbers, "number")}`,
      missingText(missing),
      ...(words ? [unknown ?? ""] : []),
    ]),
    session,
  );
  const rest = columns.length - shown.length;
  const [threshold] = columns.flatMap((column) => column.threshold ?? []);
  const rule =
    threshold === undefined
      ? ""
      : `${quote(threshold.word)} is predicted from a probability of ${Number(threshold.from.toPrecision(4))} on.\n`;
  const held = columns.flatMap(({ name, range }) =>
    range === undefined
      ? []
      : [`Predictions of ${quote(name)} are held within ${brief(range.min)} to ${brief(range.max)}.`],
  );
  const learned = saidOfAll(encoders, (one) => [...temperatureText(one), ...intervalText(one, unitOf(one))]);
  const more = [...held, ...learned].map((line) => `${prose(line, session.width)}\n`).join("");
  return `\n${table}${rest === 0 ? "" : `and ${count(rest, "more column")}\n`}${rule}${more}`;
}

/** "median, 3, with an indicator". */
function missingText({ policy, fill, indicator, cell }: ColumnRow["missing"]): string {
  const filled = cell ?? (typeof fill === "number" ? Number(fill.toPrecision(6)) : fill);
  const rule = filled === null ? policy : `${policy}, ${filled}`;
  return indicator === true ? `${rule}, with an indicator` : rule;
}

interface LayerLine {
  readonly layer: string;
  readonly output?: string;
  readonly field?: string;
  readonly parameters?: string;
  readonly macs?: string;
  readonly activations?: string;
}

const LAYER_COLUMNS: readonly (TableColumn & { readonly key: keyof LayerLine })[] = [
  { key: "layer", title: "layer" },
  { key: "output", title: "output", align: "right" },
  { key: "field", title: "receptive field", align: "right" },
  { key: "parameters", title: "parameters", align: "right" },
  { key: "macs", title: "MACs", align: "right" },
  { key: "activations", title: "activations", align: "right" },
];

function isWindow(field: LayerRow["receptiveField"]): field is readonly number[] {
  return field !== null && field !== "all" && field.some((places) => places > 1);
}

function fieldText({ receptiveField }: LayerRow): string {
  return receptiveField === null || receptiveField === "all"
    ? (receptiveField ?? "")
    : receptiveField.join(" x ");
}

function textOf(
  { name, inputs, layers, members, totals, memory }: Explanation,
  session: Session,
  models: number,
): string {
  const rows: readonly LayerLine[] = [
    ...inputs.map(({ name: input, type }) => ({
      layer: inputs.length === 1 ? "input" : input,
      output: type.shape.join(" x "),
    })),
    ...layers.map((row) => ({
      layer: row.name,
      output: row.output.join(" x "),
      field: fieldText(row),
      parameters: grouped(row.parameters),
      macs: grouped(row.macs),
      activations: bytes(row.activations),
    })),
    {
      layer: "total",
      parameters: grouped(totals.parameters),
      macs: grouped(totals.macs),
      activations: bytes(totals.activations),
    },
  ];
  // Most networks have no windows, and nothing to tell of them.
  const isWindowed = layers.some(({ receptiveField }) => isWindow(receptiveField));
  const columns = LAYER_COLUMNS.filter(({ key }) => key !== "field" || isWindowed);
  const table = renderTable(
    columns,
    rows.map((row) => columns.map(({ key }) => row[key] ?? "")),
    session,
  );
  const training = memory.train;
  const lines = [
    ...(models === 1 ? [] : [`Each of ${models} models that predict together: their parameters are apart.`]),
    "MACs: multiply-adds for one row. Activations: memory of what a layer gives for one row.",
    ...(isWindowed
      ? ["Receptive field: how much of the input a number follows from, padding around it included."]
      : []),
    ...(members === null
      ? []
      : [
          `An ensemble of ${count(members, "member")}: each is trained by its own loss, and the mean of what they predict is predicted.`,
        ]),
    `Memory for predicting one row: ${bytes(memory.predict)}, of which weights ${bytes(memory.weights)}.`,
    ...(training === null
      ? []
      : [`Memory for training with batches of ${training.batch}: ${bytes(training.bytes)} (estimate).`]),
  ];
  return `${session.colours.bold(name)}\n\n${table}\n${prose(lines.join("\n"), session.width)}\n`;
}
