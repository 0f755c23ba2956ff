// The problems that the command line itself finds.

import type { Diagnostic } from "@netwright/lang";

export const cliCodes = {
  NW0901: "Wrong usage",
  NW0902: "The output file cannot be written",
  NW0903: "A setup that failed",
  NW0904: "Backends that differ",
  NW0905: "A table for which no model can be drafted",
  NW0906: "The likely target holds words that are no classes",
  NW0907: "The likely target is not all numbers",
  NW0908: "No column is left to predict from",
  NW0909: "Too few rows to draft a model",
  NW0910: "A column to keep is not in the input",
  NW0912: "The run's own test rows cannot be measured",
  NW0913: "Not enough memory",
  NW0999: "A bug in Netwright",
} as const;

export type CliCode = keyof typeof cliCodes;

export function cliError(code: CliCode, message: string, ...notes: readonly string[]): Diagnostic {
  return { code, severity: "error", message, notes };
}
