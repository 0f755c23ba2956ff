// `netwright import FOLDER`: a training that was exported and done by JAX, as a run.

import { join } from "node:path";
import { Command } from "commander";
import { findBackend, fromOutcome, importTrained, readTraining } from "netwright";
import { readAgain } from "../project/read-again.ts";
import { dataPath } from "../training/next-commands.ts";
import { saveRun, unwritable } from "../training/save-run.ts";
import { trainingExit, trainingJson, trainingText } from "../training/training-report.ts";
import { EXIT } from "../usage/exit-code.ts";
import { type CommonOptions, withAllow, withCommon, withQuiet } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

interface ImportOptions extends CommonOptions {
  readonly checkpoint?: string;
  readonly out: string;
  readonly allow?: readonly string[];
}

export function importCommand(perform: Perform): Command {
  const command = new Command("import")
    .description("Takes the weights of a training that was exported and done by JAX into a run")
    .argument("<folder>", "where `netwright export FILE.net --format stablehlo` has put it")
    .argument("[file]", "the .net file, where it or its table has moved since")
    .option("--checkpoint <file>", "what was trained (default: checkpoint.safetensors in the folder)")
    .option("--out <folder>", "where runs are saved", "runs");
  return withCommon(
    withQuiet(withAllow(command), "no tables: prints the directory of the run and nothing else"),
    "import training --out runs",
  ).action((folder: string, file: string | undefined, options: ImportOptions) =>
    perform(options, (session) => importFolder(session, folder, file, options)),
  );
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
