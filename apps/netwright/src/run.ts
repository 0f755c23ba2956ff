// The command as a function. Every way to end comes through here: results, wrong usage, bugs.

import { visibleJson } from "@netwright/definitions";
import { backendProblem, isBackendError, isOutOfMemory } from "@netwright/runtime";
import { type Command, CommanderError } from "commander";
import { fromRuntime } from "netwright";
import { COMMANDS, neededCommands } from "./commands.ts";
import type { Io } from "./io/io.ts";
import { shown } from "./output/colours.ts";
import { createProgram } from "./program.ts";
import { cliError } from "./usage/codes.ts";
import { EXIT, type ExitCode } from "./usage/exit-code.ts";
import type { CommonOptions } from "./usage/options.ts";
import type { Perform } from "./usage/perform.ts";
import { type CommandResult, failed } from "./usage/result.ts";
import { createSession, type Session } from "./usage/session.ts";

/** `argv` without the interpreter and the script. Writes to the streams of `io`, and never throws. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const perform: Perform = async (options, work) => {
    const session = createSession(io, options);
    let result: CommandResult;
    try {
      result = await work(session);
    } catch (error) {
      result = failed(session, [unexpected(error, session, argv)]);
    }
    code = print(session, result);
  };
  let program: Command | undefined;
  try {
    program = createProgram(await neededCommands(argv), io, perform);
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    const session = createSession(io, guessOptions(argv));
    if (!(error instanceof CommanderError)) {
      return print(session, failed(session, [unexpected(error, session, argv)]));
    }
    // Help and version have been printed; help that was not asked for is about wrong usage.
    if (error.code.startsWith("commander.help") || error.code === "commander.version") {
      return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    }
    const { wrongUsage } = await import("./usage/wrong-usage.ts");
    return print(session, failed(session, [wrongUsage(error, argv, program, COMMANDS)]));
  }
}

function print(session: Session, result: CommandResult): ExitCode {
  const { io, options, reported } = session;
  const { exit, json } = result;
  const line = () => `${visibleJson(JSON.stringify({ ...json, diagnostics: reported() }))}\n`;
  io.stdout.write(options.format === "json" ? line() : textOf(result, io));
  const more = options.format === "json" ? null : moreAbout(session);
  if (more !== null) session.say(more);
  return exit;
}

function textOf({ text, isData = false }: CommandResult, { stdout }: Io): string {
  return isData && stdout.isTTY !== true ? text : shown(text);
}

/** Where a person reads on; null where nobody is at the terminal, or the codes say no more than the messages. */
function moreAbout({ io, reported }: Session): string | null {
  if (io.stderr.isTTY !== true) return null;
  const errors = reported().filter(({ severity, code }) => severity === "error" && !PLAIN.has(code));
  const [first, second] = new Set(errors.map(({ code }) => code));
  if (first === undefined) return null;
  const what = second === undefined ? first : "a code";
  return `\nMore about ${what}: ${io.command} help ${first}`;
}

/** Wrong usage and bugs. */
const PLAIN: ReadonlySet<string> = new Set(["NW0901", "NW0999"]);

function unexpected(error: unknown, { io, options }: Session, argv: readonly string[]) {
  if (isBackendError(error)) {
    return fromRuntime(backendProblem(error));
  }
  if (isOutOfMemory(error)) {
    return cliError(
      "NW0913",
      "there is not memory enough",
      "Close other programs, or take a smaller table or model.",
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  if (options.debug) {
    io.stderr.write(shown(`${error instanceof Error ? (error.stack ?? message) : message}\n`));
  }
  const remedy = options.debug
    ? "Please report it with the text above."
    : `Please report it with what \`netwright ${[...argv, "--debug"].join(" ")}\` prints.`;
  return cliError("NW0999", `this is a bug in Netwright: ${message.split("\n", 1)[0]}. ${remedy}`);
}

/** For a command line that commander could not make sense of. */
function guessOptions(argv: readonly string[]): CommonOptions {
  const json = argv.includes("--format=json") || argv[argv.indexOf("--format") + 1] === "json";
  return {
    format: json ? "json" : "text",
    color: !argv.includes("--no-color"),
    debug: argv.includes("--debug"),
  };
}
