// `netwright init --example concrete`: an example with its data, for who has no clone of the project.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Example } from "#examples";
import { shellWord } from "../output/shell-word.ts";
import { blockedOutputs, makeFolder, type OutputFile, writeOutputs } from "../project/write-output.ts";
import { type CommandResult, done, failed } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

/** Into `folder`, all files or none. */
export function initExample(
  session: Session,
  { name, files: names, data, prepare }: Example,
  folder: string,
  force: boolean,
): CommandResult {
  const rule = { force, inputs: [] };
  const files = names.map(
    (file): OutputFile => ({ path: join(folder, file), content: readExample(name, file) }),
  );
  const blocked = blockedOutputs(
    files.map(({ path }) => path),
    rule,
  );
  if (blocked.length > 0) return failed(session, blocked);
  const noFolder = makeFolder(folder);
  const problems = noFolder === null ? writeOutputs(files, rule) : [noFolder];
  if (problems.length > 0) return failed(session, problems);
  const paths = files.map(({ path }) => path);
  const first = prepare === undefined ? "" : `Its table is written, in that folder, by: ${prepare}\n`;
  const text = `${paths.join(", ")}: ${data}\n${first}Read it, then: ${session.io.command} train ${shellWord(paths[0] ?? "")}\n`;
  return done(text, { files: paths });
}

/** Seen from a chunk of the bundle, from the bundle itself, and from this file. */
const FOLDERS = ["../examples/", "./examples/", "../../../../examples/"];

function readExample(name: string, file: string): string {
  const places = FOLDERS.map((folder) => new URL(`${folder}${name}/${file}`, import.meta.url));
  const place = places.find((url) => existsSync(url));
  if (place === undefined) throw new Error(`${file} of the example is not where the build puts it`);
  return readFileSync(place, "utf8");
}
