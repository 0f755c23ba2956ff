// `npm run release`: publishes every package, or says what would be published. A registry on this machine, as a
// rehearsal uses, gets packages whose address is a placeholder; no other does.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ADDRESS, isPlaceholder } from "./address.ts";
import { stage } from "./stage/stage.ts";
import { root } from "./workspace.ts";

export interface PublishOptions {
  /** The one that npm is set up for by default. */
  readonly registry?: string;
  /** Nothing is sent. */
  readonly dryRun?: boolean;
  /** A signed statement of where the package was built, which only a build in the open can make. */
  readonly provenance?: boolean;
  readonly address?: string;
}

/** Gives what is wrong as a sentence, or undefined. What npm says goes to the streams of this process. */
export async function publishAll(options: PublishOptions): Promise<string | undefined> {
  const { registry, dryRun = false, provenance = false, address = ADDRESS } = options;
  const local = registry !== undefined && isLoopback(registry);
  if (isPlaceholder(address) && !local && !dryRun) {
    return `The address in tools/release/src/address.ts is a placeholder, ${address}: set it before anything is published.`;
  }
  // Apart from what `npm run pack` makes: here nothing is private, so it is not left to lie where one would publish it.
  const out = join(root, "dist", "release");
  const staged = await stage({ out, address, rehearsal: local || dryRun });
  const args = [
    ...(registry === undefined ? [] : ["--registry", registry]),
    // It still asks the registry which versions there are, and goes on without an answer.
    ...(dryRun ? ["--dry-run", "--fetch-retries=0"] : []),
    ...(provenance ? ["--provenance"] : []),
  ];
  for (const { name, folder } of staged) {
    const { status } = spawnSync("npm", ["publish", ...args, "--workspaces=false"], {
      cwd: folder,
      stdio: "inherit",
    });
    if (status !== 0) return `npm did not publish ${name}; those before it are published.`;
  }
  return undefined;
}

function isLoopback(registry: string): boolean {
  const { hostname } = new URL(registry);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
