// Compiled code of the command's chunks, kept from one process to the next: half of a short command's time would be
// spent on compiling. Node's own, which there is from 22.1 on, keeps of a chunk what is compiled when it is loaded and no
// function that is called later, and each chunk by itself: `predict` would take a third longer.

import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import module, { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";
import { makeOwnFolder, userCache } from "@netwright/runtime/node";
import {
  asFunction,
  type ChunkFunction,
  type CodePack,
  openPack,
  packed,
  writeAtOnce,
  writeCompiled,
  writePack,
} from "./code-pack.ts";
import { hasUsualFlags, withUsualFlags } from "./optimizer-budget.ts";

/** Of all code that is loaded later. `chunks` is the folder of files that are named by their content. */
export function keepCompiledCode(chunks: string): void {
  if (process.env["NODE_DISABLE_COMPILE_CACHE"] !== undefined) return;
  // What runs programs of Node with an engine or a loader of its own.
  const isOther = process.versions["bun"] !== undefined || process.versions["deno"] !== undefined;
  if (!isOther) loadWithCache(chunks, cacheFolder());
  else if ("enableCompileCache" in module && typeof module.enableCompileCache === "function")
    module.enableCompileCache();
}

/**
 * Each command has its own, as each uses other functions of the code that they share; to be told of one is not to use it. So has
 * each engine with its flags, such as the memory that it may have: it takes no code that was compiled with others.
 */
function cacheFolder(): string {
  const named = process.argv.includes("--help") ? "help" : process.argv[2];
  const command = /^[a-z]+$/.exec(named ?? "")?.[0] ?? "none";
  const engine = `${process.version}-${process.arch}-${cachedDataVersionTag().toString(36)}`;
  return join(userCache(process.env), "netwright", "code", engine, command);
}

function loadWithCache(chunks: string, folder: string): void {
  const { cache, extensions } = createRequire(import.meta.url);
  const usual = extensions[".js"];
  let file: string | undefined;
  let pack: CodePack | undefined;
  const singles = new SingleChunks(folder);
  const loaded = new Set<string>();
  extensions[".js"] = (target, filename) => {
    if (dirname(filename) !== chunks) return usual?.(target, filename);
    const name = basename(filename);
    if (file === undefined) {
      // The first chunk has another name where any of the others has, which it leads to.
      file = join(folder, `${name}.pack`);
      pack = openPack(file);
    }
    const run = pack?.functions.get(name) ?? singles.load(filename);
    if (run === undefined) return usual?.(target, filename);
    loaded.add(name);
    const load = (other: string): unknown =>
      other.startsWith(BESIDE) ? chunk(other, target) : withUsualFlags(() => target.require(other));
    run.call(target.exports, target.exports, load, target, filename, chunks);
  };
  // Chunks name each other by the files that they are: of fifty, looking for each on the disk takes some milliseconds.
  const chunk = (name: string, parent: NodeJS.Module): unknown => {
    const path = join(chunks, name);
    const known = cache[path];
    if (known !== undefined) return known.exports;
    const made = new module.Module(path, parent);
    cache[path] = Object.assign(made, { filename: path, paths: parent.paths });
    try {
      extensions[".js"]?.(made, path);
    } catch (error) {
      delete cache[path];
      throw error;
    }
    made.loaded = true;
    return made.exports;
  };
  // By then, the functions that this command uses have been compiled.
  process.on("exit", () => {
    if (file !== undefined) keep({ file, pack, singles, loaded, chunks, folder });
  });
}

interface Loaded {
  readonly file: string;
  readonly pack: CodePack | undefined;
  readonly singles: SingleChunks;
  /** All of the pack and beside it, by name. */
  readonly loaded: ReadonlySet<string>;
  readonly chunks: string;
  readonly folder: string;
}

/**
 * The first process of a command says what belongs into its pack, the second compiles that, and the third is quick; so does one
 * that loads more beside it than there is in it. Once a day, what has been used of it besides is compiled code from then on, too.
 */
function keep({ file, pack, singles, loaded, chunks, folder }: Loaded): void {
  try {
    if (singles.count > (pack?.functions.size ?? 0)) {
      makeOwnFolder(folder);
      const names = [...loaded];
      writePack(file, names, packed(names.map((name) => readFileSync(join(chunks, name), "latin1"))));
      removeOld(folder);
    } else if (pack !== undefined && Date.now() - (pack.compiled ?? 0) > DAY) {
      withUsualFlags(() => writeCompiled(file, pack));
    } else singles.save();
  } catch {
    // A cache that cannot be written is one that is not there next time.
  }
}

const DAY = 24 * 60 * 60 * 1000;

const BESIDE = "./";
/** As the bundler begins chunks without `import()`, which in a script of this kind is experimental, as Node would say. */
const NO_LATE_IMPORT = "/* no late import */";

/** Those that are not in the pack, as they were not needed when it was made: each with a file for its compiled code. */
class SingleChunks {
  readonly #folder: string;
  readonly #fresh: { readonly file: string; readonly script: Script; readonly usual: boolean }[] = [];
  count = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined for a chunk that has `import()`. */
  load(filename: string): ChunkFunction | undefined {
    const source = readFileSync(filename, "latin1");
    if (!source.startsWith(NO_LATE_IMPORT)) return undefined;
    const file = join(this.#folder, `${basename(filename)}.cache`);
    const cachedData = readIfThere(file);
    const script = new Script(asFunction(source), {
      filename,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    if (script.cachedDataRejected !== false) this.#fresh.push({ file, script, usual: hasUsualFlags() });
    this.count++;
    return script.runInThisContext();
  }

  /** @throws as the system does */
  save(): void {
    for (const { file, script, usual } of this.#fresh) {
      const data = () => script.createCachedData();
      // Taken with the flags of the engine that it was compiled with.
      writeAtOnce(file, usual ? withUsualFlags(data) : data());
    }
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Code of other versions: each upgrade would leave its own. What is still in use is written anew once in that time. */
function removeOld(folder: string): void {
  const oldest = Date.now() - KEPT_DAYS * DAY;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (statSync(file).mtimeMs < oldest) rmSync(file, { force: true });
  }
}

const KEPT_DAYS = 30;
