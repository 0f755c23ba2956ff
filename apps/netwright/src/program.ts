// The command line as commander knows it: its commands, their help, and what they print to.

import { Command } from "commander";
import { VERSION } from "netwright";
import type { CreateCommand } from "./commands.ts";
import { commandHelp } from "./help/command-help.ts";
import type { Io } from "./io/io.ts";
import { shown } from "./output/colours.ts";
import { prose } from "./output/prose.ts";
import { called } from "./usage/called.ts";
import type { Perform } from "./usage/perform.ts";

const EXAMPLES = `
Examples:
  netwright init --example concrete
  netwright train concrete.net
  netwright train model.net --set depth=4 --seed 1
  netwright help dense
  netwright predict runs/concrete-1a2b3c4d5e6f --input new.csv --output predictions.csv
`;

const EXIT_CODES = [
  ["0", "done"],
  ["1", "an error in the file or the data"],
  ["2", "wrong usage"],
  ["3", "an expectation of the file is not met"],
  ["130", "interrupted"],
] as const;

function examplesAndCodes({ stdout }: Io): string {
  const lines = EXIT_CODES.map(([code, meaning]) =>
    prose(meaning, stdout.columns ?? 80, `  ${code.padEnd(3)}  `),
  );
  return `${EXAMPLES}\nExit codes:\n${lines.join("\n")}`;
}

/** Parsing throws commander's error for wrong usage, `--help` and `--version`. */
export function createProgram(commands: readonly CreateCommand[], io: Io, perform: Perform): Command {
  const program = new Command("netwright")
    .description("Trains, evaluates and uses small neural networks that are described in a .net file")
    .version(VERSION, "-V, --version", "shows the version")
    .helpCommand(false)
    .addHelpText("after", () => examplesAndCodes(io));
  for (const command of commands) program.addCommand(command(perform));
  settle(program, io);
  return program;
}

/** Settings are not inherited by commands that were made on their own. */
function settle(command: Command, io: Io): void {
  command
    .exitOverride()
    // `help` is a command of ours; commands in commands have none.
    .helpCommand(false)
    .helpOption("-h, --help", "shows this help")
    .configureHelp(commandHelp(io.command))
    .configureOutput({
      writeOut: (text) => io.stdout.write(shown(called(text, io.command))),
      writeErr: (text) => io.stderr.write(shown(text)),
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      // Printed as a diagnostic by whoever catches the error.
      outputError: () => {},
    });
  for (const child of command.commands) settle(child, io);
}
