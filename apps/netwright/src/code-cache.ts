// Compiled code of the command's chunks, kept from one process to the next: half of a short command's time would be spent on
// compiling. Node's own, which there is from 22.1 on, keeps of a file what is compiled when it is loaded and no function that is
// called later: `check` and `predict` would take a third longer. It is left to it what else is loaded.

import { closeSync, fstatSync, openSync, readdirSync, readSync, rmdirSync, rmSync, statSync } from "node:fs";
import module, { createRequire } from "node:module";
import { basename, dirname, join, sep } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";
import { makeOwnFolder, userCache } from "@netwright/runtime/node";
import { type KeptCode, readKeptCode, writeKeptCode } from "./kept-code.ts";
import { hasUsualFlags, withUsualFlags } from "./optimizer-budget.ts";

/** Of all code that is loaded later. `chunks` is the folder of files that are named by their content. */
export function keepCompiledCode(chunks: string): void {
  if (process.env["NODE_DISABLE_COMPILE_CACHE"] !== undefined) return;
  if ("enableCompileCache" in module && typeof module.enableCompileCache === "function") {
    module.enableCompileCache();
  }
  // What runs programs of Node with an engine or a loader of its own.
  const isOther = process.versions["bun"] !== undefined || process.versions["deno"] !== undefined;
  const folder = isOther ? undefined : cacheFolder();
  if (folder !== undefined) compileWithCache(chunks, folder);
}

/**
 * Each command has its own, as each uses other functions of the code that they share; to be told of one is not to use it. So has
 * each engine with its flags: it takes no code that was compiled with others. Undefined for a user without a folder.
 */
function cacheFolder(): string | undefined {
  const isAsked = process.argv.some((word) => word === "--help" || word === "-h");
  const command = /^[a-z]+$/.exec(isAsked ? "help" : (process.argv[2] ?? ""))?.[0] ?? "none";
  const engine = `${process.version}-${process.arch}-${cachedDataVersionTag().toString(36)}`;
  try {
    return join(userCache(process.env), "netwright", "code", engine, command);
  } catch {
    return undefined;
  }
}

interface Compiled {
  readonly name: string;
  readonly script: Script;
  /** Whether it was before the engine got flags of its own. */
  readonly usual: boolean;
}

function compileWithCache(chunks: string, folder: string): void {
  const { cache, extensions } = createRequire(import.meta.url);
  const usual = extensions[".js"];
  let kept: Kept | undefined;
  const fresh: Compiled[] = [];
  /** False for one that has `import()`. */
  const loadChunk = (target: NodeJS.Module, filename: string, name: string): boolean => {
    const source = wrapped(filename);
    if (source === undefined) return false;
    kept ??= openKept(folder, name);
    const cachedData = kept.codes.get(name);
    const script = new Script(source, {
      filename,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    if (script.cachedDataRejected !== false) fresh.push({ name, script, usual: hasUsualFlags() });
    const load = (other: string): unknown =>
      other.startsWith(BESIDE)
        ? chunk(other.slice(BESIDE.length), target)
        : withUsualFlags(() => target.require(other));
    script.runInThisContext().call(target.exports, target.exports, load, target, filename, chunks);
    return true;
  };
  extensions[".js"] = (target, filename) => {
    if (dirname(filename) !== chunks || !loadChunk(target, filename, basename(filename)))
      usual?.(target, filename);
  };
  // Chunks name each other by the files that they are: of fifty, looking for each on the disk takes some milliseconds.
  const chunk = (name: string, parent: NodeJS.Module): unknown => {
    const file = chunks + sep + name;
    const known = cache[file];
    if (known !== undefined) return known.exports;
    const made = new module.Module(file, parent);
    cache[file] = Object.assign(made, { filename: file, paths: parent.paths });
    try {
      if (!loadChunk(made, file, name)) usual?.(made, file);
    } catch (error) {
      delete cache[file];
      throw error;
    }
    made.loaded = true;
    return made.exports;
  };
  const save = () => {
    if (kept === undefined || fresh.length === 0) return;
    for (const { name, code } of fresh.splice(0).map(compiledNow)) kept.codes.set(name, code);
    write(kept.file, kept.codes);
  };
  // By then, the functions that this command uses have been compiled.
  process.on("exit", (code) => {
    if (code !== WRONG_USE) save();
  });
  // In a long process the engine throws away what it has not used for a while, as all of a start is.
  setTimeout(save, LONG).unref();
}

const BESIDE = "./";
/** Milliseconds. */
const LONG = 3000;
/** The exit code of a command line that means nothing, as where the command is misspelled. */
const WRONG_USE = 2;

const BEFORE = "(function (exports, require, module, __filename, __dirname) { ";
const BEHIND = "\n});";

/** As the bundler begins chunks without `import()`, which in a script of this kind is experimental, as Node would say. */
const NO_LATE_IMPORT = "/* no late import */";

/**
 * A chunk as a function; undefined where it has `import()`. Put together before it is a text: the engine would copy one that
 * is put together of texts. The bundler escapes what is not ASCII, so there is nothing to decode.
 */
function wrapped(file: string): string | undefined {
  const start = memory.write(BEFORE, 0, "latin1");
  const end = read(file, start);
  if (memory.toString("latin1", start, start + NO_LATE_IMPORT.length) !== NO_LATE_IMPORT) return undefined;
  return memory.toString("latin1", 0, end + memory.write(BEHIND, end, "latin1"));
}

/**
 * Where every chunk is read to, as fresh memory for each takes longer than reading it: a short command has some forty, of two
 * megabytes together.
 */
let memory = Buffer.allocUnsafeSlow(1 << 20);

/** Puts a file into the memory, from `start` on, with room for a little behind it; gives where it ends. */
function read(file: string, start: number): number {
  const descriptor = openSync(file, "r");
  try {
    const needed = start + fstatSync(descriptor).size + BEHIND.length;
    if (needed > memory.length) {
      const larger = Buffer.allocUnsafeSlow(2 * needed);
      memory.copy(larger, 0, 0, start);
      memory = larger;
    }
    let end = start;
    for (let count = 1; count > 0; end += count) {
      count = readSync(descriptor, memory, end, memory.length - BEHIND.length - end, null);
    }
    return end;
  } finally {
    closeSync(descriptor);
  }
}

interface Kept {
  readonly file: string;
  readonly codes: Map<string, Uint8Array>;
}

/** The first chunk has another name where any other has, which it leads to. */
function openKept(folder: string, first: string): Kept {
  const file = join(folder, `${first}.cache`);
  return { file, codes: readKeptCode(file) };
}

/** With the functions that were called by now; it is taken with the flags of the engine that it was compiled with. */
function compiledNow({ name, script, usual }: Compiled) {
  const code = () => script.createCachedData();
  return { name, code: usual ? withUsualFlags(code) : code() };
}

/** A cache that cannot be written is one that is not there next time. */
function write(file: string, codes: KeptCode): void {
  try {
    makeOwnFolder(dirname(file));
    writeKeptCode(file, codes);
    removeOld(join(dirname(file), "..", ".."));
  } catch {}
}

/**
 * Code of other versions, engines and flags: each upgrade would leave its own. What is still in use is written anew once in that
 * time. Gives whether the folder is gone.
 */
function removeOld(folder: string): boolean {
  const oldest = Date.now() - KEPT_DAYS * 24 * 60 * 60 * 1000;
  const left = readdirSync(folder, { withFileTypes: true }).filter((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return !removeOld(path);
    if (statSync(path).mtimeMs >= oldest) return true;
    rmSync(path, { force: true });
    return false;
  });
  if (left.length === 0) rmdirSync(folder);
  return left.length === 0;
}

const KEPT_DAYS = 30;
