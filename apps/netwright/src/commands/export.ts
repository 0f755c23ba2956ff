// `netwright export RUN --format wasm`: a trained model as files that predict without Netwright.

import { join } from "node:path";
import { at, count, grouped, listed } from "@netwright/definitions";
import { readRun } from "@netwright/runtime/node";
import { Command, Option } from "commander";
import {
  type Checked,
  exportRun,
  fromOutcome,
  isStudy,
  projectError,
  readStudyModels,
  reject,
  type WasmExport,
} from "netwright";
import { guarded, runFiles } from "../project/open-run.ts";
import { blockedOutputs, makeFolder, writeOutputs } from "../project/write-output.ts";
import { type CommonOptions, type ForceOption, withBasics, withForce, withQuiet } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

type ExportOptions = Omit<CommonOptions, "format"> &
  ForceOption & {
    readonly format: "wasm";
    readonly output: string;
  };

export function exportCommand(perform: Perform): Command {
  const command = new Command("export")
    .description("Writes a trained model as files that predict without Netwright")
    .argument("<run>", "the directory of a run")
    .addOption(
      new Option("--format <format>", "`wasm`: a WebAssembly module, and an ES module with types around it")
        .choices(["wasm"])
        .default("wasm"),
    )
    .option("-o, --output <directory>", "where to write them; it is made if it is not there", ".");
  return withBasics(
    withQuiet(withForce(command), "nothing but problems"),
    "export runs/concrete-1a2b3c4d5e6f --format wasm --output web",
  ).action((run: string, options: ExportOptions) =>
    perform({ ...options, format: "text" }, (session) => exportModel(session, run, options)),
  );
}

async function exportModel(session: Session, run: string, options: ExportOptions): Promise<CommandResult> {
  const { output, force = false } = options;
  if (await isStudy(run)) return failedWith(session, await eachByItself(run));
  const bundle = fromOutcome(await readRun(run));
  if (!bundle.ok) return failedWith(session, bundle);
  const exported = await guarded(() => exportRun(bundle.value));
  if (!exported.ok) return failedWith(session, exported);
  session.report(exported.diagnostics, exported.sources);

  const files = filesOf(exported.value);
  const placed = files.map(({ name, content }) => ({ path: join(output, name), content }));
  const rule = { force, inputs: runFiles(run) };
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

interface File {
  readonly name: string;
  readonly content: Uint8Array;
}

function filesOf({ name, wasm, js, types }: WasmExport): readonly File[] {
  const encoder = new TextEncoder();
  return [
    { name: `${name}.wasm`, content: wasm },
    { name: `${name}.mjs`, content: encoder.encode(js) },
    { name: `${name}.d.mts`, content: encoder.encode(types) },
  ];
}
