// Compiled code of the command's chunks, kept from one process to the next: half of a short command's time would be
// spent on compiling. Node's own, which there is from 22.1 on, keeps of a chunk what is compiled when it is loaded and no
// function that is called later, and each chunk by itself: `predict` would take a third longer.

import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import module, { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { makeOwnFolder, userCache } from "@netwright/runtime/node";
import {
  type ChunkFunction,
  type CodePack,
  newPack,
  openPack,
  writeCompiled,
  writeSource,
} from "./code-pack.ts";
import { withUsualFlags } from "./optimizer-budget.ts";

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
  const kept = new KeptChunks(chunks, folder);
  extensions[".js"] = (target, filename) => {
    const run = dirname(filename) === chunks ? kept.load(basename(filename)) : undefined;
    if (run === undefined) return usual?.(target, filename);
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
    try {
      kept.save();
    } catch {
      // A cache that cannot be written is one that is not there next time.
    }
  });
}

const BESIDE = "./";
/** As the bundler begins chunks without `import()`, which in a script of this kind is experimental, as Node would say. */
const NO_LATE_IMPORT = "/* no late import */";

/**
 * The first process of a command says what belongs into its pack, the second compiles that, and the third is quick; so does one
 * that loads more beside it than there is in it. Of what else is loaded, each chunk is a pack. Once a day, what has been used of a
 * pack for the first time is compiled code from then on, too.
 */
class KeptChunks {
  readonly #chunks: string;
  readonly #folder: string;
  /** By the first chunk in them; that of the command is the first. A chunk that leads to others has another name when they have. */
  readonly #packs = new Map<string, CodePack>();
  readonly #loaded: string[] = [];

  constructor(chunks: string, folder: string) {
    this.#chunks = chunks;
    this.#folder = folder;
  }

  /** Undefined for a chunk that has `import()`. */
  load(name: string): ChunkFunction | undefined {
    const [own] = this.#packs.values();
    const run = own?.functions.get(name) ?? this.#opened(name)?.functions.get(name);
    if (run !== undefined) this.#loaded.push(name);
    return run;
  }

  #opened(name: string): CodePack | undefined {
    const pack = openPack(this.#fileOf(name)) ?? this.#fresh(name);
    if (pack !== undefined) this.#packs.set(name, pack);
    return pack;
  }

  #fresh(name: string): CodePack | undefined {
    const source = this.#sourceOf(name);
    if (!source.startsWith(NO_LATE_IMPORT)) return undefined;
    return newPack(new Map([[name, source]]), join(this.#chunks, name));
  }

  /** @throws as the system does */
  save(): void {
    const [own] = this.#packs;
    if (own === undefined) return;
    const [name, { functions }] = own;
    if (this.#packs.size - 1 > functions.size) {
      makeOwnFolder(this.#folder);
      const sources = this.#loaded.map((chunk) => [chunk, this.#sourceOf(chunk)] as const);
      writeSource(this.#fileOf(name), new Map(sources));
      removeOld(this.#folder);
      return;
    }
    for (const [first, pack] of this.#packs) {
      if (pack.compiled !== null && Date.now() - pack.compiled < DAY) continue;
      makeOwnFolder(this.#folder);
      writeCompiled(this.#fileOf(first), pack);
    }
  }

  #fileOf(name: string): string {
    return join(this.#folder, `${name}.pack`);
  }

  #sourceOf(name: string): string {
    return readFileSync(join(this.#chunks, name), "latin1");
  }
}

const DAY = 24 * 60 * 60 * 1000;

/** Code of other versions: each upgrade would leave its own. What is still in use is written anew once in that time. */
function removeOld(folder: string): void {
  const oldest = Date.now() - KEPT_DAYS * DAY;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (statSync(file).mtimeMs < oldest) rmSync(file, { force: true });
  }
}

const KEPT_DAYS = 30;
