// A whole training for another engine, before its first step: the functions as StableHLO, the encoded rows, the order of each
// epoch, the state to begin with, and a manifest that says what is what. Whoever trains with it encodes, splits and shuffles nothing.

import { permutation, type RowStore, rowsAsTheyLie, rowsOf } from "@netwright/data";
import { grouped } from "@netwright/definitions";
import { feedsOf, type NamedValue, outputsOf, type StateVariable, saved } from "@netwright/ir";
import type { Diagnostic } from "@netwright/lang";
import {
  type Backend,
  backendProblem,
  type Checkpoint,
  compile,
  hashBytes,
  isBackendError,
  type NamedTensors,
  writeCheckpoint,
} from "@netwright/runtime";
import { fromRuntime } from "../../project/diagnostics.ts";
import type { Project } from "../../project/open-project.ts";
import { accept, type Checked, reject } from "../../project/result.ts";
import { initialWeights, weightsIn } from "../../training/initial-weights.ts";
import { planRun, type RunPlan } from "../../training/plan-run.ts";
import { checkTrainable, planProblems } from "../../training/run-training.ts";
import { sourceTexts, type Trainable } from "../../training/trained-run.ts";
import { trainingSplits } from "../../training/training-splits.ts";
import { VERSION } from "../../version.ts";
import { cannotExport, fusedElsewhere, UPDATING } from "../export-stablehlo.ts";
import { ELSEWHERE, MANIFEST } from "./format.ts";
import { type ArrayOf, type ExportedFunction, type ExportedRows, manifestText } from "./manifest.ts";
import { npyFile } from "./npy-file.ts";

/** Numbers, 2 GB of them: what fits into one array everywhere, beside its file. */
const LARGEST_ORDER = 2 ** 29;

export interface TrainingFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** `backend` draws the initial weights. Problems: those of a training, and NW0845. */
export async function exportTraining(
  project: Project,
  backend: Backend,
): Promise<Checked<readonly TrainingFile[]>> {
  const trainable = checkTrainable(project);
  if (!trainable.ok) return trainable;
  const { diagnostics, sources } = project;
  const { model, train, prepared } = trainable.value;
  const refuse = (...errors: readonly Diagnostic[]) => reject([...diagnostics, ...errors], sources);
  const initial = await initialWeights(model, project);
  if (!initial.ok) return refuse(...initial.diagnostics);
  const plan = await planRun(model, train, prepared, ELSEWHERE, project.catalog, initial.value);
  const problems = planProblems(plan, prepared).map((found) => fromRuntime(found, train.spans["train"]));
  const all = [...problems, ...cannotBeElsewhere(plan, trainable.value)];
  if (all.length > 0) return refuse(...all);
  try {
    const files = await filesOf(trainable.value, plan, await firstState(plan, train.seed, backend));
    return accept(files, diagnostics, sources);
  } catch (error) {
    if (!isBackendError(error)) throw error;
    return refuse(fromRuntime(backendProblem(error)));
  }
}

function cannotBeElsewhere({ watched }: RunPlan, { train, prepared }: Trainable): readonly Diagnostic[] {
  const refused = (why: string, setting: string, ...notes: readonly string[]) =>
    cannotExport(train, setting, why, ...notes);
  const { rows } = trainingSplits(prepared).train;
  const most = Math.floor(LARGEST_ORDER / rows);
  const { epochs, seeds = 1 } = train;
  return [
    ...(watched === null
      ? []
      : [
          refused(
            `\`${watched.schedule.name}\` sets the learning rate by the validation losses`,
            "optimizer",
            "That is computed here after each epoch, and no other engine has it.",
            "Give the optimizer a number, or a schedule that goes by the step, such as `cosine`.",
          ),
        ]),
    ...fusedElsewhere(train),
    ...(epochs <= most
      ? []
      : [
          refused(
            `the order of ${grouped(rows)} rows in ${grouped(epochs)} epochs is too long to be written`,
            "epochs",
            `It is written for each epoch. Take at most so many: \`--epochs ${most}\`.`,
          ),
        ]),
    ...(seeds === 1
      ? []
      : [
          refused(
            `the file asks for ${seeds} of them, \`seeds: ${seeds}\``,
            "seeds",
            "Export each by itself: `--set train.seeds=1 --seed N`, to a folder of its own.",
          ),
        ]),
  ];
}

/** Only `init` is compiled: the steps are for somebody else. */
async function firstState(
  { program, initial }: RunPlan,
  seed: number,
  backend: Backend,
): Promise<NamedTensors> {
  const drawing = { ...program, functions: program.functions.filter(({ kind }) => kind === "init") };
  const executable = await compile(backend, drawing, { threads: 1 });
  try {
    executable.init(seed);
    if (initial !== null) executable.writeState(weightsIn(program, initial));
    return executable.readState();
  } finally {
    executable.dispose();
  }
}

async function filesOf(
  { project, model, train, prepared }: Trainable,
  { program, hash, stop, initial }: RunPlan,
  state: NamedTensors,
): Promise<readonly TrainingFile[]> {
  // Imported when it is used: few programs export.
  const { printStablehlo } = await import("@netwright/stablehlo");
  const { name } = model;
  const utf8 = new TextEncoder();
  const files: TrainingFile[] = [];
  const file = (ending: string, content: Uint8Array): string => {
    files.push({ name: `${name}.${ending}`, content });
    return `${name}.${ending}`;
  };
  const functions = program.functions
    .filter(({ kind }) => kind !== "composite")
    .map((func): ExportedFunction => {
      const { kind, batch: rows, reads, writes } = func;
      const module = printStablehlo(program, func.name, { donate: UPDATING.has(kind) });
      const results = outputsOf(func).map(arrayOf);
      const text = file(`${func.name}.mlir`, utf8.encode(module));
      return { kind, rows, file: text, reads, feeds: feedsOf(func).map(arrayOf), writes, results };
    });
  // Of any number of rows: what a row has is the same for all. The seed that `init` takes is none of them.
  const feeds = functions.flatMap((each) => (each.kind === "init" ? [] : each.feeds));
  const rowsTo = (split: "train" | "validation"): ExportedRows =>
    rowsIn(rowsOf(trainingSplits(prepared)[split]), feeds, (field, content) =>
      file(`${split}.${field}.npy`, content),
    );
  const { train: training, validation } = trainingSplits(prepared);
  const shape = [train.epochs, training.rows];
  const checkpoint: Checkpoint = { ...BEFORE_ALL, state };
  const manifest = manifestText({
    netwright: VERSION,
    name,
    hash,
    seed: train.seed,
    epochs: train.epochs,
    batch: train.batch,
    accumulate: train.accumulate,
    stop: stop === null ? null : { patience: stop.patience, min_delta: stop.minDelta },
    state: program.state.map((variable) => ({
      ...arrayIn(variable),
      role: variable.role,
      saved: saved[variable.role],
    })),
    functions,
    rows: { train: rowsTo("train"), validation: validation.rows === 0 ? null : rowsTo("validation") },
    order: {
      file: file("order.npy", npyFile(orders(training.rows, train.seed, train.epochs), shape)),
      shape,
    },
    start: file("start.safetensors", writeCheckpoint({ run: hash.run, checkpoint }, program.state)),
    files: Object.fromEntries(files.map(({ name: part, content }) => [part, hashBytes(content)])),
    sources: sourceTexts(project.sources),
    overrides: Object.fromEntries(project.overrides.map(({ path, value }) => [path, value])),
    ...(initial === null ? {} : { initial: { hash: initial.hash, layers: initial.layers } }),
  });
  return [{ name: MANIFEST, content: utf8.encode(manifest) }, ...files];
}

const BEFORE_ALL: Omit<Checkpoint, "state"> = {
  epoch: 1,
  step: 0,
  lossSum: 0,
  seconds: 0,
  best: null,
  waited: 0,
  history: [],
};

function arrayOf({ name, value: { type } }: NamedValue): ArrayOf {
  return { name, dtype: type.dtype, shape: type.shape };
}

function arrayIn({ name, type }: StateVariable): ArrayOf {
  return { name, dtype: type.dtype, shape: type.shape };
}

/** Each field in the shape that a step takes it in, with all rows in the place of those of the step. */
function rowsIn(
  store: RowStore,
  feeds: readonly ArrayOf[],
  write: (field: string, content: Uint8Array) => string,
): ExportedRows {
  const data = rowsAsTheyLie(store, 0, store.rows);
  const fields = [...data].map(([name, numbers], place) => {
    const fed = feeds.find((feed) => feed.name === name);
    if (fed === undefined) throw new Error(`no function takes ${name}`);
    const shape = [store.rows, ...fed.shape.slice(1)];
    return { name, dtype: fed.dtype, shape, file: write(fieldFile(name, place), npyFile(numbers, shape)) };
  });
  return { rows: store.rows, fields };
}

/** A field may have the name of a column, which may be anything, such as `km/h`: its place tells two of them apart. */
function fieldFile(name: string, place: number): string {
  return /^\w{1,40}$/.test(name) ? `${place}.${name}` : String(place);
}

/** [epochs x rows]. */
function orders(rows: number, seed: number, epochs: number): Uint32Array {
  const all = new Uint32Array(epochs * rows);
  for (let epoch = 1; epoch <= epochs; epoch++) all.set(permutation(rows, seed, epoch), (epoch - 1) * rows);
  return all;
}
