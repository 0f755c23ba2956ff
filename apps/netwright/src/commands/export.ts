// `netwright export RUN`: a trained model as files that predict without Netwright, or as StableHLO for other engines;
// `netwright export FILE.net`: a whole training for these.

import { join } from "node:path";
import { at, count, grouped, listed, oneLine } from "@netwright/definitions";
import type { Diagnostic } from "@netwright/lang";
import type { RunBundle } from "@netwright/runtime";
import { readRun } from "@netwright/runtime/node";
import { Command, Option } from "commander";
import {
  type Checked,
  checkExported,
  dialectNames,
  exportFormats,
  exportTraining,
  type FormatFile,
  type FormatName,
  type FormatOptions,
  findBackend,
  fromOutcome,
  isStudy,
  projectError,
  projectWarning,
  readStudyModels,
  reject,
  type TrainingFile,
} from "netwright";
import { guarded, runFiles } from "../project/open-run.ts";
import { pathKind } from "../project/path-kind.ts";
import { readProject } from "../project/read-project.ts";
import { blockedOutputs, makeFolder, writeOutputs } from "../project/write-output.ts";
import { dataPath } from "../training/next-commands.ts";
import { cliError } from "../usage/codes.ts";
import { EXIT } from "../usage/exit-code.ts";
import {
  type CommonOptions,
  type ForceOption,
  type OverrideOptions,
  overridesOf,
  wholeNumber,
  withBasics,
  withForce,
  withOverrides,
  withQuiet,
} from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

type ExportOptions = Omit<CommonOptions, "format"> &
  ForceOption &
  OverrideOptions &
  FormatOptions & {
    readonly format: FormatName;
    readonly output: string;
  };

export function exportCommand(perform: Perform): Command {
  const command = new Command("export")
    .description("Writes a trained model as files for use without Netwright")
    .argument("<model>", "the directory of a run; with `stablehlo` also a .net file, for its training")
    .addOption(
      new Option(
        "--format <format>",
        Object.entries(exportFormats)
          .map(([name, { about }]) => `\`${name}\`: ${about}`)
          .join("; "),
      )
        .choices(Object.keys(exportFormats))
        .default("wasm"),
    )
    .option(
      "--rows <number>",
      "with `stablehlo` and a run: rows that each function takes (default: the batch of training); with `xlsx`: rows to fill in (default: 1000)",
      wholeNumber(1, 2 ** 31 - 1),
    )
    .option(
      "--raw-input",
      "with `onnx`, `keras`, `keras-code` and `tfjs`: the network alone, which takes numbers that are scaled and coded already, in place of the columns",
    )
    .addOption(
      new Option(
        "--precision <precision>",
        "with source code: numbers of 32 bits, as Netwright has them, or of 64",
      ).choices(["float", "double"]),
    )
    .addOption(
      new Option("--dialect <database>", "with `sql`: what runs the query (default: postgres)").choices([
        ...dialectNames,
      ]),
    )
    .option("-o, --output <directory>", "where to write them; it is made if it is not there", ".");
  return withBasics(
    withQuiet(withForce(withOverrides(command)), "nothing but problems"),
    "export runs/concrete-1a2b3c4d5e6f --format wasm --output web",
  ).action((model: string, options: ExportOptions) =>
    perform({ ...options, format: "text" }, (session) =>
      pathKind(model) === "file" ? exportFile(session, model, options) : exportModel(session, model, options),
    ),
  );
}

async function exportModel(session: Session, run: string, options: ExportOptions): Promise<CommandResult> {
  const asked = askedOf(options);
  const misplaced = misplacedOptions(options.format, asked);
  if (misplaced.length > 0) return failed(session, misplaced);
  if (overridesOf(options).length > 0)
    return failed(session, [
      cliError("NW0901", "`--set`, `--seed` and `--epochs` go with a .net file: a run has been trained"),
    ]);
  if (await isStudy(run)) return failedWith(session, await eachByItself(run));
  const bundle = fromOutcome(await readRun(run));
  if (!bundle.ok) return failedWith(session, bundle);
  const exported = await guarded(() => exportFormats[options.format].write(bundle.value, asked));
  const written = await writeExport(session, exported, options, runFiles(run));
  if (exported.ok && written.exit === EXIT.ok && !options.quiet)
    await sayChecked(session, bundle.value, options.format, exported.value, asked);
  return written;
}

/** What the reader of the format makes of the files, beside Netwright; a difference of more than this is told as a warning. */
const TOLERANCE = 1e-5;

async function sayChecked(
  session: Session,
  bundle: RunBundle,
  format: FormatName,
  files: readonly FormatFile[],
  asked: FormatOptions,
): Promise<void> {
  const checked = await guarded(() => checkExported(bundle, format, files, asked));
  if (!checked.ok) return;
  const report = checked.value;
  if (report.kind === "not installed")
    session.say(
      `not run in ${report.reader}, which is not here: \`${report.install}\` has the next export checked`,
    );
  if (report.kind === "failed")
    session.report([
      projectWarning("NW0861", `${report.by} cannot run what was written: ${oneLine(report.says)}`, [
        "Its version may be too old for the file. Tell us, with the run, where it is not.",
      ]),
    ]);
  if (report.kind !== "checked" || report.predictions === 0) return;
  const { by, predictions, difference, otherClasses, taken } = report;
  session.say(
    `${by} predicts ${count(predictions, "sample row")} beside Netwright: numbers differ by ${Number(difference.toPrecision(2))} at most`,
  );
  const isOff = !(difference <= TOLERANCE) || otherClasses > 0;
  if (isOff || taken > 0)
    session.report([
      projectWarning(
        "NW0861",
        isOff
          ? `${by} predicts otherwise than Netwright`
          : `${by} predicts ${count(taken, "row")} that Netwright refuses`,
        [
          "Its numbers are rounded in another order, or the file is not what the model is. Tell us, with the run, where it is the latter.",
        ],
      ),
    ]);
}

/** What another engine needs to train the file; nothing is trained here. */
async function exportFile(session: Session, file: string, options: ExportOptions): Promise<CommandResult> {
  const { format, rows, allow } = options;
  if (format !== "stablehlo")
    return failed(session, [
      cliError(
        "NW0901",
        `\`${file}\` is a file, and \`--format ${format}\` takes the directory of a run`,
        "`netwright train` makes a run of it.",
      ),
    ]);
  if (rows !== undefined)
    return failed(session, [
      cliError("NW0901", "`--rows` goes with a run: a training has the rows of its batches"),
    ]);
  const read = await readProject(file, overridesOf(options), allow);
  if (!read.ok) return failed(session, read.diagnostics);
  const { project } = read;
  const backend = fromOutcome(await findBackend());
  const exported = backend.ok ? await guarded(() => exportTraining(project, backend.value)) : backend;
  const source = project.data?.query === undefined ? dataPath({ file, project }) : null;
  return writeExport(session, exported, options, [file, ...(source === null ? [] : [source])]);
}

async function writeExport(
  session: Session,
  exported: Checked<readonly TrainingFile[]>,
  { output, force = false }: ExportOptions,
  inputs: readonly string[],
): Promise<CommandResult> {
  if (!exported.ok) return failedWith(session, exported);
  session.report(exported.diagnostics, exported.sources);

  const files = exported.value;
  const placed = files.map(({ name, content }) => ({ path: join(output, name), content }));
  const rule = { force, inputs };
  const blocked = blockedOutputs(
    placed.map(({ path }) => path),
    rule,
  );
  if (blocked.length > 0) return failed(session, blocked);
  const noFolder = makeFolder(output);
  const problems = noFolder === null ? writeOutputs(placed, rule) : [noFolder];
  if (problems.length > 0) return failed(session, problems);
  const sizes = files.map(({ name, content }) => `${name} (${grouped(content.length)} bytes)`);
  session.say(`${listed(sizes)} in ${output}`);
  return done("", {});
}

/** An export is one model; of a study, each run is exported by itself. */
async function eachByItself(study: string): Promise<Checked<never>> {
  const read = await readStudyModels(study);
  if (!read.ok) return read;
  const { directory } = at(read.value.runs, 0);
  return reject([
    projectError(
      "NW0733",
      `the study \`${study}\` is ${count(read.value.runs.length, "model")}, and an export is one`,
      [
        `Export each run by itself, such as \`${directory}\`, and take the mean of what they predict.`,
        "Or predict here: `netwright predict` takes the study.",
      ],
      undefined,
    ),
  ]);
}

/** What is asked of the format, by its option on the command line. */
const FLAGS = {
  rows: "--rows",
  rawInput: "--raw-input",
  precision: "--precision",
  dialect: "--dialect",
} as const satisfies Readonly<Record<keyof FormatOptions, string>>;

function askedOf({ rows, rawInput, precision, dialect }: FormatOptions): FormatOptions {
  return {
    ...(rows === undefined ? {} : { rows }),
    ...(rawInput === undefined ? {} : { rawInput }),
    ...(precision === undefined ? {} : { precision }),
    ...(dialect === undefined ? {} : { dialect }),
  };
}

/** Those that go with other formats. */
function misplacedOptions(format: FormatName, asked: FormatOptions): readonly Diagnostic[] {
  const names = (["rows", "rawInput", "precision", "dialect"] as const).filter(
    (name) => asked[name] !== undefined,
  );
  return names
    .filter((name) => !exportFormats[format].options.includes(name))
    .map((name) => {
      const takers = Object.entries(exportFormats).flatMap(([other, { options }]) =>
        options.includes(name) ? [`\`--format ${other}\``] : [],
      );
      return cliError("NW0901", `\`${FLAGS[name]}\` goes with ${listed(takers)}`);
    });
}
