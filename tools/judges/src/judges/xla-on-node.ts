// Each version of Node that we promise trains a small file on a real plugin of XLA: the process ends by itself with 0 and says
// nothing, although the plugin's threads are there to its end, and all give the same weights.

import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findBackend } from "netwright";
import type { Judge, Verdict } from "../judge.ts";

const VERSIONS = [20, 22, 24, 26];
const MAIN = fileURLToPath(new URL("../../../../apps/netwright/dist/main.js", import.meta.url));
const DATA = fileURLToPath(new URL("../../../../examples/concrete/concrete.csv", import.meta.url));

export const xlaOnNode: Judge = {
  name: "xla-on-node",
  about: `Node ${VERSIONS.join(", ")}, of npm, train with a plugin of XLA and end`,
  judge,
};

async function judge(): Promise<Verdict> {
  const obstacle = existsSync(MAIN) ? await noXla() : "the command is not bundled: npm run build";
  if (obstacle !== undefined) return { kind: "skipped", reason: obstacle };
  const folder = mkdtempSync(join(tmpdir(), "netwright-nodes-"));
  try {
    const [wrong, weights]: [string[], Set<string>] = [[], new Set()];
    for (const version of VERSIONS) {
      const place = join(folder, String(version));
      mkdirSync(place);
      const node = installed(version, place);
      const found = node === undefined ? { wrong: "npm does not install it" } : trained(node, place);
      if ("weights" in found) weights.add(found.weights);
      else wrong.push(`Node ${version}: ${found.wrong}`);
      if (weights.size > 1) wrong.push(`Node ${version}: other weights than Node ${VERSIONS[0]}`);
    }
    return { kind: "judged", right: VERSIONS.length - wrong.length, wrong };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function noXla(): Promise<string | undefined> {
  const backend = await findBackend("xla");
  if (!backend.ok) return "there is no backend xla";
  return backend.value.describe().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

/** The package `node` has the program in it. */
function installed(version: number, folder: string): string | undefined {
  writeFileSync(join(folder, "package.json"), "{}");
  const options = ["--no-audit", "--no-fund", "--loglevel=error"];
  spawnSync("npm", ["install", ...options, `node@${version}`], { cwd: folder, stdio: "ignore" });
  const node = join(folder, "node_modules", "node", "bin", "node");
  const { status, stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  if (status !== 0) return undefined;
  console.error(`  Node ${stdout.trim()}`);
  return node;
}

function trained(node: string, folder: string): { readonly weights: string } | { readonly wrong: string } {
  writeFileSync(join(folder, "small.net"), SMALL);
  const args = ["train", "small.net", "--allow", DATA, "--backend", "xla", "--epochs", "12", "--quiet"];
  const ended = spawnSync(node, [MAIN, ...args], { cwd: folder, encoding: "utf8", timeout: 300_000 });
  if (ended.status !== 0) return { wrong: `ended with ${ended.status ?? ended.signal}: ${ended.stderr}` };
  if (ended.stderr !== "") return { wrong: `said: ${ended.stderr}` };
  const runs = join(folder, "runs");
  const record: unknown = JSON.parse(
    readFileSync(join(runs, readdirSync(runs)[0] ?? "", "record.json"), "utf8"),
  );
  return { weights: JSON.stringify(record, ["hash", "weights"]) };
}

const SMALL = `netwright 1

data concrete {
  source: ${JSON.stringify(DATA)}
  target: CompressiveStrength
  split: { train: 70%, validation: 15%, test: 15%, seed: 0 }
}

model {
  dense(32, relu)
  dense(1)
}

train {
  loss: mae
  optimizer: adam(learning_rate: 1e-2)
  batch: 128
  seed: 0
}
`;
