// Chunks of the command as one script in one file, with its compiled code: for each by itself the engine would keep its own table of
// words, and Node would look for it, open it and prepare it.

import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { Script } from "node:vm";
import { at } from "@netwright/definitions";
import { hasUsualFlags, withUsualFlags } from "./optimizer-budget.ts";

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
  /** Whether the engine had its usual flags when it took it: what it compiles it takes with the same ones. */
  readonly usual: boolean;
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
    if (!isWhole(bytes)) return undefined;
    const start = bytes.indexOf(END_OF_HEAD) + END_OF_HEAD.length;
    const head: Head = JSON.parse(bytes.toString("latin1", 0, start));
    const end = start + head.source;
    const source = bytes.toString("latin1", start, end);
    const code = bytes.subarray(end, end + head.code);
    return packOf(head.names, source, file, code.length === 0 ? undefined : code);
  } catch {
    return undefined;
  }
}

/** Of chunks by their names; `filename` is what traces of errors name. */
export function newPack(chunks: ReadonlyMap<string, string>, filename: string): CodePack {
  return packOf([...chunks.keys()], sourceOf(chunks), filename);
}

function packOf(names: readonly string[], source: string, filename: string, cachedData?: Buffer): CodePack {
  const script = new Script(source, { filename, ...(cachedData === undefined ? {} : { cachedData }) });
  const run: readonly ChunkFunction[] = script.runInThisContext();
  const functions = new Map(names.map((name, i) => [name, at(run, i)]));
  const compiled = script.cachedDataRejected === false ? statSync(filename).mtimeMs : null;
  return { functions, script, source, compiled, usual: hasUsualFlags() };
}

/**
 * A list of functions. In parentheses, so that the engine compiles each at once and does not look through it first; and its end in a
 * line of its own, behind a comment.
 */
function sourceOf(chunks: ReadonlyMap<string, string>): string {
  const functions = [...chunks.values()].map(
    (source) => `(function (exports, require, module, __filename, __dirname) { ${source}\n})`,
  );
  return `[${functions.join(",\n")}]`;
}

/** With compiled code of what has been used of it by now, and of what it came with. @throws as the system does */
export function writeCompiled(file: string, { functions, script, source, usual }: CodePack): void {
  const compile = () => script.createCachedData();
  write(file, [...functions.keys()], source, usual ? withUsualFlags(compile) : compile());
}

/** Without, to be compiled by who takes it. @throws as the system does */
export function writeSource(file: string, chunks: ReadonlyMap<string, string>): void {
  write(file, [...chunks.keys()], sourceOf(chunks), new Uint8Array());
}

/** Whole, whoever else writes it, also where the power fails. */
function write(file: string, names: readonly string[], source: string, code: Uint8Array): void {
  const head: Head = { names, source: source.length, code: code.length };
  const text = Buffer.from(JSON.stringify(head) + END_OF_HEAD + source, "latin1");
  const bytes = new Int32Array(Math.ceil((text.length + code.length) / WORD) + 1);
  Buffer.from(bytes.buffer).set(text);
  Buffer.from(bytes.buffer).set(code, text.length);
  bytes[bytes.length - 1] = checkSum(bytes);
  // Threads of a process write at the same time, too.
  const temporary = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  writeFileSync(temporary, bytes, { flush: true });
  renameSync(temporary, file);
}

const END_OF_HEAD = "\n";
const WORD = Int32Array.BYTES_PER_ELEMENT;

/** The engine trusts compiled code: with a part that the disk has lost, each process would crash. */
function isWhole({ buffer, byteOffset, length }: Buffer): boolean {
  if (length === 0 || length % WORD !== 0) return false;
  const words = new Int32Array(buffer, byteOffset, length / WORD);
  return words[words.length - 1] === checkSum(words);
}

/** Of two words in each block of a disk, as what is lost is whole blocks, and how many words there are; without the last word, where it stands. */
function checkSum(words: Int32Array): number {
  let sum = words.length;
  for (let i = 0; i < words.length - 1; i += BLOCK / 2 / WORD) sum = (Math.imul(sum, 31) + at(words, i)) | 0;
  return sum;
}

const BLOCK = 4096;
