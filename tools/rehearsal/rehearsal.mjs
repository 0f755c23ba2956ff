// `npm run test:slow -- rehearsal`: the release, rehearsed. All packages are published to a registry on this machine and
// installed in fresh folders; README's program runs in every engine that is here, and what it trains has the same bits
// in all of them. Needs a build; Linux on x64 only. What is missing is skipped, and said.

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkBackends } from "./backends.mjs";
import { checkBrowsers } from "./browsers.mjs";
import { checkExport } from "./documents.mjs";
import { installEngines } from "./engines.mjs";
import { compilePrograms, runProbe, runReadme, writePrograms } from "./programs.mjs";
import { startRegistry } from "./registry.mjs";
import { createReport } from "./report.mjs";
import { endAll, npm, run } from "./run.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const VITE = "8";
/** QEMU computes vectors one number at a time: minutes for what takes seconds elsewhere. */
const ARM_LIMIT_MS = 1_500_000;

/** Installs netwright by what the engine brings; Deno takes nothing that is younger than a day unless it is told to. */
const INSTALLERS = {
  deno: (deno) => [deno, "add", "--minimum-dependency-age=0", "npm:netwright"],
  bun: (bun) => [bun, "add", "netwright"],
};

if (process.platform !== "linux" || process.arch !== "x64") {
  console.log(
    `skipped: the engines come from npm for Linux on x64; this is ${process.platform} ${process.arch}`,
  );
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), "netwright-rehearsal-"));
let registry;
try {
  process.exitCode = (await rehearse()) ? 0 : 1;
} finally {
  endAll();
  rmSync(folder, { recursive: true, force: true });
}

async function rehearse() {
  const report = createReport();
  const engines = await installEngines(folder, report);
  const nodes = engines.filter(({ kind }) => kind === "node");
  registry = await startRegistry(folder, nodes.at(-1).command[0]);
  const args = ["tools/release/dist/main.js", "publish", "--registry", registry.url];
  const published = await run(process.execPath, args, { cwd: root, env: registry.env });
  if (published.status !== 0) throw new Error(`publishing failed:\n${published.text}`);
  report.pass("all packages published to a registry on this machine");

  const project = await fresh("npm", ["netwright"]);
  // The longest of all, so it runs beside the others.
  const arm = engines.find(({ kind }) => kind === "arm64");
  const armed = arm && runProbe(arm, project, report, { threads: ["1"], limit: ARM_LIMIT_MS });

  const expected = {};
  const steps = {
    "README's program in Node": async () => {
      const compiled = await compilePrograms(project, report);
      for (const [i, engine] of nodes.entries()) {
        // What TypeScript makes is JavaScript as that above: once is enough.
        await runReadme(engine, project, i === 0 ? compiled : [], expected, report);
        await runProbe(engine, project, report);
      }
    },
    "README's program in other engines": async () => {
      for (const engine of engines) {
        if (INSTALLERS[engine.kind] !== undefined) await checkEngine(engine, expected, report);
      }
    },
    browsers: async () => {
      const site = await built(report);
      if (site !== null) await checkBrowsers(folder, site, report);
    },
    "docs/export.md": () => checkExport(folder, registry, nodes, report),
    "all backends": () => checkBackends(folder, registry, nodes, report),
    arm64: () => armed,
  };
  for (const [what, step] of Object.entries(steps)) {
    try {
      await step();
    } catch (error) {
      report.fail(what, error.stack);
    }
  }
  return report.close();
}

/** One that brings an installer of its own. */
async function checkEngine(engine, expected, report) {
  const project = await fresh(engine.kind, []);
  const [command, ...words] = INSTALLERS[engine.kind](engine.command[0]);
  const { status, text } = await run(command, words, { cwd: project, env: registry.env });
  const what = `installing netwright by ${engine.name}`;
  if (status !== 0) return report.fail(what, text);
  report.pass(what);
  await runReadme(engine, project, [], expected, report);
  await runProbe(engine, project, report);
}

/** A folder as `npm init -y` makes it, with these packages and the programs. */
async function fresh(name, packages) {
  const project = join(folder, `project-${name}`);
  mkdirSync(project);
  const steps = [["init", "-y"], ...(packages.length === 0 ? [] : [["install", ...packages]])];
  for (const step of steps) {
    const { status, text } = await npm(project, step, registry.env);
    if (status !== 0) throw new Error(`npm ${step.join(" ")} failed:\n${text}`);
  }
  writePrograms(project);
  return project;
}

/** The page, bundled by Vite; gives the folder, or null where that failed. */
async function built(report) {
  const project = await fresh("vite", ["netwright", `vite@${VITE}`]);
  cpSync(fileURLToPath(new URL("page.mjs", import.meta.url)), join(project, "page.mjs"));
  writeFileSync(
    join(project, "index.html"),
    '<!doctype html><title>Netwright</title><script type="module" src="/page.mjs"></script>\n',
  );
  const { status, text } = await run("npx", ["vite", "build"], { cwd: project });
  if (status === 0) {
    report.pass("a bundle by Vite");
    return join(project, "dist");
  }
  report.fail("a bundle by Vite", text);
  return null;
}
