// Runs a program that fetches or writes tables; what it says of problems is seen.

import { spawnSync } from "node:child_process";

export function call(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")} ${error?.message ?? `ended with ${status}`}`);
  }
}
