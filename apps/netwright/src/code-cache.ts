// Compiled code of the command's chunks, kept from one process to the next. Half of a short command's time would be
// spent on compiling. From 22.1 on, Node does this itself; for Node 20 the same is done here.

import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import module, { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";
import { makeOwnFolder, userCache } from "@netwright/runtime/node";
import { hasUsualFlags, withUsualFlags } from "./optimizer-budget.ts";

/** Of all code that is loaded later. `chunks` is the folder of files that are named by their content. */
export function keepCompiledCode(chunks: string): void {
  if ("enableCompileCache" in module && typeof module.enableCompileCache === "function") {
    module.enableCompileCache();
  } else if (process.env["NODE_DISABLE_COMPILE_CACHE"] === undefined) {
    compileWithCache(chunks, cacheFolder());
  }
}

/** Each command has its own, as each uses other functions of the code that they share. */
function cacheFolder(): string {
  const command = /^[a-z]+$/.exec(process.argv[2] ?? "")?.[0] ?? "none";
  return join(userCache(process.env), "netwright", "code", `${process.version}-${process.arch}`, command);
}

interface Compiled {
  readonly file: string;
  readonly script: Script;
  /** Whether it was before the engine got flags of its own. */
  readonly usual: boolean;
}

function compileWithCache(chunks: string, folder: string): void {
  const { cache, extensions } = createRequire(import.meta.url);
  const usual = extensions[".js"];
  const fresh: Compiled[] = [];
  extensions[".js"] = (target, filename) => {
    const source = dirname(filename) === chunks ? wrapped(filename) : undefined;
    if (source === undefined) return usual?.(target, filename);
    const file = join(folder, `${basename(filename)}.cache`);
    const cachedData = readIfThere(file);
    const script = new Script(source, {
      filename,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    if (script.cachedDataRejected !== false) fresh.push({ file, script, usual: hasUsualFlags() });
    const load = (name: string): unknown =>
      name.startsWith(BESIDE) ? chunk(name, target) : withUsualFlags(() => target.require(name));
    script.runInThisContext().call(target.exports, target.exports, load, target, filename, chunks);
  };
  // Chunks name each other by the files that they are: of fifty, looking for each on the disk takes some milliseconds.
  const chunk = (name: string, parent: NodeJS.Module): unknown => {
    const file = join(chunks, name);
    const known = cache[file];
    if (known !== undefined) return known.exports;
    const made = new module.Module(file, parent);
    cache[file] = Object.assign(made, { filename: file, paths: parent.paths });
    try {
      extensions[".js"]?.(made, file);
    } catch (error) {
      delete cache[file];
      throw error;
    }
    made.loaded = true;
    return made.exports;
  };
  // By then, the functions that this command uses have been compiled.
  process.on("exit", () => write(folder, fresh));
}

const BESIDE = "./";

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

/** What is given lasts until the next file is read. */
function readIfThere(file: string): Buffer | undefined {
  try {
    return memory.subarray(0, read(file, 0));
  } catch {
    return undefined;
  }
}

/**
 * Where every file is read to, as fresh memory for each takes longer than reading it: a short command has some forty chunks,
 * of two megabytes together, and as much compiled code.
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

/** A cache that cannot be written is one that is not there next time. */
function write(folder: string, fresh: readonly Compiled[]): void {
  if (fresh.length === 0) return;
  try {
    makeOwnFolder(folder);
    for (const { file, script, usual } of fresh) {
      const data = () => script.createCachedData();
      const temporary = `${file}.${process.pid}`;
      writeFileSync(temporary, usual ? withUsualFlags(data) : data());
      renameSync(temporary, file);
    }
    removeOld(folder);
  } catch {}
}

/** Code of other versions: each upgrade would leave its own. What is still in use is written anew once in that time. */
function removeOld(folder: string): void {
  const oldest = Date.now() - KEPT_DAYS * 24 * 60 * 60 * 1000;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (statSync(file).mtimeMs < oldest) rmSync(file, { force: true });
  }
}

const KEPT_DAYS = 30;
