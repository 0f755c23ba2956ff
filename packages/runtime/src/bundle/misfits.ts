// Files that are sound, each for itself, and not of one run.

import { weightsHash } from "../hash/weights-hash.ts";
import { damaged } from "../json/read-json.ts";
import { problem, type RuntimeProblem } from "../problem/problem.ts";
import type { FileHashes } from "./record-file.ts";
import type { RunBundle } from "./run-bundle.ts";
import { runFileNames } from "./run-files.ts";

/** What was found, to be held against what the record says. */
export interface Found {
  /** Of the tensor files. */
  readonly formats: readonly number[];
  readonly [runFileNames.model]: string | null;
  readonly [runFileNames.history]: string;
  readonly [runFileNames.checkpoint]: string | null;
}

/** `files` is null in runs of format 1. Problems: NW0821, NW0826, NW0828. */
export function misfits(bundle: RunBundle, files: FileHashes | null, found: Found): RuntimeProblem[] {
  const { record } = bundle;
  const others = found.formats.some((format) => format !== record.format)
    ? [another(runFileNames.model, "their formats are different")]
    : files === null
      ? []
      : strangers(files, found);
  return others.length > 0 ? others : contradictions(bundle);
}

function strangers(files: FileHashes, found: Found): RuntimeProblem[] {
  const { model, history, checkpoint } = runFileNames;
  return [model, history, checkpoint].flatMap((name) => {
    const [stated = null, is] = [files[name], found[name]];
    if (stated === is) return [];
    return [
      stated === null
        ? another(name, "the run has none")
        : is === null
          ? problem("NW0821", `The run has no \`${name}\`.`, RESTORE)
          : another(name, "their hashes differ"),
    ];
  });
}

/** Of format 1 too: what no run of any release has. */
function contradictions({ model, record, history, checkpoint }: RunBundle): RuntimeProblem[] {
  if (weightsHash(model.weights) !== record.hash.weights) {
    return [
      problem(
        "NW0828",
        `The weights in \`${runFileNames.model}\` are not those that \`${runFileNames.record}\` describes: their hashes differ.`,
        RESTORE_BOTH,
      ),
    ];
  }
  if (model.name !== record.name) return [another(runFileNames.model, "the names of their models differ")];
  if (model.irHash !== record.hash.ir) return [another(runFileNames.model, "their programs differ")];
  if (checkpoint !== null && checkpoint.run !== record.hash.run) {
    return [another(runFileNames.checkpoint, "it is of another run")];
  }
  const { completed, planned, best } = record.epochs;
  if (
    history.length !== completed ||
    (checkpoint !== null && checkpoint.checkpoint.history.length !== completed)
  ) {
    return [another(runFileNames.history, "their numbers of epochs differ")];
  }
  const where = `\`${runFileNames.record}\``;
  if (completed > planned) return [damaged(where, "more epochs are completed than were planned")];
  if (best !== null && (best < 1 || best > completed))
    return [damaged(where, `epoch ${best}, the best one, is not among the ${completed} that are completed`)];
  return [];
}

function another(name: string, why: string): RuntimeProblem {
  return problem(
    "NW0828",
    `\`${name}\` is not the one that \`${runFileNames.record}\` describes: ${why}.`,
    RESTORE_BOTH,
  );
}

const RESTORE = "Restore the file from a copy, or train again.";
const RESTORE_BOTH =
  "One of the two files was changed or comes from another run; restore both from a copy, or train again.";
