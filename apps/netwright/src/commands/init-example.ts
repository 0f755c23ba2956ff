// `netwright init --example concrete`: an example with its data, for who has no clone of the project.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { shellWord } from "../output/shell-word.ts";
import { blockedOutputs, makeFolder, type OutputFile, writeOutputs } from "../project/write-output.ts";
import { type CommandResult, done, failed } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

interface Example {
  /** The file to train, and what it needs. */
  readonly files: readonly [string, ...string[]];
  /** Whose the data are, and their licence. */
  readonly data: string;
}

const EXAMPLES = {
  concrete: { files: ["concrete.net", "concrete.csv"], data: "data of I-Cheng Yeh, CC BY 4.0" },
  penguins: { files: ["penguins.net", "penguins.csv"], data: "data of Gorman, Horst and Hill, CC0" },
  wine: { files: ["wine.net", "wine.csv"], data: "data of Aeberhard and Forina, CC BY 4.0" },
  digits: { files: ["digits.net", "digits.csv"], data: "data of Alpaydin and Kaynak, CC BY 4.0" },
} as const satisfies Readonly<Record<string, Example>>;

export type ExampleName = keyof typeof EXAMPLES;

export const exampleNames: readonly string[] = Object.keys(EXAMPLES);

/** Into `folder`, all files or none. */
export function initExample(
  session: Session,
  name: ExampleName,
  folder: string,
  force: boolean,
): CommandResult {
  const rule = { force, inputs: [] };
  const example = EXAMPLES[name];
  const files = example.files.map(
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
  const text = `${paths.join(", ")}: ${example.data}\nRead it, then: ${session.io.command} train ${shellWord(paths[0] ?? "")}\n`;
  return done(text, { files: paths });
}

/** Seen from a chunk of the bundle, from the bundle itself, and from this file. */
const FOLDERS = ["../examples/", "./examples/", "../../../../examples/"];

function readExample(name: ExampleName, file: string): string {
  const places = FOLDERS.map((folder) => new URL(`${folder}${name}/${file}`, import.meta.url));
  const place = places.find((url) => existsSync(url));
  if (place === undefined) throw new Error(`${file} of the example is not where the build puts it`);
  return readFileSync(place, "utf8");
}
