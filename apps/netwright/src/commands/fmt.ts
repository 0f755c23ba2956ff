// `netwright fmt [PATHS]`: files in canonical form. A file that cannot be read stays as it is, and so does one that
// cannot be written; the others are done all the same.

import { count } from "@netwright/definitions";
import { type Diagnostic, format, type Sources, sourceText } from "@netwright/lang";
import { Command } from "commander";
import { projectError, readText, tableForNet } from "netwright";
import { filesToFormat } from "../project/find-files.ts";
import { isExactly, readBytes, textOf } from "../project/read-exactly.ts";
import { STDIN } from "../project/read-table.ts";
import { IN_PLACE, writeOutput } from "../project/write-output.ts";
import { cliError } from "../usage/codes.ts";
import { EXIT, exitCodeFor } from "../usage/exit-code.ts";
import { type CommonOptions, withCommon, withQuiet } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

type FmtOptions = CommonOptions & { readonly check?: boolean };

export function fmtCommand(perform: Perform): Command {
  const command = new Command("fmt")
    .description("Brings files into the one canonical form; comments and spelling of numbers stay")
    .argument("[paths...]", "files, folders with .net files, or `-` for standard input", ["."])
    .option("--check", "changes nothing; lists the files that are not in this form and exits with 1");
  return withCommon(withQuiet(command, "nothing but problems"), "fmt --check").action(
    (paths: readonly string[], options: FmtOptions) =>
      perform(options, (session) =>
        paths.includes(STDIN) ? formatStdin(session, paths, options) : formatFiles(session, paths, options),
      ),
  );
}

function formatFiles(session: Session, paths: readonly string[], options: FmtOptions): CommandResult {
  const { files, problems } = filesToFormat(paths);
  session.report(problems);
  const found: Diagnostic[] = [...problems];
  const changed: string[] = [];
  for (const file of files) {
    const outcome = formatFile(file, options.check === true);
    session.report(outcome.diagnostics, outcome.sources);
    found.push(...outcome.diagnostics);
    if (outcome.changed) changed.push(file);
  }
  const list = changed.map((file) => `${file}\n`).join("");
  const json = { files: files.length, changed };
  if (found.length > 0) return { exit: exitCodeFor(found), text: options.quiet ? "" : list, json };
  if (options.check === true) {
    if (changed.length === 0) session.say(`${count(files.length, "file")} in canonical form`);
    else session.say(`${count(changed.length, "file")} of ${files.length} not in canonical form`);
    return done(list, json, changed.length === 0 ? EXIT.ok : EXIT.error);
  }
  session.say(`${count(changed.length, "file")} of ${files.length} changed`);
  return done(options.quiet ? "" : list, json);
}

interface Outcome {
  readonly changed: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources?: Sources;
}

function formatFile(file: string, check: boolean): Outcome {
  const read = readText(file);
  if (!read.ok) return unreadable(file, read.reason);
  if (!isExactly(file, read.text)) return unreadable(file, NOT_UTF_8, "In an editor, save it as UTF-8.");
  const table = tableForNet(file, read.text);
  if (table !== null) return { changed: false, diagnostics: [table] };
  const { text, diagnostics } = format(read.text, file);
  const sources = new Map([[file, sourceText(file, read.text)]]);
  if (diagnostics.length > 0) return { changed: false, diagnostics, sources };
  if (text === read.text) return { changed: false, diagnostics };
  const problem = check ? null : writeOutput(file, text, IN_PLACE);
  return problem === null ? { changed: true, diagnostics } : { changed: false, diagnostics: [problem] };
}

const NOT_UTF_8 = "it is not text in UTF-8";

function unreadable(file: string, reason: string, ...notes: readonly string[]): Outcome {
  const message = `the file \`${file}\` cannot be read: ${reason}`;
  return { changed: false, diagnostics: [projectError("NW0613", message, notes, undefined)] };
}

/** For editors that replace a text by what a command makes of it: what cannot be read comes back as it was. */
async function formatStdin(
  session: Session,
  paths: readonly string[],
  options: FmtOptions,
): Promise<CommandResult> {
  if (paths.length > 1) {
    const problem = cliError("NW0901", "standard input, `-`, stands alone");
    session.report([problem]);
    return { exit: exitCodeFor([problem]), text: "", json: {} };
  }
  const file = "standard input";
  const bytes = await readBytes(session.io.stdin);
  const before = textOf(bytes);
  const check = options.check === true;
  if (before === null) {
    session.report(unreadable(file, NOT_UTF_8).diagnostics);
    // As it came in, for the file or the editor that it goes to; a terminal would do what stands in it.
    const { stdout } = session.io;
    if (!check && options.format === "text" && stdout.isTTY !== true) stdout.write(bytes);
    return { exit: EXIT.error, text: "", json: {} };
  }
  const { text, diagnostics } = format(before, file);
  session.report(diagnostics, new Map([[file, sourceText(file, before)]]));
  const changed = text !== before;
  const exit = diagnostics.length > 0 || (check && changed) ? EXIT.error : EXIT.ok;
  return { exit, text: check ? "" : text, isData: true, json: { changed, ...(check ? {} : { text }) } };
}
