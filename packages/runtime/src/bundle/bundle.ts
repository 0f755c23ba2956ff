// A run as a whole and the files that hold it. Pure: where the files are kept is the caller's matter, a
// directory (`@netwright/runtime/node`) or anything else.

import { count, dictionary, object, optional, text } from "@netwright/definitions/json";
import type { StateVariable } from "@netwright/ir";
import { hashText } from "../hash/hash.ts";
import { decodeText, readJson } from "../json/read-json.ts";
import { fail, type Outcome, problem, type RuntimeProblem, succeed } from "../problem/problem.ts";
import { readSealedCheckpoint, type SavedCheckpoint, writeCheckpoint } from "./checkpoint-file.ts";
import { migrate, versionProblem } from "./format-version.ts";
import { readHistory, writeHistory } from "./history-file.ts";
import { misfits } from "./misfits.ts";
import { readSealedModel, writeModelFile } from "./model-file.ts";
import { plainText, readRecordFile, writeRecordFile } from "./record-file.ts";
import type { RunBundle } from "./run-bundle.ts";
import { largestRunFile, type RunFiles, runFileNames } from "./run-files.ts";
import { sealIn } from "./sealed-tensors.ts";

/**
 * `variables` is the state of the program; it gives the shapes of a checkpoint's tensors. A checkpoint that is larger than what is read
 * is left out: with it, the weights could not be read, either.
 */
export function bundleToFiles(bundle: RunBundle, variables: readonly StateVariable[]): RunFiles {
  const {
    model: modelName,
    record: recordName,
    history: historyName,
    checkpoint: checkpointName,
  } = runFileNames;
  const encoder = new TextEncoder();
  const model = writeModelFile(bundle.model);
  const history = writeHistory(bundle.history);
  const checkpoint =
    bundle.checkpoint === null || isTooLarge(bundle.checkpoint)
      ? null
      : writeCheckpoint(bundle.checkpoint, variables);
  const record = writeRecordFile(bundle.record, {
    [modelName]: sealIn(model),
    [historyName]: hashText(history),
    ...(checkpoint === null ? {} : { [checkpointName]: sealIn(checkpoint) }),
  });
  const files = new Map<string, Uint8Array>([
    [modelName, model],
    [recordName, encoder.encode(record)],
    [historyName, encoder.encode(history)],
  ]);
  if (checkpoint !== null) files.set(checkpointName, checkpoint);
  return files;
}

/** Looked at before it is written, as there may be no memory for it. */
function isTooLarge({ checkpoint: { state, best, history } }: SavedCheckpoint): boolean {
  const tensors = [...state.values(), ...(best?.weights.values() ?? [])];
  const bytes = tensors.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return bytes + HEADER_BYTES + history.length * LINE_BYTES > largestRunFile.checkpoint;
}

/** More than names and shapes take, and a line of the history. */
const HEADER_BYTES = 2 ** 20;
const LINE_BYTES = 256;

/** Problems: NW0821 to NW0829, of all files at once. */
export function filesToBundle(given: RunFiles): Outcome<RunBundle> {
  // A newer format may have other files.
  const version = given.has(runFileNames.record) ? readPart(given, runFileNames.record, readVersion) : null;
  if (version?.ok === true) {
    const { format, versions } = version.value;
    const unsupported = versionProblem(format, `\`${runFileNames.record}\``, versions?.["netwright"]);
    if (unsupported !== null) return fail(unsupported);
  }
  const missing = [runFileNames.model, runFileNames.record, runFileNames.history].filter(
    (name) => !given.has(name),
  );
  if (version === null || missing.length > 0) return fail(...missing.map(missingFile));
  if (!version.ok) return version;
  const files = migrate(given, version.value.format);
  if (!files.ok) return files;

  const record = readPart(files.value, runFileNames.record, readRecordFile);
  const lines = readPart(files.value, runFileNames.history, (text) => succeed(text));
  const history = lines.ok ? readHistory(lines.value, runFileNames.history) : lines;
  const model = readSealedModel(files.value.get(runFileNames.model) ?? new Uint8Array(), runFileNames.model);
  const saved = files.value.get(runFileNames.checkpoint);
  const checkpoint =
    saved === undefined ? succeed(null) : readSealedCheckpoint(saved, runFileNames.checkpoint);
  if (!(record.ok && lines.ok && history.ok && model.ok && checkpoint.ok)) {
    const parts: readonly Outcome<unknown>[] = [model, record, history, checkpoint];
    return fail(...parts.flatMap((outcome) => (outcome.ok ? [] : outcome.problems)));
  }
  const bundle: RunBundle = {
    model: model.value.model,
    record: record.value.record,
    history: history.value,
    checkpoint: checkpoint.value?.saved ?? null,
  };
  const strangers = misfits(bundle, record.value.files, {
    formats: [model.value, ...(checkpoint.value === null ? [] : [checkpoint.value])].map(
      ({ format }) => format,
    ),
    [runFileNames.model]: model.value.seal,
    [runFileNames.history]: hashText(plainText(lines.value)),
    [runFileNames.checkpoint]: checkpoint.value?.seal ?? null,
  });
  return strangers.length === 0 ? succeed(bundle) : fail(...strangers);
}

const versionReader = object<{ readonly format: number; readonly versions?: Record<string, string> }>({
  format: count,
  // Only to say which release reads it.
  versions: (value, where, complain) =>
    typeof value === "object" ? optional(dictionary(text))(value ?? undefined, where, complain) : undefined,
});

function readVersion(json: string, where: string) {
  return readJson(json, versionReader, where);
}

function readPart<T>(
  files: RunFiles,
  name: string,
  read: (text: string, where: string) => Outcome<T>,
): Outcome<T> {
  const text = decodeText(files.get(name) ?? new Uint8Array(), `\`${name}\``);
  return text.ok ? read(text.value, `\`${name}\``) : text;
}

function missingFile(name: string): RuntimeProblem {
  return problem(
    "NW0821",
    `The run has no \`${name}\`.`,
    `A run holds \`${runFileNames.model}\`, \`${runFileNames.record}\` and \`${runFileNames.history}\`; restore the file, or train again.`,
  );
}
