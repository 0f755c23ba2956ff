// The chunks that a command loads, as one script in one file, with its compiled code: for each by itself the engine would keep its
// own table of words, and Node would look for it, open it and prepare it.

import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { Script } from "node:vm";
import { at } from "@netwright/definitions";

/** A chunk, as Node calls modules. */
export type ChunkFunction = (
  this: unknown,
  exports: unknown,
  require: (name: string) => unknown,
  module: NodeJS.Module,
  filename: string,
  dirname: string,
) => void;

export interface CodePack {
  /** By the name of the chunk's file, which tells what is in it. */
  readonly functions: ReadonlyMap<string, ChunkFunction>;
  readonly script: Script;
  readonly source: string;
  /** When its code was compiled, in milliseconds since 1970; null where there is no code of this engine. */
  readonly compiled: number | null;
}

interface Head {
  readonly names: readonly string[];
  /** Bytes of the source, which is ASCII. */
  readonly source: number;
  /** Bytes of the compiled code behind it. */
  readonly code: number;
}

/** Undefined for one that is not there, or damaged. */
export function openPack(file: string): CodePack | undefined {
  try {
    const bytes = readFileSync(file);
    const start = bytes.indexOf(END_OF_HEAD) + END_OF_HEAD.length;
    const head: Head = JSON.parse(bytes.toString("latin1", 0, start));
    const end = start + head.source;
    if (end + head.code !== bytes.length) return undefined;
    const source = bytes.toString("latin1", start, end);
    const kept = head.code === 0 ? {} : { cachedData: bytes.subarray(end) };
    const script = new Script(source, { filename: file, ...kept });
    const run: readonly ChunkFunction[] = script.runInThisContext();
    const functions = new Map(head.names.map((name, i) => [name, at(run, i)]));
    const compiled = script.cachedDataRejected === false ? statSync(file).mtimeMs : null;
    return { functions, script, source, compiled };
  } catch {
    return undefined;
  }
}

const END_OF_HEAD = "\n";

/** Chunks as one script: a list of functions. */
export function packed(sources: readonly string[]): string {
  return `[${sources.map(asFunction).join(",\n")}]`;
}

/** In parentheses, so that the engine compiles it at once and does not look through it first; and its end in a line of its own, behind a comment. */
export function asFunction(source: string): string {
  return `(function (exports, require, module, __filename, __dirname) { ${source}\n})`;
}

/** Compiled code of what has been used of it by now, and of what it came with. @throws as the system does */
export function writeCompiled(file: string, { functions, script, source }: CodePack): void {
  writePack(file, [...functions.keys()], source, script.createCachedData());
}

/** @throws as the system does */
export function writePack(
  file: string,
  names: readonly string[],
  source: string,
  code: Uint8Array = new Uint8Array(),
): void {
  const head: Head = { names, source: source.length, code: code.length };
  writeAtOnce(
    file,
    Buffer.concat([Buffer.from(JSON.stringify(head) + END_OF_HEAD + source, "latin1"), code]),
  );
}

/** Whole, whoever else writes it, also where the power fails. @throws as the system does */
export function writeAtOnce(file: string, bytes: Uint8Array): void {
  // Threads of a process write at the same time, too.
  const temporary = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  writeFileSync(temporary, bytes, { flush: true });
  renameSync(temporary, file);
}
