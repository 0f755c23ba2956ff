// What compiled code depends on beside its program: the plugin as a file, and the processor with all that it can do.

import { readFileSync, statSync } from "node:fs";
import { cpus } from "node:os";

/** Its place, size and time stand for the bytes of a library of 200 MB, which would take longer to hash than to use. */
export function pluginWords(path: string): string {
  const { size, mtimeMs, ino } = statSync(path);
  return [path, size, mtimeMs, ino].join(" ");
}

/** XLA takes whatever instructions the processor has; a folder may be shared by machines. */
export function processorWords(): string {
  return [process.platform, process.arch, cpus()[0]?.model ?? "", featuresOf(), cpus().length].join("\n");
}

function featuresOf(): string {
  try {
    const lines = readFileSync("/proc/cpuinfo", "utf8").split("\n");
    return lines.find((line) => /^(flags|Features)\s*:/.test(line)) ?? "";
  } catch {
    return "";
  }
}
