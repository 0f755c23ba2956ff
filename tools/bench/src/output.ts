// How every benchmark prints: for a person, or one JSON object; with the machine either way.

import { machineLine, thisMachine } from "./machine.ts";

export type Output = "text" | "json";

export interface Report {
  readonly text: string;
  readonly json: unknown;
}

export async function print(
  benchmark: string,
  output: Output,
  measure: () => Promise<Report>,
): Promise<void> {
  // Before measuring: afterwards the load is our own.
  const machine = thisMachine();
  const { text, json } = await measure();
  if (output === "text") console.log(`${machineLine(machine)}\n${text}`);
  else console.log(JSON.stringify({ benchmark, machine, result: json }, null, 2));
}
