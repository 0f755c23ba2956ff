// `netwright explain FILE|RUN`: the layers of a network and what they cost, and the kernels that a backend makes of
// them.

import { grouped } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import { canExplain, type ProgramExplanation } from "@netwright/runtime";
import { Command } from "commander";
import {
  accept,
  type Checked,
  type Explanation,
  explain,
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
    .argument("<file-or-run>", "a .net file, or the directory of a run")
    .option("--resolved", "also shows the whole file with every default filled in")
    .option("-b, --backend <name>", "also shows the kernels that a backend makes of it, such as `jit`");
  return withCommon(withOverrides(withThreads(command)), "explain model.net --resolved").action(
    (path: string, options: ExplainOptions) =>
      perform(options, (session) => explainPath(session, path, options)),
  );
}

async function explainPath(session: Session, path: string, options: ExplainOptions): Promise<CommandResult> {
  const model = await readModel(path, overridesOf(options), options.allow);
  if (!model.ok) return failedWith(session, model);
  session.report(model.diagnostics, model.sources);
  const explanation = explain(model.value);
  const resolved = options.resolved === true ? resolvedText(model.value) : null;
  const kernels = await kernelsOf(model.value, options);
  if (!kernels.ok) return failedWith(session, kernels);
  const json = {
    ...explanation,
    ...(resolved === null ? {} : { resolved, model: model.value }),
    ...(kernels.value === null ? {} : { kernels: kernels.value }),
  };
  const more = kernels.value === null ? "" : `\n${kernelsText(kernels.value, session)}`;
  return done(`${textOf(explanation, session)}${resolved === null ? "" : `\n${resolved}`}${more}`, json);
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

function textOf({ name, inputs, layers, totals, memory }: Explanation, session: Session): string {
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
    "MACs: multiply-adds for one row.",
    `Memory for predicting one row: ${bytes(memory.predict)}, of which weights ${bytes(memory.weights)}.`,
    ...(training === null
      ? []
      : [`Memory for training with batches of ${training.batch}: ${bytes(training.bytes)} (estimate).`]),
  ];
  return `${session.colours.bold(name)}\n\n${table}\n${prose(lines.join("\n"), session.width)}\n`;
}
