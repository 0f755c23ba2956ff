// What a running command has at hand: the outside world and the ways to say something. With `--format json`,
// diagnostics are kept for the last line; as text they are shown at once.

import { count } from "@netwright/definitions";
import {
  type Diagnostic,
  diagnosticsToJson,
  type JsonDiagnostic,
  renderDiagnostics,
  type Sources,
} from "@netwright/lang";
import type { Io, OutputStream } from "../io/io.ts";
import { type Colours, coloursFor, shown } from "../output/colours.ts";
import { prose } from "../output/prose.ts";
import { called } from "./called.ts";
import type { CommonOptions } from "./options.ts";

export interface Session {
  readonly io: Io;
  readonly options: CommonOptions;
  /** For standard output. */
  readonly colours: Colours;
  /** Width of standard output in characters; no limit where it is not a terminal. */
  readonly width: number;
  /** Diagnostics, on standard error. */
  readonly report: (diagnostics: readonly Diagnostic[], sources?: Sources) => void;
  /** Other messages for people, on standard error; not with `--quiet`. */
  readonly say: (message: string) => void;
  /** All that was reported, for `--format json`. */
  readonly reported: () => readonly JsonDiagnostic[];
}

/** No limit where it is not a terminal. */
function widthOf({ isTTY, columns }: OutputStream): number {
  return isTTY === true ? columns || 80 : Number.POSITIVE_INFINITY;
}

/** Nobody reads more of them on a screen, and a table with thousands of columns may have one for each. */
const MOST_SHOWN = 100;

/** Of more than there is room for, errors before warnings; in their order. */
function mostTelling(all: readonly Diagnostic[], room: number): readonly Diagnostic[] {
  if (all.length <= room) return all;
  const of = (wanted: Diagnostic["severity"]) => all.filter(({ severity }) => severity === wanted);
  const chosen = new Set([...of("error"), ...of("warning")].slice(0, room));
  return all.filter((one) => chosen.has(one));
}

const NO_SOURCES: Sources = new Map();

export function createSession(io: Io, options: CommonOptions): Session {
  const colours = coloursFor(io.stdout, io.env, options.color);
  const onStderr = coloursFor(io.stderr, io.env, options.color);
  const paint = {
    error: (text: string) => onStderr.red(onStderr.bold(text)),
    warning: (text: string) => onStderr.yellow(onStderr.bold(text)),
    place: onStderr.bold,
    gutter: onStderr.dim,
    fix: onStderr.green,
  };
  const reported: JsonDiagnostic[] = [];
  return {
    io,
    options,
    colours,
    width: widthOf(io.stdout),
    report: (found, sources = NO_SOURCES) => {
      if (found.length === 0) return;
      const diagnostics = found.map((one) => ({
        ...one,
        message: called(one.message, io.command),
        notes: one.notes.map((note) => called(note, io.command)),
      }));
      const before = reported.length;
      const separator = reported.length > 0 ? "\n" : "";
      reported.push(...diagnosticsToJson(diagnostics, sources));
      if (options.format === "json") return;
      const first = mostTelling(diagnostics, Math.max(0, MOST_SHOWN - before));
      const left = diagnostics.length - first.length;
      const text = renderDiagnostics(first, sources, paint, widthOf(io.stderr));
      const more =
        left === 0
          ? ""
          : `${text === "" ? "" : "\n"}${count(left, "problem")} more: \`--format json\` tells of all.\n`;
      io.stderr.write(shown(separator + text + more));
    },
    say: (message) => {
      if (options.quiet !== true)
        io.stderr.write(shown(`${prose(called(message, io.command), widthOf(io.stderr))}\n`));
    },
    reported: () => reported,
  };
}
