// Files that a command writes, under one rule for all commands: what is there stays, unless `--force` is given, and
// what the command reads stays in any case. All of them are written whole, or none.

import { lstatSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Diagnostic } from "@netwright/lang";
import { isHeldOpen, type MoveSyncHost } from "@netwright/runtime/node";
import { tableFiles } from "netwright";
import { cliError } from "../usage/codes.ts";
import { codeOf, reasonOf } from "./file-errors.ts";
import { descriptorOf, identityOf, isSame } from "./file-identity.ts";
import { pathKind } from "./path-kind.ts";
import { type StagedFile, stageFile } from "./stage-file.ts";

export interface OutputRule {
  /** Files that are there are replaced. */
  readonly force: boolean;
  /** What the command reads, `-` for standard input; a pattern of a table stands for the files that fit it. */
  readonly inputs: readonly string[];
}

/** For a command whose work is to change the file that it reads. */
export const IN_PLACE: OutputRule = { force: true, inputs: [] };

export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Why the files would not be written, as far as that can be told without touching them: to be said before the work. */
export function blockedOutputs(paths: readonly string[], { force, inputs }: OutputRule): Diagnostic[] {
  const read = inputs.flatMap(tableFiles).flatMap((input) => identityOf(input) ?? []);
  return paths.flatMap((path) => {
    const kind = pathKind(path);
    if (kind === "directory") return [problem(path, "it is a directory")];
    const there = identityOf(path);
    if (there !== null && read.some((input) => isSame(input, there))) return [isInput(path)];
    if (kind === null && isLink(path)) return [problem(path, "it is a link that leads nowhere")];
    return kind === "file" && !force && descriptorOf(path) === null ? [isThere(path)] : [];
  });
}

/** Gives why the files could not be written; then every place is as it was before. */
export function writeOutputs(
  files: readonly OutputFile[],
  rule: OutputRule,
  host?: MoveSyncHost,
): Diagnostic[] {
  const blocked = blockedOutputs(
    files.map(({ path }) => path),
    rule,
  );
  if (blocked.length > 0) return blocked;
  const staged: StagedFile[] = [];
  for (const { path, content } of files) {
    const found = attempt(path, () => staged.push(stageFile(path, content, host)), host);
    if (found !== null) return [found, ...undone(staged)];
  }
  const isOnly = staged.length === 1;
  for (const { path, commit } of staged) {
    const found = attempt(path, () => commit(rule.force, isOnly), host);
    if (found !== null) return [found, ...undone(staged)];
  }
  // What is left over beside a file that is in its place is no reason to say that it is not.
  for (const { path, settle } of staged) attempt(path, settle, host);
  return [];
}

/** The same for one file. */
export function writeOutput(path: string, content: string | Uint8Array, rule: OutputRule): Diagnostic | null {
  return writeOutputs([{ path, content }], rule)[0] ?? null;
}

/** A folder, with those it is in; gives why it could not be made. */
export function makeFolder(path: string): Diagnostic | null {
  try {
    makeFolders(path);
    return null;
  } catch (error) {
    // The folder it would be in is there.
    const reason = codeOf(error) === "ENOENT" ? "nothing can be made there" : reasonOf(error, path);
    return cliError("NW0902", `the folder \`${path}\` cannot be made: ${reason}`);
  }
}

/** One by one: Node's own recursive `mkdirSync` never returns where nothing can be made, as below `/proc`. */
function makeFolders(path: string): void {
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolders(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else has made it meanwhile.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** From the last on, as one place may have been written twice. Gives what could not be put back. */
function undone(staged: readonly StagedFile[]): Diagnostic[] {
  return [...staged].reverse().flatMap(({ path, undo }) => {
    const left = undo();
    return left === null ? [] : [isLeft(path, left)];
  });
}

function attempt(path: string, work: () => void, host?: MoveSyncHost): Diagnostic | null {
  try {
    work();
    return null;
  } catch (error) {
    if (isHeldOpen(error, host?.platform)) return problem(path, "another program has it open", CLOSE_IT);
    return codeOf(error) === "EEXIST" ? isThere(path) : problem(path, reasonOf(error, path));
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

const CLOSE_IT = "Close it there, or name another file with `--output`.";

function problem(path: string, reason: string, ...notes: string[]): Diagnostic {
  return cliError("NW0902", `the output file \`${path}\` cannot be written: ${reason}`, ...notes);
}

function isLeft(path: string, left: string): Diagnostic {
  const message = `the file \`${path}\` is the new one already, and cannot be put back`;
  return cliError("NW0902", message, `What it was lies in \`${left}\`.`);
}

function isThere(path: string): Diagnostic {
  const message = `the file \`${path}\` exists already and is left as it is`;
  return cliError("NW0902", message, "`--force` replaces it; `--output` names another place.");
}

function isInput(path: string): Diagnostic {
  const message = `the output \`${path}\` is what this command reads, and is left as it is`;
  return cliError(
    "NW0902",
    message,
    "Name another file with `--output`; `--force` does not replace an input.",
  );
}
