// `netwright explain FILE|RUN`: the layers of a network and what they cost, and the kernels that a backend makes of
// them.

import type { DataSettings, Model, TrainSettings } from "@netwright/lang";
import { canExplain, type ProgramExplanation } from "@netwright/runtime";
import { readRun } from "@netwright/runtime/node";
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
  savedModel,
} from "netwright";
import { kernelsText } from "../output/kernels-text.ts";
import { bytes, grouped } from "../output/numbers.ts";
import { renderTable } from "../output/table.ts";
import { guarded } from "../project/open-run.ts";
import { pathKind } from "../project/path-kind.ts";
import { readProject } from "../project/read-project.ts";
import { cliError } from "../usage/codes.ts";
import {
  type CommonOptions,
  type OverrideOptions,
  overridesOf,
  wholeNumber,
  withCommon,
  withOverrides,
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
    .option("--resolved", "also shows every param and setting with its value")
    .option("-b, --backend <name>", "also shows the kernels that a backend makes of it, such as `jit`")
    .option("--threads <n>", "how many threads the backend may use", wholeNumber(1, 1024));
  return withCommon(withOverrides(command), "explain model.net --resolved").action(
    (path: string, options: ExplainOptions) =>
      perform(options, (session) => explainPath(session, path, options)),
  );
}

async function explainPath(session: Session, path: string, options: ExplainOptions): Promise<CommandResult> {
  const isRun = pathKind(path) === "directory";
  const model = isRun ? await modelOfRun(path, options) : modelOfFile(path, options);
  if (!model.ok) return failedWith(session, model);
  session.report(model.diagnostics, model.sources);
  const explanation = explain(model.value);
  const settings = options.resolved === true ? resolvedSettings(model.value) : [];
  const kernels = await kernelsOf(model.value, options);
  if (!kernels.ok) return failedWith(session, kernels);
  const json = {
    ...explanation,
    ...(options.resolved === true ? { settings: Object.fromEntries(settings) } : {}),
    ...(kernels.value === null ? {} : { kernels: kernels.value }),
  };
  const more = kernels.value === null ? "" : `\n${kernelsText(kernels.value, session)}`;
  return done(`${textOf(explanation, settings, session)}${more}`, json);
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

async function modelOfRun(directory: string, options: ExplainOptions): Promise<Checked<Model>> {
  if (overridesOf(options).length > 0) {
    const message = "the settings of a saved run are fixed: --set, --seed and --epochs go with a .net file";
    return reject([cliError("NW0901", message)]);
  }
  const bundle = fromOutcome(await readRun(directory));
  if (!bundle.ok) return bundle;
  const saved = savedModel(bundle.value.model);
  return saved.ok ? accept(saved.value.model, saved.diagnostics, saved.sources) : saved;
}

function modelOfFile(file: string, options: ExplainOptions): Checked<Model> {
  const read = readProject(file, overridesOf(options));
  if (!read.ok) return reject(read.diagnostics);
  const { model, diagnostics, sources } = read.project;
  const sound = model !== undefined && !diagnostics.some(({ severity }) => severity === "error");
  return sound ? accept(model, diagnostics, sources) : reject(diagnostics, sources);
}

function textOf(
  { name, input, layers, totals, memory }: Explanation,
  settings: readonly (readonly [string, string])[],
  session: Session,
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
      ["input", input.join(" x "), "", ""],
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
  const values =
    settings.length === 0
      ? ""
      : `\n${renderTable([{ title: "setting" }, { title: "value" }], settings, session)}`;
  return `${session.colours.bold(name)}\n\n${table}\n${lines.join("\n")}\n${values}`;
}

function resolvedSettings({ params, data, train }: Model): readonly (readonly [string, string])[] {
  return [
    ...params.map(({ name, value }) => [`param ${name}`, show(value)] as const),
    ...(data === null ? [] : sectionOf("data", data)),
    ...(train === null ? [] : sectionOf("train", train)),
  ];
}

function sectionOf(section: string, settings: DataSettings | TrainSettings): (readonly [string, string])[] {
  return Object.entries(settings).flatMap(([key, value]) =>
    key === "spans" || (section === "data" && (key === "name" || key === "columns"))
      ? []
      : [[`${section}.${key}`, show(value)] as const],
  );
}

/** As a `.net` file would have it. */
function show(value: unknown): string {
  if (value === null) return "none";
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value !== "object") return String(value);
  if ("name" in value && "args" in value) {
    const args = Object.entries(value.args ?? {}).map(([key, one]) => `${key}: ${show(one)}`);
    return args.length === 0 ? String(value.name) : `${value.name}(${args.join(", ")})`;
  }
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${show(one)}`)
    .join(", ")} }`;
}
