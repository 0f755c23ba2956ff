// What a process that measures a peer prints last.

import { lastLine } from "../run-script.ts";
import type { Measurement } from "./peer.ts";

export function readMeasurement(name: string, output: string): Measurement {
  const last = lastLine(output);
  if (typeof last === "object" && last !== null && "value" in last && typeof last.value === "number") {
    const cpu = "cpu" in last && typeof last.cpu === "number" ? { cpu: last.cpu } : {};
    const note = "note" in last && typeof last.note === "string" ? { note: last.note } : {};
    return { value: last.value, ...cpu, ...note };
  }
  throw new Error(`${name} printed no measurement: ${output}`);
}
