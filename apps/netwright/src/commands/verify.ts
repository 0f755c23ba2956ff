// `netwright verify FILE`: trains a few steps on several backends from one state, and tells how far they are
// from the reference, and where they first leave it.

import { lower } from "@netwright/compiler";
import { feedsOf } from "@netwright/data";
import { count, hasError } from "@netwright/definitions";
import type { Backend } from "@netwright/runtime";
import { Command, InvalidArgumentError } from "commander";
import { accept, type Checked, findBackend, fromOutcome, reject } from "netwright";
import { brief } from "../output/numbers.ts";
import { prose } from "../output/prose.ts";
import { renderTable } from "../output/table.ts";
import { guarded } from "../project/open-run.ts";
import { readProject } from "../project/read-project.ts";
import { cliError } from "../usage/codes.ts";
import { EXIT } from "../usage/exit-code.ts";
import {
  type CommonOptions,
  type OverrideOptions,
  overridesOf,
  wholeNumber,
  withCommon,
  withOverrides,
} from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";
import { instrument } from "../verification/instrument.ts";
import {
  type Differences,
  differencesOf,
  type Experiment,
  tryBackend,
  using,
} from "../verification/verify-backend.ts";

type VerifyOptions = CommonOptions &
  OverrideOptions & {
    readonly backends: readonly string[];
    readonly steps: number;
    readonly tolerance: number;
  };

export function verifyCommand(perform: Perform): Command {
  const command = new Command("verify")
    .description("Trains a few steps on several backends and compares them with the reference")
    .argument("<file>", "a .net file")
    .option("-b, --backends <names>", "what to compare, separated by commas", names, ["jit"])
    .option("--steps <n>", "how many steps to train", wholeNumber(1, 1000), 3)
    .option("--tolerance <t>", "the largest difference, relative to the largest number", positive, 1e-4);
  return withCommon(withOverrides(command), "verify concrete.net --backends wasm,native,reference").action(
    (file: string, options: VerifyOptions) => perform(options, (session) => verify(session, file, options)),
  );
}

async function verify(session: Session, file: string, options: VerifyOptions): Promise<CommandResult> {
  const read = await readProject(file, overridesOf(options), options.allow);
  if (!read.ok) return failed(session, read.diagnostics);
  const { model, prepared, diagnostics, sources } = read.project;
  if (model === undefined || prepared === undefined || model.train === null) {
    const missing = hasError(diagnostics)
      ? diagnostics
      : [...diagnostics, cliError("NW0901", "`verify` needs a file with data and a train section")];
    return failed(session, missing, sources);
  }
  session.report(diagnostics, sources);
  const { train } = prepared.splits;
  const rows = Math.min(model.train.batch, train.rows);
  const program = lower(model, { step: [rows], stepsPerEpoch: 1, predict: [rows] });
  const experiment: Experiment = {
    program,
    instrumented: instrument(program, rows),
    batch: { rows, feeds: feedsOf(train, 0, rows) },
    steps: options.steps,
  };
  const compared = await guarded(() => compare(experiment, model.train?.seed ?? 0, options, session));
  if (!compared.ok) return failedWith(session, compared);
  return conclude(compared.value, file, options, session);
}

interface Row {
  readonly name: string;
  readonly differences: Differences;
}

async function compare(
  experiment: Experiment,
  seed: number,
  { backends, tolerance }: VerifyOptions,
  session: Session,
): Promise<Checked<readonly Row[]>> {
  const found: { name: string; backend: Backend }[] = [];
  const wanted = [...new Set(["reference", ...backends])];
  for (const name of wanted) {
    const backend = fromOutcome(await findBackend(name));
    if (!backend.ok) return reject(backend.diagnostics);
    found.push({ name, backend: backend.value });
  }
  const [first, ...others] = found;
  if (first === undefined) return accept([]);
  session.say(`Training ${experiment.steps} steps on reference`);
  const start = await using(first.backend, experiment.program, (executable) => {
    executable.init(seed);
    return executable.readState();
  });
  const reference = await tryBackend(first.backend, experiment, start);
  const rows: Row[] = [];
  for (const { name, backend } of others) {
    session.say(`Training ${experiment.steps} steps on ${name}`);
    const trial = await tryBackend(backend, experiment, start);
    rows.push({ name, differences: differencesOf(experiment, trial, reference, tolerance) });
  }
  return accept(rows);
}

function conclude(
  rows: readonly Row[],
  file: string,
  { tolerance, steps }: VerifyOptions,
  session: Session,
): CommandResult {
  const place = ({ first }: Differences): string =>
    first === undefined ? "" : `${first.layer === "" ? "" : `${first.layer}: `}${first.op}`;
  const table = renderTable(
    [
      { title: "backend" },
      { title: "loss", align: "right" },
      { title: "gradients", align: "right" },
      { title: "weights", align: "right" },
      { title: "predictions", align: "right" },
      { title: "first beyond" },
    ],
    rows.map(({ name, differences }) => [
      name,
      brief(differences.loss),
      brief(differences.gradients),
      brief(differences.weights),
      brief(differences.predictions),
      place(differences),
    ]),
    session,
  );
  const isBeyond = ({ differences: { loss, gradients, weights, predictions, first } }: Row): boolean =>
    first !== undefined || ![loss, gradients, weights, predictions].every((each) => each <= tolerance);
  const beyond = rows.filter(isBeyond);
  session.report(
    beyond.map(({ name, differences }) => {
      const where = place(differences);
      return cliError(
        "NW0904",
        `the backend ${name} differs from the reference by more than ${tolerance}`,
        ...(where === "" ? [] : [`It first does in ${where}.`]),
      );
    }),
  );
  const note = `Differences after ${count(steps, "step")}, relative to the largest number of each tensor; at most ${tolerance} is allowed.`;
  const json = { file, tolerance, steps, backends: rows.map((row) => ({ ...row, passed: !isBeyond(row) })) };
  return done(`${table}\n${prose(note, session.width)}\n`, json, beyond.length === 0 ? EXIT.ok : EXIT.error);
}

function names(text: string): readonly string[] {
  const list = text.split(",").map((name) => name.trim());
  if (list.every((name) => name !== "")) return list;
  throw new InvalidArgumentError("Expected names separated by commas, such as wasm,native,reference.");
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Expected a positive number, such as 1e-4.");
}
