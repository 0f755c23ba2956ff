// Errors of the file system as problems that say what to do.

import { isOutOfMemory } from "../problem/out-of-memory.ts";
import { problem, type RuntimeProblem } from "../problem/problem.ts";
import { codeOf, messageOf } from "../problem/thrown.ts";

const noRoom = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const notPermitted = new Set(["EACCES", "EPERM", "EROFS"]);
const inTheWay = new Set(["ENOTDIR", "EEXIST", "EISDIR", "ELOOP"]);

const UNCHANGED = "Nothing was left half written, and a run that was there before is unchanged.";

/** What has become of the run that was there. It is said where both runs are `away`, as not even the way back was open. */
function earlierRun(away: string | undefined): string {
  return away === undefined
    ? UNCHANGED
    : `This run, and one that was there before, are whole in the hidden folder \`${away}\`: the next command puts this one into its place.`;
}

/** Why `directory` could not be written, also where it was no error of the file system, as where there is no memory. */
export function failureProblem(error: unknown, directory: string, away?: string): RuntimeProblem {
  return problem("NW0833", `\`${directory}\` could not be saved: ${messageOf(error)}.`, earlierRun(away));
}

/** Why `directory` could not be written. @throws the error itself when it is not one of the file system. */
export function writeProblem(error: unknown, directory: string, away?: string): RuntimeProblem {
  if (isOutOfMemory(error)) return failureProblem(error, directory, away);
  const { code } = fileSystemError(error);
  if (noRoom.has(code)) {
    return problem(
      "NW0830",
      `There is no room on the disk to save \`${directory}\` (${code}).`,
      "Free some space, or save elsewhere with `--out`.",
      earlierRun(away),
    );
  }
  if (notPermitted.has(code)) {
    return problem(
      "NW0831",
      `Saving \`${directory}\` is not permitted (${code}).`,
      "Check the permissions of the directory above it, or save elsewhere with `--out`.",
      earlierRun(away),
    );
  }
  if (inTheWay.has(code)) {
    return problem(
      "NW0832",
      `\`${directory}\` cannot be a directory, as a file is in its way (${code}).`,
      "Move the file, or save elsewhere with `--out`.",
      ...(away === undefined ? [] : [earlierRun(away)]),
    );
  }
  return failureProblem(error, directory, away);
}

/** The run is in its place, and the disk did not say that it will stay there. */
export function unconfirmedProblem(error: unknown, directory: string): RuntimeProblem {
  const { message } = fileSystemError(error);
  return problem(
    "NW0833",
    `\`${directory}\` is written, but the disk does not confirm it: ${message}.`,
    "Copy the run to another disk, and look after this one.",
  );
}

/** The same of a file; the kind of fault is told as where it was not written. */
export function unconfirmedRecordProblem(error: unknown, path: string): RuntimeProblem {
  const message = `\`${path}\` is written, but the disk does not confirm it: ${messageOf(error)}.`;
  return {
    ...writeProblem(error, path),
    message,
    notes: ["Copy it to another disk, and look after this one."],
  };
}

/** Windows moves nothing that a program has open; waiting for it was in vain. */
export function heldOpenProblem(directory: string, away?: string): RuntimeProblem {
  return problem(
    "NW0833",
    `\`${directory}\` could not be saved: another program has it, or a file in it, open.`,
    "Close what shows or uses it, such as an editor or a terminal in that folder, or save elsewhere with `--out`.",
    earlierRun(away),
  );
}

/** Why `path` could not be read. @throws the error itself when it is not one of the file system. */
export function readProblem(error: unknown, path: string): RuntimeProblem {
  if (isOutOfMemory(error)) {
    return problem(
      "NW0834",
      `\`${path}\` could not be read: there is not memory enough for it.`,
      "Close other programs, or read it on a machine with more memory.",
    );
  }
  const { code, message } = fileSystemError(error);
  const note = notPermitted.has(code) ? ["Check its permissions."] : [];
  return problem("NW0834", `\`${path}\` could not be read: ${message}.`, ...note);
}

/** Whether nothing is at the path. */
export function isAbsent(error: unknown): boolean {
  if (isOutOfMemory(error)) return false;
  const { code } = fileSystemError(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

function fileSystemError(error: unknown): { readonly code: string; readonly message: string } {
  const code = codeOf(error);
  // The codes of the system are upper-case words; Node's own, for wrong calls, begin with ERR_.
  if (code === null || code.startsWith("ERR_")) throw error;
  return { code, message: messageOf(error) };
}
