// Milliseconds from a program to its module, by phase, in fresh processes: best of many, as the machine may be shared.
// The program is that of concrete.net (8-512-512-512-1, ReLU, MAE, Adam; 721, 155 and 154 rows) with all the functions
// that a training uses. After `npm run build`:
//   node packages/backend-jit/bench/compile.mjs [processes, default 10] [folder of another build, to compare in turn]
//
// Node 20, a busy machine, against the build before contract 2, which had functions for every size of a split and for
// traces: 102 ms against 175 in the best of 18 processes in turn; medians 0.50 and 0.71 of the other's in two runs. With
// everything around it, as `npm run bench -- compile` counts, it was 0.94 in the best of 14 pairs and 0.80 in their median.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const TOTAL = "all but lower";

async function once(folder) {
  const of = (...path) => import(pathToFileURL(join(folder, "packages", ...path)).href);
  const { lower } = await of("compiler", "dist", "index.js");
  const { inline, optimize } = await of("ir", "dist", "index.js");
  const { emitModule } = await of("backend-jit", "dist", "emit", "module.js");
  const { planProgram } = await of("backend-jit", "dist", "plan", "plan.js");
  const { model, sizes } = await of("backend-jit", "bench", "network.mjs");

  const phases = {};
  let before = performance.now();
  const done = (phase) => {
    phases[phase] = performance.now() - before;
    before = performance.now();
  };
  // Builds before contract 2 traced every training and evaluated by a function for each number of rows.
  const program = lower(model, sizes ?? { step: [128, 81], evaluate: [256, 209, 155, 154], trace: [128] });
  done("lower (not the backend's)");
  const expanded = optimize(inline(program));
  done("inline, optimize");
  const plan = planProgram(expanded, { keepsOrder: "f16round" in Math });
  done("plan");
  const bytes = emitModule(plan);
  done("emit");
  const module = new WebAssembly.Module(bytes);
  done("engine");
  const memory = new WebAssembly.Memory({ initial: Math.ceil(plan.bytes / 65536) });
  new WebAssembly.Instance(module, { env: { memory } });
  done("instance");
  const [, ...ours] = Object.values(phases);
  phases[TOTAL] = ours.reduce((sum, each) => sum + each, 0);
  return phases;
}

if (process.argv[2] === "once") {
  console.log(JSON.stringify(await once(process.argv[3])));
} else {
  const folders = [process.cwd(), ...process.argv.slice(3, 4)];
  const runs = folders.map(() => []);
  for (let i = 0; i < Number(process.argv[2] ?? 10); i++) {
    folders.forEach((folder, k) => {
      const script = fileURLToPath(import.meta.url);
      const { stdout } = spawnSync(process.execPath, [script, "once", folder], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      });
      runs[k].push(JSON.parse(stdout));
    });
  }
  for (const phase of Object.keys(runs[0][0])) {
    const best = runs.map((of) => Math.min(...of.map((run) => run[phase])));
    const compared =
      best.length === 1 ? "" : `  there ${best[1].toFixed(1)}: ${(best[0] / best[1]).toFixed(2)}`;
    console.log(`${phase.padEnd(28)}${best[0].toFixed(1).padStart(6)}${compared}`);
  }
  const total = runs.map((of) => of.map((run) => run[TOTAL]).sort((a, b) => a - b));
  const median = total.map((list) => list[Math.floor(list.length / 2)]);
  console.log(`${"median".padEnd(28)}${median.map((each) => each.toFixed(1).padStart(6)).join("  there ")}`);
}
