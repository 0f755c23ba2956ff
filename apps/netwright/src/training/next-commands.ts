// What to do next, as commands that can be copied: behind the report of a run and of a study.

import { dirname, isAbsolute, join } from "node:path";
import type { Project } from "netwright";
import { shellWord } from "../output/shell-word.ts";
import type { Session } from "../usage/session.ts";

export interface NextCommand {
  readonly title: string;
  readonly command: string;
}

/** `run` is the folder of a run or a study. */
export function resumeCommand(run: string, { io }: Pick<Session, "io">): NextCommand {
  return { title: "Resume", command: `${io.command} train --resume ${shellWord(run)}` };
}

/** `data` is the table that the model was trained on; null where there is no file of it. */
export function predictCommand(run: string, data: string | null, { io }: Pick<Session, "io">): NextCommand {
  const input = data === null ? "new.csv" : shellWord(data);
  return { title: "Predict", command: `${io.command} predict ${shellWord(run)} --input ${input}` };
}

export function commandsText(
  commands: readonly NextCommand[],
  { colours }: Pick<Session, "colours">,
): string {
  return commands.map(({ title, command }) => `${title}:\n  ${colours.cyan(command)}\n`).join("");
}

/** The table that the model was trained on, relative to the current directory; null where it came from a database. */
export function dataPath({
  file,
  project,
}: {
  readonly file: string;
  readonly project: Project;
}): string | null {
  if (project.data === undefined || project.data.query !== undefined) return null;
  const { source } = project.data;
  return isAbsolute(source) ? source : join(dirname(file), source);
}
