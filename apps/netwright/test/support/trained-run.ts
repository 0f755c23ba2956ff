// A finished run, for the commands that take one.

import { cli } from "./cli.ts";
import type { SmallProject } from "./project.ts";

/** Trains for one epoch; gives the directory of the run. */
export async function trainedRun({ net, runs }: Pick<SmallProject, "net" | "runs">): Promise<string> {
  const argv = ["train", net, "--backend", "reference", "--epochs", "1", "--out", runs, "--quiet"];
  return (await cli(argv)).stdout.trim();
}
