// A run as a whole and the files that hold it. Pure: where the files are kept is the caller's matter, a
// directory (`@netwright/runtime/node`) or anything else.

import type { StateVariable } from "@netwright/ir";
import { weightsHash } from "../hash/weights-hash.ts";
import { decodeText, readJson } from "../json/read-json.ts";
import { count, object } from "../json/shape.ts";
import { fail, type Outcome, problem, type RuntimeProblem, succeed } from "../problem/problem.ts";
import type { History } from "../training/history.ts";
import { readCheckpoint, type SavedCheckpoint, writeCheckpoint } from "./checkpoint-file.ts";
import { migrate, type RunFiles, versionProblem } from "./format-version.ts";
import { readHistory, writeHistory } from "./history-file.ts";
import { type ModelFile, readModelFile, writeModelFile } from "./model-file.ts";
import { type RunRecord, runRecordReader, writeRunRecord } from "./run-record.ts";

export const runFileNames = {
  model: "model.safetensors",
  record: "record.json",
  history: "history.jsonl",
  /** Only of a run that was interrupted. */
  checkpoint: "checkpoint.safetensors",
} as const;

export interface RunBundle {
  readonly model: ModelFile;
  readonly record: RunRecord;
  readonly history: History;
  readonly checkpoint: SavedCheckpoint | null;
}

/** `variables` is the state of the program; it gives the shapes of a checkpoint's tensors. */
export function bundleToFiles(bundle: RunBundle, variables: readonly StateVariable[]): RunFiles {
  const encoder = new TextEncoder();
  const files = new Map<string, Uint8Array>([
    [runFileNames.model, writeModelFile(bundle.model)],
    [runFileNames.record, encoder.encode(writeRunRecord(bundle.record))],
    [runFileNames.history, encoder.encode(writeHistory(bundle.history))],
  ]);
  if (bundle.checkpoint !== null) {
    files.set(runFileNames.checkpoint, writeCheckpoint(bundle.checkpoint, variables));
  }
  return files;
}

/** Problems: NW0821 to NW0828, of all files at once. */
export function filesToBundle(given: RunFiles): Outcome<RunBundle> {
  const missing = [runFileNames.model, runFileNames.record, runFileNames.history].filter(
    (name) => !given.has(name),
  );
  if (missing.length > 0) return fail(...missing.map(missingFile));

  const version = readPart(given, runFileNames.record, (text, file) =>
    readJson(text, object({ format: count }), file),
  );
  if (!version.ok) return version;
  const unsupported = versionProblem(version.value.format, `\`${runFileNames.record}\``);
  if (unsupported !== null) return fail(unsupported);
  const files = migrate(given, version.value.format);
  if (!files.ok) return files;

  const record = readPart(files.value, runFileNames.record, (text, file) =>
    readJson(text, runRecordReader, file),
  );
  const history = readPart(files.value, runFileNames.history, (text) =>
    readHistory(text, runFileNames.history),
  );
  const model = readModelFile(files.value.get(runFileNames.model) ?? new Uint8Array(), runFileNames.model);
  const saved = files.value.get(runFileNames.checkpoint);
  const checkpoint = saved === undefined ? succeed(null) : readCheckpoint(saved, runFileNames.checkpoint);
  if (!(record.ok && history.ok && model.ok && checkpoint.ok)) {
    const parts: readonly Outcome<unknown>[] = [model, record, history, checkpoint];
    return fail(...parts.flatMap((outcome) => (outcome.ok ? [] : outcome.problems)));
  }
  if (weightsHash(model.value.weights) !== record.value.hash.weights) {
    return fail(
      problem(
        "NW0828",
        `The weights in \`${runFileNames.model}\` are not those that \`${runFileNames.record}\` describes: their hashes differ.`,
        "One of the two files was changed or comes from another run; restore both from a copy, or train again.",
      ),
    );
  }
  return succeed({
    model: model.value,
    record: record.value,
    history: history.value,
    checkpoint: checkpoint.value,
  });
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
