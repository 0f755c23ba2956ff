// A command line that commander refuses, as a diagnostic. Imported when there is one.

import type { Diagnostic } from "@netwright/lang";
import type { Command, CommanderError } from "commander";
import { cliError } from "./codes.ts";

/** `commands` by name, also those that this process has not loaded; `program` is absent where it could not be made. */
export function wrongUsage(
  { code, message }: CommanderError,
  argv: readonly string[],
  program: Command | undefined,
  commands: ReadonlyMap<string, unknown>,
): Diagnostic {
  const [first = "", ...notes] = message.replace(/^error: /, "").split("\n");
  const command = argv.find((word) => commands.has(word));
  const comesFirst = command === argv[0];
  const unknown = first.startsWith("unknown command") && !comesFirst;
  const help = command === undefined || unknown ? "" : helpPath(program, argv, command);
  const early = command !== undefined && !comesFirst && code === "commander.unknownOption";
  return cliError(
    "NW0901",
    first,
    ...notes.map(withoutBrackets),
    ...(early ? [`Options stand behind the command: \`netwright ${command} ... ${argv[0]}\`.`] : []),
    `\`netwright${help} --help\` shows what there is.`,
  );
}

/** ` plot activation`: a command inside of another one has help of its own. */
function helpPath(program: Command | undefined, argv: readonly string[], command: string): string {
  const outer = program?.commands.find((each) => each.name() === command);
  const next = argv[argv.indexOf(command) + 1];
  const inner = outer?.commands.find((each) => each.name() === next);
  return inner === undefined ? ` ${command}` : ` ${command} ${inner.name()}`;
}

/** Commander puts suggestions in brackets, as we do not. */
function withoutBrackets(note: string): string {
  return note.replace(/^\((.*)\)$/, "$1");
}
