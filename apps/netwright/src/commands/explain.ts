// `netwright explain FILE|RUN`: the layers of a network and what they cost, and the kernels that a backend makes of
// them.

import { count, grouped, quote } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import { canExplain, type ProgramExplanation } from "@netwright/runtime";
import { Command } from "commander";
import {
  accept,
  type Checked,
  type ColumnRow,
  type Explanation,
  explain,
  explainColumns,
  explainKernels,
  findBackend,
  fromOutcome,
  reject,
  resolvedText,
} from "netwright";
import { kernelsText } from "../output/kernels-text.ts";
import { bytes } from "../output/numbers.ts";
import { prose } from "../output/prose.ts";
import { renderTable } from "../output/table.ts";
import { guarded } from "../project/open-run.ts";
import { readModel } from "../project/read-model.ts";
import { cliError } from "../usage/codes.ts";
import {
  type CommonOptions,
  type OverrideOptions,
  overridesOf,
  withCommon,
  withOverrides,
  withThreads,
} from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

interface ExplainOptions extends CommonOptions, OverrideOptions {
  readonly resolved?: boolean;
  readonly backend?: string;
  readonly threads?: number;
}

export function explainCommand(perform: Perform): Command {
  const command = new Command("explain")
    .description("Shows the layers of a network, their parameters, and what training and predicting take")
    .argument("<file-or-run>", "a .net file, or the directory of a run or a study")
    .option("--resolved", "also shows the whole file with every default filled in")
    .option("-b, --backend <name>", "also shows the kernels that a backend makes of it, such as `jit`");
  return withCommon(withOverrides(withThreads(command)), "explain model.net --resolved").action(
    (path: string, options: ExplainOptions) =>
      perform(options, (session) => explainPath(session, path, options)),
  );
}

async function explainPath(session: Session, path: string, options: ExplainOptions): Promise<CommandResult> {
  const read = await readModel(path, overridesOf(options), options.allow);
  if (!read.ok) return failedWith(session, read);
  session.report(read.diagnostics, read.sources);
  const { model, encoders, models } = read.value;
  const explanation = explain(model);
  const columns = encoders === null ? [] : explainColumns(encoders);
  const resolved = options.resolved === true ? resolvedText(model) : null;
  const kernels = await kernelsOf(model, options);
  if (!kernels.ok) return failedWith(session, kernels);
  const json = {
    ...explanation,
    ...(models === 1 ? {} : { models }),
    columns,
    ...(resolved === null ? {} : { resolved, model }),
    ...(kernels.value === null ? {} : { kernels: kernels.value }),
  };
  const more = kernels.value === null ? "" : `\n${kernelsText(kernels.value, session)}`;
  return done(
    `${textOf(explanation, session, models)}${columnsText(columns, session)}${resolved === null ? "" : `\n${resolved}`}${more}`,
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
    return reject([cliError("NW0901", message, "The backend jit does: `--backend jit`.")]);
  }
  return guarded(async () =>
    accept(await explainKernels(model, backend, threads === undefined ? {} : { threads })),
  );
}

/** Of many columns of one kind a line would say nothing more than the first. */
const MOST_COLUMNS = 50;

function columnsText(columns: readonly ColumnRow[], session: Session): string {
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
  return `\n${table}${rest === 0 ? "" : `and ${count(rest, "more column")}\n`}${rule}`;
}

/** "median, 3, with an indicator". */
function missingText({ policy, fill, indicator, cell }: ColumnRow["missing"]): string {
  const filled = cell ?? (typeof fill === "number" ? Number(fill.toPrecision(6)) : fill);
  const rule = filled === null ? policy : `${policy}, ${filled}`;
  return indicator === true ? `${rule}, with an indicator` : rule;
}

function textOf(
  { name, inputs, layers, totals, memory }: Explanation,
  session: Session,
  models: number,
): string {
  const total = ["total", "", grouped(totals.parameters), grouped(totals.macs)];
  const table = renderTable(
    [
      { title: "layer" },
      { title: "output", align: "right" },
      { title: "parameters", align: "right" },
      { title: "MACs", align: "right" },
    ],
    [
      ...inputs.map((input) => [
        inputs.length === 1 ? "input" : input.name,
        input.type.shape.join(" x "),
        "",
        "",
      ]),
      ...layers.map((row) => [row.name, row.output.join(" x "), grouped(row.parameters), grouped(row.macs)]),
      total,
    ],
    session,
  );
  const training = memory.train;
  const lines = [
    ...(models === 1 ? [] : [`Each of ${models} models that predict together: their parameters are apart.`]),
    "MACs: multiply-adds for one row.",
    `Memory for predicting one row: ${bytes(memory.predict)}, of which weights ${bytes(memory.weights)}.`,
    ...(training === null
      ? []
      : [`Memory for training with batches of ${training.batch}: ${bytes(training.bytes)} (estimate).`]),
  ];
  return `${session.colours.bold(name)}\n\n${table}\n${prose(lines.join("\n"), session.width)}\n`;
}
