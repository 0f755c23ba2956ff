// `netwright baseline FILE`: what simple models reach on the rows of a file, and whether the network beats them.

import { count, hasError } from "@netwright/definitions";
import { Command } from "commander";
import { baselinesOf } from "netwright";
import { baselinesJson, baselinesText } from "../output/baselines-table.ts";
import { shellWord } from "../output/shell-word.ts";
import { readProject } from "../project/read-project.ts";
import {
  type CommonOptions,
  type OverrideOptions,
  overridesOf,
  withCommon,
  withQuiet,
  withSet,
} from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

interface BaselineOptions extends CommonOptions, Pick<OverrideOptions, "set" | "allow"> {
  readonly run?: string;
  readonly runs: string;
}

export function baselineCommand(perform: Perform): Command {
  const command = new Command("baseline")
    .description(
      "Fits simple models (a constant, linear, nearest neighbours, boosted trees) to the rows of a file: what a network has to beat",
    )
    .argument("<file>", "a .net file")
    .option("--run <run>", "the directory of a run of the file, to stand beside them")
    .option("--runs <folder>", "where one is looked for if none is named", "runs");
  return withCommon(
    withQuiet(withSet(command), "no tables: says which model is best and nothing else"),
    "baseline concrete.net",
  ).action((file: string, options: BaselineOptions) =>
    perform(options, (session) => baseline(session, file, options)),
  );
}

async function baseline(session: Session, file: string, options: BaselineOptions): Promise<CommandResult> {
  const read = await readProject(file, overridesOf(options), options.allow);
  if (!read.ok) return failed(session, read.diagnostics);
  const { project } = read;
  const { prepared, diagnostics, sources } = project;
  const isSound = !hasError(diagnostics);
  if (isSound) {
    session.report(diagnostics, sources);
    if (prepared !== undefined) {
      session.say(`Fitting baselines of ${file}: ${count(prepared.splits.train.rows, "row")}`);
      if (project.reading !== null) session.say(project.reading);
    }
  }
  const { run, runs } = options;
  const found = await baselinesOf(project, { runs, ...(run === undefined ? {} : { run }) });
  if (!found.ok) {
    // Warnings of a sound project have been shown by now.
    const known = new Set(isSound ? diagnostics : []);
    return failed(
      session,
      found.diagnostics.filter((one) => !known.has(one)),
      found.sources,
    );
  }
  const { value } = found;
  const train = `${session.io.command} train ${shellWord(file)}`;
  const hint = `network: no run of the file as it is now in \`${runs}\`: \`${train}\` makes one`;
  const isAlone = value.models.every(({ name }) => name !== "network");
  const text =
    options.quiet === true
      ? `${value.verdict}\n`
      : baselinesText(value, prepared, isAlone ? hint : null, session);
  return done(text, { file, ...baselinesJson(value) });
}
