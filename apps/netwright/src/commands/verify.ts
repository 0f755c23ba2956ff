// `netwright verify FILE|RUN`: trains a few steps on several backends from one state, and tells how far they are
// from the reference, and where they first leave it.

import { lower } from "@netwright/compiler";
import { feedsOf } from "@netwright/data";
import { count, hasError } from "@netwright/definitions";
import { type Program, sizeOf } from "@netwright/ir";
import type { Diagnostic } from "@netwright/lang";
import type { Backend, NamedTensors } from "@netwright/runtime";
import { Command, InvalidArgumentError } from "commander";
import { accept, type Checked, findBackend, fromOutcome, projectError, reject } from "netwright";
import { brief } from "../output/numbers.ts";
import { prose } from "../output/prose.ts";
import { renderTable } from "../output/table.ts";
import { guarded } from "../project/open-run.ts";
import { cliError } from "../usage/codes.ts";
import { EXIT, exitCodeFor } from "../usage/exit-code.ts";
import {
  type CommonOptions,
  type OverrideOptions,
  overridesOf,
  wholeNumber,
  withCommon,
  withOverrides,
  withPlugin,
} from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";
import { instrument } from "../verification/instrument.ts";
import { openVerified } from "../verification/open-verified.ts";
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
    .argument("<file-or-run>", "a .net file, or the directory of a run, from whose weights they begin")
    .option("-b, --backends <names>", "what to compare, separated by commas", names, ["jit"])
    .option("--steps <n>", "how many steps to train", wholeNumber(1, 1000), 3)
    .option("--tolerance <t>", "the largest difference, relative to the largest number", positive, 1e-4);
  return withCommon(
    withOverrides(withPlugin(command)),
    "verify concrete.net --backends wasm,native,reference",
  ).action((file: string, options: VerifyOptions) =>
    perform(options, (session) => verify(session, file, options)),
  );
}

async function verify(session: Session, file: string, options: VerifyOptions): Promise<CommandResult> {
  const opened = await openVerified(file, overridesOf(options), options.allow);
  if (!opened.ok) return failedWith(session, opened);
  const { project, weights } = opened.value;
  const { model, prepared, diagnostics, sources } = project;
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
  if (weights !== null && !fits(weights, program)) return failed(session, [OTHER_NETWORK]);
  const start = { seed: model.train.seed, weights };
  const compared = await guarded(() => compare(experiment, start, options, session));
  if (!compared.ok) return failedWith(session, compared);
  return conclude(compared.value, file, options, session);
}

/** One that was compared, or why it could not be. */
type Row =
  | { readonly name: string; readonly differences: Differences }
  | { readonly name: string; readonly problems: readonly Diagnostic[] };

interface Comparable {
  readonly name: string;
  readonly backend: Checked<Backend>;
}

/**
 * A run's table may have other words by now. That is seen where there are more or fewer of them; as many others fit, and the backends are then
 * compared on rows that mean something else to the network, which says no less of the backends.
 */
function fits(weights: NamedTensors, { state }: Program): boolean {
  const sizes = new Map(state.map(({ name, type }) => [name, sizeOf(type.shape)]));
  return [...weights].every(([name, { length }]) => sizes.get(name) === length);
}

const OTHER_NETWORK = projectError(
  "NW0841",
  "the weights of the run do not fit the network that its table gives now",
  ["Its words or columns have changed since. Name the `.net` file, and `verify` begins as its seed says."],
  undefined,
);

interface Start {
  readonly seed: number;
  /** In the place of those that the seed gives. */
  readonly weights: NamedTensors | null;
}

/** Of each backend that is named; one that cannot be used takes nothing from the others. */
async function compare(
  experiment: Experiment,
  { seed, weights }: Start,
  { backends, tolerance }: VerifyOptions,
  session: Session,
): Promise<Checked<readonly Row[]>> {
  const reference = fromOutcome(await findBackend("reference"));
  if (!reference.ok) return reference;
  const others: Comparable[] = [];
  for (const name of new Set(backends)) {
    if (name !== "reference") others.push({ name, backend: fromOutcome(await findBackend(name)) });
  }
  const unknown = others.flatMap(({ backend }) => (backend.ok ? [] : backend.diagnostics)).filter(isUnknown);
  if (unknown.length > 0) return reject(unknown);
  session.say(`Training ${count(experiment.steps, "step")} on reference`);
  const start = await using(reference.value, experiment.program, (executable) => {
    executable.init(seed);
    if (weights !== null) executable.writeState(weights);
    return executable.readState();
  });
  const expected = await tryBackend(reference.value, experiment, start);
  const rows: Row[] = [];
  for (const { name, backend } of others) {
    if (backend.ok) session.say(`Training ${count(experiment.steps, "step")} on ${name}`);
    const trial = backend.ok
      ? await guarded(async () => accept(await tryBackend(backend.value, experiment, start)))
      : backend;
    rows.push(
      trial.ok
        ? { name, differences: differencesOf(experiment, trial.value, expected, tolerance) }
        : { name, problems: trial.diagnostics },
    );
  }
  return accept(rows);
}

/** A name that no backend has is a slip of the pen, for which nothing is trained. */
function isUnknown({ code }: Diagnostic): boolean {
  return code === "NW0810";
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
    rows.map((row) =>
      "problems" in row
        ? [row.name, "", "", "", "", "not usable"]
        : [
            row.name,
            brief(row.differences.loss),
            brief(row.differences.gradients),
            brief(row.differences.weights),
            brief(row.differences.predictions),
            place(row.differences),
          ],
    ),
    session,
  );
  const isBeyond = ({ loss, gradients, weights, predictions, first }: Differences): boolean =>
    first !== undefined || ![loss, gradients, weights, predictions].every((each) => each <= tolerance);
  const problems = rows.flatMap((row) => ("problems" in row ? row.problems : []));
  const beyond = rows.flatMap((row) => {
    if ("problems" in row || !isBeyond(row.differences)) return [];
    const { first } = row.differences;
    return [
      cliError(
        "NW0904",
        `the backend ${row.name} differs from the reference by more than ${tolerance}`,
        ...(first === undefined ? [] : [`The first result that far off: ${place(row.differences)}.`]),
      ),
    ];
  });
  session.report([...problems, ...beyond]);
  const compared = rows.filter((row) => !("problems" in row));
  const note = `Differences after ${count(steps, "step")}, relative to the largest number of each tensor; at most ${tolerance} is allowed.`;
  const text =
    compared.length === 0 && problems.length > 0 ? "" : `${table}\n${prose(note, session.width)}\n`;
  const backends = rows.map((row) =>
    "problems" in row
      ? { name: row.name, usable: false, passed: false, reason: reasonIn(row.problems) }
      : { ...shown(row), usable: true, passed: !isBeyond(row.differences) },
  );
  const exit = beyond.length > 0 ? EXIT.error : problems.length > 0 ? exitCodeFor(problems) : EXIT.ok;
  return done(text, { file, tolerance, steps, backends }, exit);
}

/** Without the variable that a result is watched in, which is of this comparison alone. */
function shown({
  name,
  differences: { first, ...differences },
}: Row & { readonly differences: Differences }) {
  const place = first === undefined ? {} : { first: { layer: first.layer, op: first.op } };
  return { name, differences: { ...differences, ...place } };
}

function reasonIn(problems: readonly Diagnostic[]): string {
  return problems.flatMap(({ message, notes }) => [message, ...notes]).join(" ");
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
