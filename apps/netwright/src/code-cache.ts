// Compiled code of the command's chunks, kept from one process to the next. Half of a short command's time would be
// spent on compiling. From 22.1 on, Node does this itself; for Node 20 the same is done here.

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import module, { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";
import { userCache } from "@netwright/runtime/node";

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

function compileWithCache(chunks: string, folder: string): void {
  const { cache, extensions } = createRequire(import.meta.url);
  const usual = extensions[".js"];
  const fresh: (readonly [string, Script])[] = [];
  extensions[".js"] = (target, filename) => {
    // The bundler escapes what is not ASCII, so there is nothing to decode.
    const source = dirname(filename) === chunks ? readFileSync(filename, "latin1") : undefined;
    // In a script of this kind, `import()` of a package is experimental, and Node would say so.
    if (source === undefined || source.includes("import(")) return usual?.(target, filename);
    const file = join(folder, `${basename(filename)}.cache`);
    const cachedData = readIfThere(file);
    const script = new Script(module.wrap(source), {
      filename,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    if (script.cachedDataRejected !== false) fresh.push([file, script]);
    const load = (name: string): unknown =>
      name.startsWith(BESIDE) ? chunk(name, target) : target.require(name);
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

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Level by level: the recursive form of Node 20 never ends where a folder can be neither found nor made. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/** A cache that cannot be written is one that is not there next time. */
function write(folder: string, fresh: readonly (readonly [string, Script])[]): void {
  if (fresh.length === 0) return;
  try {
    makeFolder(folder);
    for (const [file, script] of fresh) {
      const temporary = `${file}.${process.pid}`;
      writeFileSync(temporary, script.createCachedData());
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
