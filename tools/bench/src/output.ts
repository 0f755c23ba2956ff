// How every benchmark prints: for a person, for a page, or one JSON object; always with the machine.

import { machineLine, thisMachine } from "./machine.ts";
import { type DrawTable, tableIn } from "./table.ts";

export const OUTPUTS = ["text", "markdown", "json"] as const;
export type Output = (typeof OUTPUTS)[number];

export interface Report {
  readonly text: (draw: DrawTable) => string;
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
  if (output === "json") {
    console.log(JSON.stringify({ benchmark, machine, result: json }, null, 2));
    return;
  }
  const draw = tableIn(output === "text" ? "terminal" : "markdown");
  console.log(`${machineLine(machine)}\n${text(draw)}`);
}
