// `npm run bench:setup`: installs the peers that `npm install` does not bring: Keras, PyTorch and JAX into a Python
// environment of their own, TensorFlow's library for tfjs-node. What fails is told, and the rest goes on; run it
// again to install what is missing.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { BENCH_FOLDER, PYTHON, VENV } from "./folders.ts";

interface Part {
  readonly name: string;
  readonly what: string;
  readonly packages: readonly string[];
}

const PARTS: readonly Part[] = [
  { name: "jax", what: "JAX, 0.4 GB on disk", packages: ["jax"] },
  { name: "keras", what: "Keras, 0.1 GB", packages: ["keras"] },
  {
    name: "sklearn",
    what: "scikit-learn, 0.2 GB",
    packages: ["scikit-learn==1.9.0", "numpy==2.4.6", "scipy==1.17.1"],
  },
  { name: "tensorflow", what: "TensorFlow for processors, 1.3 GB", packages: ["tensorflow-cpu"] },
  {
    name: "torch",
    what: "PyTorch; for Linux the usual index has only the build with CUDA, 3 GB to load, 5 GB on disk",
    packages: ["torch"],
  },
  { name: "tabm", what: "TabM on PyTorch", packages: ["tabm==0.0.3"] },
];

const program = new Command("bench:setup")
  .description("Installs the peers of the benchmark that are not packages of npm")
  .option("--python <command>", "the Python that makes the environment", "python3")
  .option("--torch-index <url>", "a package index for PyTorch alone, such as PyTorch's own with CPU builds")
  .option(
    "--without <names>",
    `leave out, separated by commas: ${PARTS.map(({ name }) => name).join(", ")}, native`,
  )
  .action(setup);

await program.parseAsync();

function setup(options: { python: string; torchIndex?: string; without?: string }): void {
  const without = options.without?.split(",") ?? [];
  const failed: string[] = [];
  const attempt = (name: string, what: string, command: string, args: readonly string[]) => {
    if (without.includes(name)) return;
    console.log(`\n${what}`);
    const { status, error } = spawnSync(command, args, { stdio: "inherit" });
    if (status !== 0)
      failed.push(`${name}: ${command} ${args.join(" ")} ${error?.message ?? `ended with ${status}`}`);
  };
  mkdirSync(BENCH_FOLDER, { recursive: true });
  if (!existsSync(PYTHON)) {
    attempt("python", `A Python environment in ${VENV}`, options.python, ["-m", "venv", VENV]);
  }
  if (existsSync(PYTHON)) {
    for (const { name, what, packages } of PARTS) {
      const index =
        name === "torch" && options.torchIndex !== undefined ? ["--index-url", options.torchIndex] : [];
      attempt(name, what, PYTHON, ["-m", "pip", "install", "--quiet", ...index, ...packages]);
    }
  }
  const main = fileURLToPath(new URL("../../../../apps/netwright/dist/main.js", import.meta.url));
  attempt("native", "TensorFlow's library for tfjs-node", process.execPath, [main, "setup", "native"]);
  if (failed.length === 0) {
    console.log("\nEverything is there: npm run bench -- train");
    return;
  }
  console.error(`\nThese are missing, and the benchmark says so in their rows:\n${failed.join("\n")}`);
  process.exitCode = 1;
}
