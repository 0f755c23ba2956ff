// The public API in browsers: texts and data are handed in, runs are files in memory.

import { type Backend, bundleToFiles, filesToBundle, type Outcome, type RunFiles } from "@netwright/runtime";
import { fromOutcome, type TrainedModel, type TrainOptions, trainWith } from "../api/train.ts";
import { type LoadOptions, type UsableModel, usableModel } from "../api/usable-model.ts";
import { type BackendChoice, findBackendIn, portableBackends } from "../backends/registry.ts";
import { memoryFiles } from "../files/files.ts";
import { valueOrThrow } from "../netwright-error.ts";

export * from "../index.ts";

/** A known backend, `auto`, the package of a third party, or a backend. Problems: NW0810 to NW0814. */
export function findBackend(choice?: BackendChoice): Promise<Outcome<Backend>> {
  return findBackendIn(backends, choice);
}

/** A page has what was bundled for it, and nothing by its name. */
const backends = portableBackends.map((entry) =>
  entry.load === undefined
    ? { ...entry, afterInstall: "Then import its `backend` and hand it in: `{ backend }`." }
    : entry,
);

export interface BrowserTrainOptions extends TrainOptions {
  /** Texts that the source names, by path: its data, and files that it uses. */
  readonly files?: ReadonlyMap<string, string>;
}

export interface DownloadableModel extends TrainedModel {
  /** The files of the run by name, to offer for download or to keep; `load` takes them. */
  readonly files: () => RunFiles;
}

/**
 * Trains a model from the text of a `.net` file.
 * @throws NetwrightError with every diagnostic when the text, the data or the training is at fault
 */
export async function train(source: string, options: BrowserTrainOptions = {}): Promise<DownloadableModel> {
  const platform = { files: memoryFiles(options.files ?? new Map()), findBackend, versions: {} };
  const { model, run } = await trainWith({ file: "model.net", text: source }, platform, options);
  return { ...model, files: () => bundleToFiles(run.bundle, run.program.state) };
}

/** A run from its files. Opened when it is first used: `await load(files).predict(record)`. */
export function load(files: RunFiles, options: LoadOptions = {}): UsableModel {
  return usableModel(async () => {
    const bundle = valueOrThrow(fromOutcome(filesToBundle(files)));
    const backend = valueOrThrow(fromOutcome(await findBackend(options.backend)));
    return { file: bundle.model, backend, threads: options.threads };
  });
}
