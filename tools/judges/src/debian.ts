// A program that a judge needs: as it is found on the path, else as a package of Debian where this is root on Debian.

import { spawnSync } from "node:child_process";

export interface Program {
  readonly command: string;
  readonly version: readonly string[];
  readonly debian: readonly string[];
}

/** Its version, "12.2.0", or why it is not here. */
export function programHere({ command, version, debian }: Program): Here {
  const found = versionOf(command, version);
  if (found !== null) return { version: found };
  const install = `apt-get install ${debian.join(" ")}`;
  if (debian.length === 0) return { reason: `there is no ${command} on the path` };
  if (process.getuid?.() !== 0) return { reason: `there is no ${command} on the path: \`${install}\`` };
  console.error(`  ${install}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const words = ["install", "--yes", "--no-install-recommends", ...debian];
  const run = () => spawnSync("apt-get", words, { encoding: "utf8", env });
  // Lists of packages may never have been fetched.
  const isInstalled =
    run().status === 0 ||
    (spawnSync("apt-get", ["update"], { env, stdio: "ignore" }).status === 0 && run().status === 0);
  const installed = isInstalled ? versionOf(command, version) : null;
  return installed === null ? { reason: `\`${install}\` brings no ${command}` } : { version: installed };
}

export type Here = { readonly version: string } | { readonly reason: string };

function versionOf(command: string, version: readonly string[]): string | null {
  const { status, stdout, stderr } = spawnSync(command, version, { encoding: "utf8" });
  if (status !== 0) return null;
  return /\d+\.\d+(\.\d+)?/.exec(`${stdout}${stderr}`)?.[0] ?? "";
}
