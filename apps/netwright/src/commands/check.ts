// `netwright check FILE`: everything that is wrong with a file and its data, without training.

import { count, grouped, type Severity } from "@netwright/definitions";
import { Command } from "commander";
import { prose } from "../output/prose.ts";
import { taughtRows, taughtText } from "../output/teacher-text.ts";
import { readProject } from "../project/read-project.ts";
import {
  type CommonOptions,
  type OverrideOptions,
  overridesOf,
  withCommon,
  withOverrides,
  withQuiet,
} from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

type CheckOptions = CommonOptions & OverrideOptions;

export function checkCommand(perform: Perform): Command {
  const command = new Command("check")
    .description("Finds everything that is wrong with a file and its data, without training")
    .argument("<file>", "a .net file");
  return withCommon(withQuiet(withOverrides(command), "nothing but problems"), "check model.net").action(
    (file: string, options: CheckOptions) => perform(options, (session) => check(session, file, options)),
  );
}

async function check(session: Session, file: string, options: CheckOptions): Promise<CommandResult> {
  const read = await readProject(file, overridesOf(options), options.allow);
  if (!read.ok) return failed(session, read.diagnostics);
  const { diagnostics, sources, prepared, reading } = read.project;
  const of = (severity: Severity) => diagnostics.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [of("error"), of("warning")];
  if (errors > 0) {
    const result = failed(session, diagnostics, sources);
    if (reading !== null) session.say(`\n${reading}`);
    session.say(`\n${count(errors, "error")}, ${count(warnings, "warning")}`);
    return result;
  }
  session.report(diagnostics, sources);
  const rows = Object.entries(prepared?.splits ?? {}).map(([split, { rows }]) => [split, rows] as const);
  const more = prepared === undefined ? null : taughtText(prepared);
  const data =
    rows.length === 0
      ? ""
      : ` (${rows.map(([split, n]) => `${split} ${grouped(n)}`).join(", ")} rows${more === null ? "" : `; ${more}`})`;
  const noted = warnings === 0 ? "" : `, ${count(warnings, "warning")}`;
  const text = options.quiet
    ? ""
    : `${prose(`${file}${noted}${data}`, session.width, `${session.colours.green("ok")}  `)}\n${
        reading === null ? "" : `${prose(`    ${reading}`, session.width)}\n`
      }`;
  return done(text, {
    file,
    ok: true,
    ...(reading === null ? {} : { reading }),
    rows: Object.fromEntries(rows),
    ...(prepared?.taught === undefined ? {} : { taught: taughtRows(prepared) }),
  });
}
