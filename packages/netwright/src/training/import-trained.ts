// The weights of a training that was exported and done by another engine, taken into a run: what is left to do after the last
// step is done here, so that metrics, intervals and thresholds are those of any run. It is told as trained by that engine.

import { listed } from "@netwright/definitions";
import {
  complaintsText,
  dictionary,
  object,
  type Reader,
  readText,
  text,
  where,
  word,
} from "@netwright/definitions/json";
import type { Diagnostic } from "@netwright/lang";
import {
  type Backend,
  type BackendInfo,
  type Checkpoint,
  hasStopped,
  readSealedCheckpoint,
  type SavedCheckpoint,
} from "@netwright/runtime";
import { ELSEWHERE } from "../export/training/format.ts";
import type { ReadManifest } from "../export/training/read-manifest.ts";
import { fromRuntime, projectError } from "../project/diagnostics.ts";
import type { Project } from "../project/open-project.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { VERSION } from "../version.ts";
import { checkpointBundle, trainedFor } from "./checkpoints.ts";
import { initialWeights } from "./initial-weights.ts";
import { planRun, type RunPlan } from "./plan-run.ts";
import { checkTrainable, runTraining } from "./run-training.ts";
import type { TrainedRun } from "./trained-run.ts";

/** What has trained. */
interface Engine {
  /** Of JAX and its parts. */
  readonly versions: Readonly<Record<string, string>>;
  /** Devices that shared each batch: sums have another order with another number. */
  readonly devices: number;
  /** As `cpu`. */
  readonly platform: string;
}

export interface TrainedElsewhere {
  readonly saved: SavedCheckpoint;
  readonly engine: Engine;
}

const ENGINE = "netwright.engine";
/** A few letters and digits: it is shown, and part of the hash. */
const isShort = (value: string) => /^[ -~]{1,60}$/.test(value);
const short = where(text, "a text of up to 60 characters of ASCII", isShort);
const engineReader: Reader<Engine> = object<Engine>({
  versions: where(dictionary(short), "up to 20 versions with names as short", (versions) => {
    const names = Object.keys(versions);
    return names.length <= 20 && names.every(isShort);
  }),
  devices: word,
  platform: short,
});

/** Problems: NW0822 to NW0829. */
export function readTrained(bytes: Uint8Array, file: string): Checked<TrainedElsewhere> {
  const opened = readSealedCheckpoint(bytes, file);
  if (!opened.ok) return reject(opened.problems.map((found) => fromRuntime(found)));
  const { saved, metadata } = opened.value;
  const engine = readText(metadata[ENGINE] ?? "", engineReader);
  if (engine?.ok === true) return accept({ saved, engine: engine.value });
  const why = engine === null ? "it is not JSON" : complaintsText(engine.complaints, engine.more);
  return reject([
    fromRuntime({
      code: "NW0826",
      message: `\`${file}\` does not say what has trained: of \`${ENGINE}\`, ${why}.`,
      notes: ["It is written by `python -m netwright_jax train FOLDER`."],
    }),
  ]);
}

export interface ImportOptions {
  /** What evaluates; the weights stay as they are. */
  readonly backend: Backend;
  readonly platform?: Readonly<Record<string, string>>;
  readonly now?: () => number;
}

/** `project` is that of the manifest's sources as it is now. Problems: NW0847, NW0849, those of a training and of a checkpoint. */
export async function importTrained(
  project: Project,
  manifest: ReadManifest,
  { saved, engine }: TrainedElsewhere,
  { backend, ...others }: ImportOptions,
): Promise<Checked<TrainedRun>> {
  const trainable = checkTrainable(project);
  if (!trainable.ok) return trainable;
  const { model, train, prepared } = trainable.value;
  const refuse = (...errors: readonly Diagnostic[]) =>
    reject([...project.diagnostics, ...errors], project.sources);
  // A run that it began with is in the state by now, and need not be there any more.
  const initial = await initialWeights(model, project, manifest);
  if (!initial.ok) return refuse(...initial.diagnostics);
  const planned = (by: Pick<Backend, "describe">): Promise<RunPlan> =>
    planRun(model, train, prepared, by, project.catalog, initial.value);
  const exported = await planned(ELSEWHERE);
  const other = otherTraining(exported, manifest, saved);
  if (other !== null) return refuse(other);
  const early = notDone(exported, train.epochs, saved.checkpoint);
  if (early !== null) return refuse(early);
  const by = trainedBy(backend, engine);
  const plan = await planned(by);
  const { checkpoint } = saved;
  const at = checkpointBundle(trainable.value, plan, await by.describe(), checkpoint, others.platform);
  const resume = { ...at, checkpoint: { run: plan.hash.run, checkpoint } };
  const run = await runTraining(project, { backend: by, plan, resume, ...others });
  if (!run.ok) return run;
  // What took time was the training, and that was there.
  const { bundle, ...more } = run.value;
  const record = { ...bundle.record, seconds: { ...bundle.record.seconds, train: trainedFor(checkpoint) } };
  return accept({ ...more, bundle: { ...bundle, record } }, run.diagnostics, run.sources);
}

function otherTraining(
  { hash }: RunPlan,
  manifest: ReadManifest,
  { run }: SavedCheckpoint,
): Diagnostic | null {
  const another = (message: string, ...notes: readonly string[]) =>
    projectError("NW0847", message, notes, undefined);
  if (run !== manifest.hash.run)
    return another(
      "the checkpoint is of another exported training than the folder",
      "Give the one that was trained from this folder: `--checkpoint FILE`.",
    );
  if (hash.run === manifest.hash.run) return null;
  const what = [
    ...(manifest.netwright === VERSION ? [] : [`Netwright was ${manifest.netwright} and is ${VERSION}`]),
    ...(hash.data === manifest.hash.data ? [] : ["the rows are others"]),
    ...(hash.ir === manifest.hash.ir ? [] : ["the program is another one"]),
  ];
  return another(
    `the exported training is another one now: ${listed(what, what.length) || "a setting is another one"}`,
    "Restore the file, its table and the version that it was exported with, or export and train anew.",
  );
}

function notDone({ stop }: RunPlan, epochs: number, { epoch, step, waited }: Checkpoint): Diagnostic | null {
  if (epoch > epochs || (stop !== null && hasStopped(stop, { waited }))) return null;
  return projectError(
    "NW0849",
    `the training is not done: it has come to step ${step} of epoch ${epoch} of ${epochs}`,
    ["`python -m netwright_jax train FOLDER` goes on with it."],
    undefined,
  );
}

/** Evaluates as `backend` does, and is told as what has trained. */
function trainedBy(backend: Backend, { versions, devices, platform }: Engine): Backend {
  const info: BackendInfo = {
    name: "jax",
    // The bits of a training go by the number of devices as they go by versions.
    versions: { ...versions, devices: String(devices) },
    threads: 1,
    simd: true,
    device: platform,
    deterministic: false,
  };
  return {
    name: backend.name,
    supports: (op) => backend.supports(op),
    load: (program, options) => backend.load(program, options),
    describe: async () => info,
  };
}
