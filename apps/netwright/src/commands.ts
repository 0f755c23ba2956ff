// All commands, in the order of the help. Each is imported when it is used and not before: a command starts as
// fast as what it imports, so a new one is a file in `commands/` and a row here.

import type { Command } from "commander";
import type { Perform } from "./usage/perform.ts";

/** Makes the command; named and described as the help shows it. */
export type CreateCommand = (perform: Perform) => Command;

export const COMMANDS: ReadonlyMap<string, () => Promise<CreateCommand>> = new Map([
  ["init", async () => (await import("./commands/init.ts")).initCommand],
  ["train", async () => (await import("./commands/train.ts")).trainCommand],
  ["rates", async () => (await import("./commands/rates.ts")).ratesCommand],
  ["evaluate", async () => (await import("./commands/evaluate.ts")).evaluateCommand],
  ["baseline", async () => (await import("./commands/baseline.ts")).baselineCommand],
  ["predict", async () => (await import("./commands/predict.ts")).predictCommand],
  ["export", async () => (await import("./commands/export.ts")).exportCommand],
  ["import", async () => (await import("./commands/import.ts")).importCommand],
  ["check", async () => (await import("./commands/check.ts")).checkCommand],
  ["fmt", async () => (await import("./commands/fmt.ts")).fmtCommand],
  ["explain", async () => (await import("./commands/explain.ts")).explainCommand],
  ["diff", async () => (await import("./commands/diff.ts")).diffCommand],
  ["plot", async () => (await import("./commands/plot.ts")).plotCommand],
  ["ir", async () => (await import("./commands/ir.ts")).irCommand],
  ["schema", async () => (await import("./commands/schema.ts")).schemaCommand],
  ["data", async () => (await import("./commands/data-head.ts")).dataCommand],
  ["backends", async () => (await import("./commands/backends.ts")).backendsCommand],
  ["doctor", async () => (await import("./commands/doctor.ts")).doctorCommand],
  ["verify", async () => (await import("./commands/verify.ts")).verifyCommand],
  ["lsp", async () => (await import("./commands/lsp.ts")).lspCommand],
  ["setup", async () => (await import("./commands/setup.ts")).setupCommand],
  [
    "help",
    async () => {
      const { helpCommand } = await import("./commands/help.ts");
      return (perform: Perform) => helpCommand(perform, [...COMMANDS.keys()]);
    },
  ],
]);

/** The commands that a command line needs: those that it names, or all for a list or a suggestion. */
export async function neededCommands(argv: readonly string[]): Promise<readonly CreateCommand[]> {
  const [first = "", second = ""] = argv;
  if (first === "--version" || first === "-V") return [];
  // `help dense` needs no other command; `help` alone, and with options, lists them.
  const topic = first === "help" && second !== "" && !second.startsWith("-");
  const names = [...new Set(topic ? [first, second] : [first])];
  const known = names.flatMap((name) => COMMANDS.get(name) ?? []);
  const all = known.length === 0 || (first === "help" && !topic);
  const loaded: CreateCommand[] = [];
  for (const load of all ? COMMANDS.values() : known) loaded.push(await load());
  return loaded;
}
