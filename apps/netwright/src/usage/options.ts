// The options that several commands share, and how their values are read.

import { count, LARGEST_SEED } from "@netwright/definitions";
import type { Override } from "@netwright/lang";
import type { Backend, BackendInfo, CompileOptions } from "@netwright/runtime";
import { type Command, InvalidArgumentError, Option } from "commander";

/** Of every command. */
export interface CommonOptions {
  readonly format: "text" | "json";
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly debug?: boolean;
}

export interface OverrideOptions {
  readonly set?: readonly Override[];
  readonly allow?: readonly string[];
  readonly seed?: number;
  readonly epochs?: number;
}

export interface BackendOptions {
  readonly backend: string;
  readonly threads?: number;
}

const MOST_THREADS = 64;

/** Options, an example below the help, and what every command has. */
export function withCommon(command: Command, example: string): Command {
  const format = new Option(
    "--format <format>",
    "`json`: the last line of standard output is one JSON object",
  )
    .choices(["text", "json"])
    .default("text");
  return withBasics(command.addOption(format), example);
}

/** The same for a command whose `--format` is that of the files it writes. */
export function withBasics(command: Command, example: string): Command {
  return command
    .addHelpText("after", `\nExample:\n  netwright ${example}`)
    .option("--no-color", "no colour; also with the environment variable NO_COLOR")
    .option("--debug", "show the stack trace of an internal error");
}

export function withQuiet(command: Command, what: string): Command {
  return command.option("-q, --quiet", what);
}

/** Of every command that writes files. */
export interface ForceOption {
  readonly force?: boolean;
}

export function withForce(command: Command): Command {
  return command.option("--force", "replaces files that are there, but never one that is read");
}

export function withBackend(command: Command): Command {
  return withPlugin(
    withThreads(
      command.option(
        "-b, --backend <name>",
        "what computes; `netwright backends` lists what there is",
        "auto",
      ),
    ),
  );
}

export function withThreads(command: Command): Command {
  return command.option(
    "--threads <n>",
    "at most so many threads compute (default: as many as there are processors to gain from)",
    wholeNumber(1, MOST_THREADS),
  );
}

interface PluginOptions {
  readonly plugin?: string;
  readonly backend?: string;
  /** Of a command that takes several. */
  readonly backends?: readonly string[];
}

/** For a command with `--backend` or `--backends`. */
export function withPlugin(command: Command): Command {
  return command
    .option(
      "--plugin <file>",
      "with `--backend xla`: the library of a PJRT plugin, as the environment variable NETWRIGHT_XLA_PLUGIN",
    )
    .hook("preAction", (_, acting) => {
      const { plugin, backend, backends = [] } = acting.opts<PluginOptions>();
      if (plugin === undefined) return;
      if (![backend, ...backends].includes("xla")) acting.error("`--plugin` goes with `--backend xla`");
      // A process has one plugin, and threads that it starts use the same: so it is named where the backend looks.
      process.env["NETWRIGHT_XLA_PLUGIN"] = plugin;
    });
}

/** What `--threads` asks of a backend. */
export function threadsOf({ threads }: { readonly threads?: number }): CompileOptions {
  return threads === undefined ? {} : { threads };
}

/** What is to be said of a backend's threads, when they are not those that were asked for. */
export function threadsNote(
  { name, threads, note }: BackendInfo,
  { threads: asked }: CompileOptions,
): string | undefined {
  if (note !== undefined) return `note: ${name}: ${note}`;
  if (asked === undefined || asked === threads) return undefined;
  return `note: ${name} computes with ${count(threads, "thread")}, not ${asked}: it cannot choose`;
}

/** What is to be said of a backend that is asked for fused product-sums and has no instruction for them. */
export function emulationNote(
  isFused: boolean,
  backend: Pick<Backend, "name" | "fused">,
): string | undefined {
  return isFused && backend.fused?.() === "emulated"
    ? `note: ${backend.name} has no instruction for \`numerics: fused\` here: it computes the same bits in many steps, slowly`
    : undefined;
}

export function withSet(command: Command): Command {
  return withAllow(command).option(
    "-s, --set <name=value>",
    "sets a param or a setting: depth=4, train.batch=64; repeatable",
    (text: string, before: readonly Override[] = []) => [...before, override(text)],
  );
}

/** For a command that opens what a `.net` file names. */
export function withAllow(command: Command): Command {
  return command.option(
    "--allow <folder>",
    "`use`, patterns and databases may open files of this folder too, beside those of the file and the current one; repeatable",
    (folder: string, before: readonly string[] = []) => [...before, folder],
  );
}

export function withOverrides(command: Command): Command {
  return withSet(command)
    .option("--seed <n>", "the seed of training, as --set train.seed=<n>", wholeNumber(0, LARGEST_SEED))
    .option("--epochs <n>", "at most so many epochs, as --set train.epochs=<n>", wholeNumber(1));
}

export function overridesOf({ set = [], seed, epochs }: OverrideOptions): readonly Override[] {
  return [
    ...set,
    ...(seed === undefined ? [] : [{ path: "train.seed", value: String(seed), option: "--seed" } as const]),
    ...(epochs === undefined
      ? []
      : [{ path: "train.epochs", value: String(epochs), option: "--epochs" } as const]),
  ];
}

/** A reader of whole numbers from `least` to `most`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number ${range}.`);
  };
}

function override(text: string): Override {
  const at = text.indexOf("=");
  const path = text.slice(0, Math.max(at, 0)).trim();
  if (path === "") throw new InvalidArgumentError("Expected name=value, such as depth=4.");
  return { path, value: text.slice(at + 1) };
}
