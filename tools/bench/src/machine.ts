// What the numbers were measured on. A number without it says little.

import { availableParallelism, cpus, loadavg } from "node:os";

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly platform: string;
  readonly node: string;
  readonly date: string;
  /** Processes that wanted to run, on average over the last minute before the benchmark; 0 on Windows. */
  readonly load: number;
}

export function thisMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
    load: loadavg()[0] ?? 0,
  };
}

export function machineLine({ processor, cores, platform, node, date, load }: Machine): string {
  const busy =
    load > 0.5 ? `\nOther work was running (load ${load.toFixed(1)}): measure again when it is quiet.` : "";
  return `${processor}, ${cores} cores, ${platform}, Node ${node}, ${date}${busy}`;
}
