// Milliseconds from a program to its module, by phase, in fresh processes: best of many, as the machine may be shared.
// The program is that of concrete.net (8-512-512-512-1, ReLU, MAE, Adam; 721, 155 and 154 rows) with all the functions
// that a training uses. After `npm run build`: node packages/backend-jit/bench/compile.mjs [processes, default 10]

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

if (process.argv[2] === "once") {
  const { lower } = await import("@netwright/compiler");
  const { inline, optimize } = await import("@netwright/ir");
  const { emitModule } = await import("../dist/emit/module.js");
  const { planProgram } = await import("../dist/plan/plan.js");
  const { model } = await import("./network.mjs");

  const phases = {};
  let before = performance.now();
  const done = (phase) => {
    phases[phase] = performance.now() - before;
    before = performance.now();
  };
  const program = lower(model, { step: [128, 81], evaluate: [256, 209, 155, 154], trace: [128] });
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
  console.log(JSON.stringify(phases));
} else {
  const runs = Array.from({ length: Number(process.argv[2] ?? 10) }, () => {
    const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), "once"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    return JSON.parse(stdout);
  });
  const best = (measure) =>
    Math.min(...runs.map(measure))
      .toFixed(1)
      .padStart(6);
  for (const phase of Object.keys(runs[0]))
    console.log(
      phase.padEnd(28),
      best((run) => run[phase]),
    );
  const [first, ...ours] = Object.keys(runs[0]);
  console.log(
    `all but ${first.split(" ")[0]}`.padEnd(28),
    best((run) => ours.reduce((sum, phase) => sum + run[phase], 0)),
  );
}
