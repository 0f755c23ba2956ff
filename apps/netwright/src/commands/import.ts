// `netwright import FOLDER`: a training that was exported and done by JAX, as a run; and `netwright import FILE`, a model of another tool.

import { join } from "node:path";
import { Command, Option } from "commander";
import { findBackend, fromOutcome, importTrained, PIXELS, readers, readTraining } from "netwright";
import { pathKind } from "../project/path-kind.ts";
import { readAgain } from "../project/read-again.ts";
import { dataPath } from "../training/next-commands.ts";
import { saveRun, unwritable } from "../training/save-run.ts";
import { trainingExit, trainingJson, trainingText } from "../training/training-report.ts";
import { cliError } from "../usage/codes.ts";
import { EXIT } from "../usage/exit-code.ts";
import { wholeNumber, withAllow, withCommon, withForce, withQuiet } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";
import { type ImportFileOptions, importFile } from "./import-file.ts";

interface ImportOptions extends ImportFileOptions {
  readonly checkpoint?: string;
  readonly allow?: readonly string[];
}

export function importCommand(perform: Perform): Command {
  const command = new Command("import")
    .description("Takes a model of another tool, or a training that was exported and done by JAX, into a run")
    .argument(
      "<file>",
      `a model of ${Object.values(readers)
        .map(({ title, endings }) => `${title} (${endings.join(", ")})`)
        .join(", ")}; or where \`netwright export FILE.net --format stablehlo\` has put a training`,
    )
    .argument("[net]", "with a folder: the .net file, where it or its table has moved since")
    .addOption(
      new Option("--kind <format>", "with a file: its format, where its name does not say it").choices(
        Object.keys(readers),
      ),
    )
    .option("--name <name>", "with a file: of the model (default: that of the file)")
    .option("--columns <names>", "with a file: names of what it takes, separated by commas", listOf)
    .option("--target <names>", "with a file: names of what it predicts", listOf)
    .option(
      "--classes <words>",
      "with a file: the words of its classes in their order; `none` where it predicts numbers",
      listOf,
    )
    .option(
      "--logits",
      "with a file: its numbers are those of classes before a softmax, which its loss had, as in PyTorch",
    )
    .addOption(
      new Option(
        "--pixels <scale>",
        "with a file: its image is pictures, scaled to 0 to 1, to -1 to 1, or not at all, where no layer says so",
      ).choices([...PIXELS]),
    )
    .option(
      "--steps <number>",
      "with a file: steps of a sequence, where the model takes any number",
      wholeNumber(1, 2 ** 20),
    )
    .option(
      "--into <file>",
      "with `.safetensors`: the .net file of the network that has these weights, where they have no layers beside them",
    )
    .option("-o, --output <file>", "with a file: the .net file to write (default: NAME.net)")
    .option("--checkpoint <file>", "with a folder: what was trained (default: checkpoint.safetensors in it)")
    .option("--out <folder>", "where runs are saved", "runs");
  return withCommon(
    withQuiet(withForce(withAllow(command)), "no tables: prints the directory of the run and nothing else"),
    "import model.keras --columns age,height --out runs",
  ).action((place: string, file: string | undefined, options: ImportOptions) =>
    perform(options, (session) => {
      if (pathKind(place) === "directory") return importFolder(session, place, file, options);
      return file === undefined && options.checkpoint === undefined
        ? importFile(session, place, options)
        : failed(session, [
            cliError(
              "NW0901",
              `a second file and \`--checkpoint\` go with the folder of an exported training, and \`${place}\` is a file`,
              "`--output` names the .net file to write, `--into` one that has the layers.",
            ),
          ]);
    }),
  );
}

/** `a,b,c`; blanks around names are none of theirs. */
function listOf(text: string): readonly string[] {
  return text.split(",").map((name) => name.trim());
}

async function importFolder(
  session: Session,
  folder: string,
  file: string | undefined,
  { checkpoint, out, allow = [] }: ImportOptions,
): Promise<CommandResult> {
  const read = await readTraining(folder, checkpoint);
  if (!read.ok) return failedWith(session, read);
  const { manifest, trained } = read.value;
  // As a run beside the folder that the file is in.
  const opened = await readAgain(manifest, join(folder, manifest.name), { file, remedy: MOVED, allow });
  if (!opened.ok) return failedWith(session, opened);
  const { project } = opened.value;
  const blocked = unwritable(out);
  if (blocked !== null) return failed(session, [...project.diagnostics, blocked], project.sources);
  const { io } = session;
  const backend = fromOutcome(await findBackend());
  const imported = backend.ok
    ? await importTrained(project, manifest, trained, { backend: backend.value, platform: io.platform })
    : backend;
  if (!imported.ok) return failedWith(session, imported);
  const run = imported.value;
  session.report(imported.diagnostics, imported.sources);
  const { directory, isInPlace, diagnostics } = await saveRun(run, { folder: out }, io.folders);
  session.report(run.findings, project.sources);
  session.report(diagnostics);
  return done(
    trainingText(run, directory, dataPath(opened.value), session),
    trainingJson(run, directory, io.now() / 1000),
    isInPlace ? trainingExit(run) : EXIT.error,
  );
}

const MOVED =
  "If the `.net` file and its data have moved, say where they are: `netwright import FOLDER FILE`.";
