// What a test imports of other packages comes as a few files. Jest gives each test file all of its modules anew, and
// to look up, read and link a thousand small ones took two seconds every time. So before the tests of a project run,
// its dependencies of this workspace are bundled from their sources, together with libraries of hundreds of files, and
// `jest.config.mjs` looks there first. The package under test is no part of it: its tests see its sources, file by file.

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";

/** Where the bundles of a project lie, below its folder: what they import is found as if the project did. */
const BUNDLES = "node_modules/.cache/test-modules";

/** Libraries that are bundled with what they import; all others are loaded as they are. */
const LIBRARIES = ["chevrotain"];

const workspace = fileURLToPath(new URL(".", import.meta.url));
const manifestIn = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Bundles what the project at `rootDir` depends upon. Jest calls it once before its tests, and when it watches, again. */
export default async function bundleDependencies(_, { rootDir }) {
  const packages = dependenciesOf(rootDir);
  const { outputFiles } = await build({
    absWorkingDir: workspace,
    entryPoints: Object.fromEntries(
      [...packages.flatMap(entriesOf), ...LIBRARIES].map((name) => [name, name]),
    ),
    outdir: join(rootDir, BUNDLES),
    outExtension: { ".js": ".mjs" },
    chunkNames: "shared/[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["@netwright/source"],
    sourcemap: "linked",
    sourcesContent: false,
    write: false,
    logLevel: "error",
    plugins: [externalBut([...packages.map(({ name }) => name), ...LIBRARIES])],
  });
  await stop();
  keep(join(rootDir, BUNDLES), outputFiles);
}

/**
 * The manifests of the libraries of the workspace that the project at `rootDir` depends upon, near or far, and of those
 * that its tests import against the arrows; these in turn may import the project, which is its sources for them, too.
 * Apps and tools stay outside: they look for files beside their own.
 */
function dependenciesOf(rootDir) {
  const { name: own, dependencies = {}, devDependencies = {} } = manifestIn(rootDir);
  const found = new Map();
  const follow = (names) => {
    for (const name of names) {
      if (!isOurs(name) || name === own || found.has(name)) continue;
      const folder = realpathSync(join(workspace, "node_modules", name));
      const manifest = manifestIn(folder);
      found.set(name, { manifest, isLibrary: folder.startsWith(join(workspace, "packages")) });
      follow(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }));
    }
  };
  follow(Object.keys({ ...dependencies, ...devDependencies }));
  follow(importedIn(join(rootDir, "test")));
  return [...found.values()].filter(({ isLibrary }) => isLibrary).map(({ manifest }) => manifest);
}

const isOurs = (name) => name === "netwright" || name.startsWith("@netwright/");

/** The packages of the workspace that the TypeScript in `folder` imports. */
function importedIn(folder) {
  const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(join(folder, path), "utf8"));
  const imports = texts.flatMap((text) => [
    ...text.matchAll(/(?:from|import\() ?"(netwright|@netwright\/[\w-]+)[/"]/g),
  ]);
  return new Set(imports.map(([, name]) => name));
}

function entriesOf({ name, exports = {} }) {
  return Object.entries(exports)
    .filter(([, targets]) => "@netwright/source" in targets)
    .map(([path]) => name + path.slice(1));
}

/** Leaves every package outside but those of `names`, and what the libraries among them import themselves. */
function externalBut(names) {
  return {
    name: "external",
    setup({ onResolve }) {
      onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
        const isInside = names.some((name) => path === name || path.startsWith(`${name}/`));
        const isOfLibrary = importer.includes("/node_modules/");
        return kind === "entry-point" || isInside || isOfLibrary ? undefined : { path, external: true };
      });
    },
  };
}

/** Leaves exactly `files` in `folder`. What is there already is not touched: a run beside this one may be reading it. */
function keep(folder, files) {
  for (const { path, contents } of files) {
    if (existsSync(path) && readFileSync(path).equals(contents)) continue;
    mkdirSync(dirname(path), { recursive: true });
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, contents);
    renameSync(unfinished, path);
  }
  const kept = new Set(files.map(({ path }) => relative(folder, path)));
  if (!existsSync(folder)) return;
  for (const each of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(each.parentPath, each.name);
    if (each.isFile() && !kept.has(relative(folder, path))) rmSync(path, { force: true });
  }
}
