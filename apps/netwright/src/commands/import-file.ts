// `netwright import FILE`: a model of another tool as a `.net` file and a run with its weights.

import { count, listNames } from "@netwright/definitions";
import type { Diagnostic, Sources } from "@netwright/lang";
import {
  accept,
  type Checked,
  checkImported,
  foreignFiles,
  type ImportedModel,
  type ImportReport,
  importModel,
  importWeights,
  NetwrightError,
  type Pixels,
  projectWarning,
  type ReaderName,
  readers,
  reject,
} from "netwright";
import { prose } from "../output/prose.ts";
import { readProject } from "../project/read-project.ts";
import { blockedOutputs, type OutputRule, writeOutput } from "../project/write-output.ts";
import { commandsText, predictCommand } from "../training/next-commands.ts";
import { saveRun, unwritable } from "../training/save-run.ts";
import { cliError } from "../usage/codes.ts";
import { EXIT } from "../usage/exit-code.ts";
import type { CommonOptions, ForceOption } from "../usage/options.ts";
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

export interface ImportFileOptions extends CommonOptions, ForceOption {
  readonly kind?: ReaderName;
  readonly name?: string;
  readonly columns?: readonly string[];
  readonly target?: readonly string[];
  readonly classes?: readonly string[];
  readonly logits?: boolean;
  readonly pixels?: Pixels;
  readonly steps?: number;
  readonly into?: string;
  readonly allow?: readonly string[];
  readonly output?: string;
  readonly out: string;
}

export async function importFile(
  session: Session,
  file: string,
  options: ImportFileOptions,
): Promise<CommandResult> {
  const { out, output, force = false } = options;
  const misuse = misuseOf(options);
  if (misuse !== null) return failed(session, [misuse]);
  const read = await foreignFiles(file, options.kind);
  if (!read.ok) return failedWith(session, read);
  const blocked = unwritable(out);
  if (blocked !== null) return failed(session, [blocked]);
  const { io } = session;
  const asked = { ...options, platform: io.platform };
  const imported =
    options.into === undefined
      ? await taken(read.value, asked)
      : await takenInto(options.into, read.value, asked);
  if (!imported.ok) return failedWith(session, imported);
  const { bundle, net, notes } = imported.value;
  // A file that the weights were taken into is there.
  const place = options.into ?? output ?? `${bundle.record.name}.net`;
  const rule: OutputRule = { force, inputs: [file] };
  const there = options.into === undefined ? blockedOutputs([place], rule) : [];
  if (there.length > 0) return failed(session, there);
  session.report(imported.diagnostics, imported.sources);
  const saved = await saveRun({ bundle, program: { state: [] } }, { folder: out }, io.folders);
  session.report(saved.diagnostics);
  const unwritten = options.into === undefined ? writeOutput(place, net, rule) : null;
  if (unwritten !== null) return failed(session, [unwritten]);
  for (const note of notes) session.say(note);
  const checked = await checkImported(imported.value, read.value);
  sayChecked(session, checked);
  return done(
    textOf(imported.value, place, saved.directory, session),
    jsonOf(imported.value, place, saved.directory, checked),
    saved.isInPlace ? EXIT.ok : EXIT.error,
  );
}

/** What goes with an import of another kind; null where all of it goes together. */
function misuseOf(options: ImportFileOptions): Diagnostic | null {
  for (const name of ["columns", "target", "classes"] as const)
    if (options[name]?.includes("") === true)
      return cliError("NW0901", `\`--${name}\` has an empty name`, "Names stand between commas: `a,b,c`.");
  if (options.into === undefined) return null;
  if (options.kind !== undefined && options.kind !== "safetensors")
    return cliError("NW0901", "`--into` goes with `.safetensors`", INTO);
  const others = (
    ["name", "output", "columns", "target", "classes", "logits", "pixels", "steps"] as const
  ).filter((name) => options[name] !== undefined);
  return others.length === 0
    ? null
    : cliError("NW0901", `\`--into\` goes without ${listNames(others.map((name) => `--${name}`))}`, INTO);
}

const INTO =
  "With `--into` the file that it names says what goes in and out; it is read, and stays as it is.";

async function taken(
  files: ReadonlyMap<string, Uint8Array>,
  options: ImportFileOptions & { readonly platform: Readonly<Record<string, string>> },
): Promise<Checked<ImportedModel>> {
  const { kind, name, columns, target, classes, logits, pixels, steps, platform } = options;
  const [only, another] = classes ?? [];
  const words = only === "none" && another === undefined ? "none" : classes;
  return caught(() =>
    importModel(files, {
      platform,
      ...(kind === undefined ? {} : { format: kind }),
      ...(name === undefined ? {} : { name }),
      ...(columns === undefined ? {} : { columns }),
      ...(target === undefined ? {} : { target }),
      ...(words === undefined ? {} : { classes: words }),
      ...(logits === undefined ? {} : { logits }),
      ...(pixels === undefined ? {} : { pixels }),
      ...(steps === undefined ? {} : { steps }),
    }),
  );
}

/** The network of the file, with the table that it names. */
async function takenInto(
  net: string,
  files: ReadonlyMap<string, Uint8Array>,
  { platform, allow }: ImportFileOptions & { readonly platform: Readonly<Record<string, string>> },
): Promise<Checked<ImportedModel>> {
  const read = await readProject(net, [], allow);
  if (!read.ok) return reject(read.diagnostics);
  const { project } = read;
  return caught(() => importWeights(files, project, { platform }), project.sources);
}

async function caught(
  work: () => Promise<ImportedModel>,
  sources?: Sources,
): Promise<Checked<ImportedModel>> {
  try {
    const model = await work();
    return accept(model, model.warnings, sources);
  } catch (error) {
    if (!(error instanceof NetwrightError)) throw error;
    return reject(error.diagnostics, error.sources);
  }
}

/** What is more than rounding. */
const TOLERANCE = 1e-5;

function sayChecked(session: Session, report: ImportReport): void {
  if (report.kind === "not installed")
    session.say(
      `not run in ${report.reader}, which is not here: \`${report.install}\` has the next import checked`,
    );
  if (report.kind !== "checked") return;
  const { by, rows, difference } = report;
  session.say(
    `${by} predicts ${count(rows, "sample row")} beside Netwright: numbers differ by ${Number(difference.toPrecision(2))} of the largest at most`,
  );
  if (difference <= TOLERANCE) return;
  session.report([
    projectWarning("NW0883", `${by} predicts otherwise than Netwright`, [
      "Numbers of a network that grow very large are rounded otherwise. Where that is not so, tell us, with the file.",
    ]),
  ]);
}

function textOf(
  { format, writer, bundle, own }: ImportedModel,
  place: string,
  directory: string | null,
  session: Session,
): string {
  // All that a script needs to go on.
  if (session.options.quiet) return directory === null ? "" : `${directory}\n`;
  const { colours } = session;
  const numbers = [...bundle.model.weights.values()].reduce((sum, { data }) => sum + data.length, 0);
  const from = writer === null ? readers[format].title : writer;
  const what = own
    ? `Read ${count(numbers, "weight")} of ${from}, which Netwright wrote: scaling, words and units are those of its run.`
    : `Read ${count(numbers, "weight")} of ${from}. It was not trained here: nothing is known of how well it predicts.`;
  const saved = directory === null ? "The run is not saved." : `Run: ${colours.bold(directory)}`;
  const canPredict = bundle.model.encoders !== null && directory !== null;
  const next = canPredict ? commandsText([predictCommand(directory, null, session)], session) : "";
  const none =
    bundle.model.encoders === null
      ? `No columns of a table can be its input: see \`${session.io.command} help docs/import.md#what-a-row-is\`.\n`
      : "";
  return `${prose(what, session.width)}\nFile: ${colours.bold(place)}\n${saved}\n${none}${next}`;
}

function jsonOf(
  { format, writer, bundle, own, notes }: ImportedModel,
  place: string,
  run: string | null,
  checked: ImportReport,
) {
  const { hash, name } = bundle.record;
  return {
    run,
    file: place,
    name,
    format,
    writer,
    own,
    predicts: bundle.model.encoders !== null,
    notes,
    checked:
      checked.kind === "checked"
        ? { by: checked.by, rows: checked.rows, difference: checked.difference }
        : null,
    hash: { ir: hash.ir, weights: hash.weights, run: hash.run },
  };
}
