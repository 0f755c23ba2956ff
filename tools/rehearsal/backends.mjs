// The command with every backend on each Node: `verify` trains some steps on each and compares with the reference.

import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npm, run } from "./run.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const COMMAND = "node_modules/netwright/bin/netwright.js";

/** tfjs-node's own JavaScript calls what Node 23 removed. */
const TFJS_NODE = `import { importTfjsNode } from "@netwright/backend-native";
const { tensor1d } = importTfjsNode(process.env);
if (tensor1d([1, 2]).add(1).dataSync()[1] !== 3) process.exit(1);
`;

export async function checkBackends(folder, registry, nodes, report) {
  const project = join(folder, "backends");
  mkdirSync(project);
  const packages = ["netwright", "@netwright/backend-wasm", "@netwright/backend-native"];
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true }));
  const installed = await npm(project, ["install", ...packages], registry.env);
  if (installed.status !== 0) return report.fail(`npm install ${packages.join(" ")}`, installed.text);
  cpSync(join(root, "examples/concrete"), project, { recursive: true });
  writeFileSync(join(project, "tfjs-node.mjs"), TFJS_NODE);

  for (const { name, command } of nodes) {
    const [node, ...before] = command;
    const at = (args) => run(node, [...before, ...args], { cwd: project });
    const doctor = await at([COMMAND, "doctor", "--format", "json"]);
    const found = JSON.parse(doctor.stdout.trim().split("\n").at(-1) || "{}").backends ?? [];
    const native = found.find((backend) => backend.name === "native");
    const backends = native?.usable === true ? "jit,wasm,native" : "jit,wasm";
    if (native?.usable !== true) report.skip(`native in ${name}`, native?.reason ?? doctor.text);
    const verify = ["verify", "concrete.net", "--backends", backends, "--set", "width=64"];
    const verified = await at([COMMAND, ...verify]);
    const what = `${backends} agree with the reference in ${name}`;
    if (verified.status === 0) report.pass(what);
    else report.fail(what, verified.text);
    if (native?.usable !== true) continue;
    const loaded = await at(["tfjs-node.mjs"]);
    if (loaded.status === 0) report.pass(`tfjs-node in ${name}`);
    else report.fail(`tfjs-node in ${name}`, loaded.text);
  }
}
