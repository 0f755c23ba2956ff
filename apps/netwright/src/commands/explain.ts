// `netwright explain FILE|RUN`: the layers of a network and what they cost, and the kernels that a backend makes of
// them.

import type { OpenEncoders } from "@netwright/data";
import { count, grouped, quote, splitNames } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import { canExplain, type ProgramExplanation } from "@netwright/runtime";
import { Command, Option } from "commander";
import {
  accept,
  type Checked,
  type ColumnRow,
  explain,
  explainColumns,
  explainKernels,
  explainMembers,
  findBackend,
  fromOutcome,
  reject,
  resolvedText,
} from "netwright";
import { kernelsText } from "../output/kernels-text.ts";
import { membersText, spreadText } from "../output/members-text.ts";
import { intervalText, saidOfAll, temperatureText, unitOf } from "../output/metrics-table.ts";
import { brief } from "../output/numbers.ts";
import { prose } from "../output/prose.ts";
import { renderTable } from "../output/table.ts";
import { teacherJson, teacherText } from "../output/teacher-text.ts";
import { windowText } from "../output/window-text.ts";
import { guarded } from "../project/open-run.ts";
import { readModel } from "../project/read-model.ts";
import { cliError } from "../usage/codes.ts";
import {
  overridesOf,
  wholeNumber,
  withCommon,
  withForce,
  withOverrides,
  withPlugin,
  withThreads,
} from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";
import { layersText } from "./explain-layers.ts";
import { asksInfluence, asksInside, type ExplainOptions, misuseOf } from "./explain-options.ts";

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
    .option("--filters [layer]", "of a run: the filters that its convolutions have learnt")
    .option(
      "--activations <row>",
      "of a run: what each layer makes of a row of the table, counted from 1",
      wholeNumber(1),
    )
    .option("--attention <row>", "of a run: what attention takes of which step, in a row", wholeNumber(1))
    .option("--layer <name>", "the layer in the picture of `--activations` (default: the first with weights)")
    .option("-o, --output <file>", "a picture of these three, .svg or .png, beside what is printed")
    .option("-d, --data <file>", "labelled rows for what is asked of a run (default: its own)")
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
  return withCommon(
    withForce(withOverrides(withPlugin(withThreads(command)))),
    "explain model.net --resolved",
  ).action((path: string, options: ExplainOptions) =>
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
  if (asksInside(options)) {
    const { explainInside } = await import("./explain-inside.ts");
    return explainInside(session, path, options);
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
  const teaching = teacherJson(model);
  const json = {
    ...explanation,
    ...(models === 1 ? {} : { models }),
    ...(members.length === 0 ? {} : { ensemble: members }),
    columns,
    ...(teaching === undefined ? {} : { teacher: teaching }),
    ...(encoders?.fitted.window === undefined ? {} : { window: encoders.fitted.window }),
    ...(model.report?.spread === undefined
      ? {}
      : { spread: { of: model.report.spread, samples: model.report.samples } }),
    ...(resolved === null ? {} : { resolved, model }),
    ...(kernels.value === null ? {} : { kernels: kernels.value }),
  };
  const spread = spreadText(model);
  const taughtBy = teacherText(model);
  const teacher = taughtBy === "" ? "" : `${prose(taughtBy, session.width)}\n`;
  const more = kernels.value === null ? "" : `\n${kernelsText(kernels.value, session)}`;
  return done(
    `${layersText(explanation, session, models)}${membersText(members, session)}${columnsText(columns, encoders === null ? [] : [encoders, ...others], session)}${teacher}${spread}${resolved === null ? "" : `\n${resolved}`}${more}`,
    json,
  );
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
    shown.map(({ name, role, encoder, size, image, missing, unknown }) => [
      role === "target" ? `${name} (target)` : name,
      image === undefined
        ? `${encoder}, ${"indices" in size ? `1 of ${grouped(size.indices)}` : count(size.numbers, "number")}`
        : imageText(image),
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
      : `${prose(`${quote(threshold.word)} is predicted from a probability of ${Number(threshold.from.toPrecision(4))} on.`, session.width)}\n`;
  const held = columns.flatMap(({ name, range }) =>
    range === undefined
      ? []
      : [`Predictions of ${quote(name)} are held within ${brief(range.min)} to ${brief(range.max)}.`],
  );
  const learned = saidOfAll(encoders, (one) => [...temperatureText(one), ...intervalText(one, unitOf(one))]);
  const windows = encoders.slice(0, 1).flatMap(windowText);
  const more = [...windows, ...held, ...learned].map((line) => `${prose(line, session.width)}\n`).join("");
  return `\n${table}${rest === 0 ? "" : `and ${count(rest, "more column")}\n`}${rule}${more}`;
}

/** "8 x 8 x 1 of `p00` to `p77`, x / 16 each". */
function imageText({ shape, columns, steps }: NonNullable<ColumnRow["image"]>): string {
  const scaled = steps.reduce((x, step) => {
    if (step.kind === "subtract") return step.by === 0 ? x : `(${x} - ${Number(step.by.toPrecision(6))})`;
    return step.kind === "divide" ? `${x} / ${Number(step.by.toPrecision(6))}` : x;
  }, "x");
  const [first = "", last = ""] = [columns.at(0), columns.at(-1)];
  const from = columns.length === 0 ? "" : ` of ${quote(first)} to ${quote(last)}`;
  return `${shape.join(" x ")}${from}, ${scaled}`;
}

/** "median, 3, with an indicator". */
function missingText({ policy, fill, indicator, cell }: ColumnRow["missing"]): string {
  const filled = cell ?? (typeof fill === "number" ? Number(fill.toPrecision(6)) : fill);
  const rule = filled === null ? policy : `${policy}, ${filled}`;
  return indicator === true ? `${rule}, with an indicator` : rule;
}
