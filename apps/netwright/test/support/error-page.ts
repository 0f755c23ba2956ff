// Reads a page of `docs/errors` and runs its examples. The info string of a fenced block says what it is:
//
//   net wrong 3:9      model.net of the wrong example, with the place of the diagnostic
//   csv right new.csv  a file of the right example
//   net model.net      a file of both; without `wrong` or `right`, a block belongs to both
//   sh                 commands, one a line; without any, `netwright check model.net`
//   js                 statements that give `problems`
//   text               nothing that a test could run
//
// `houses.csv`, which stands beside the pages, is in the folder of every example.

import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { prepare, readCsv } from "@netwright/data";
import { checkPlan } from "@netwright/runtime";
import { marked } from "marked";
import { cli, lastLine } from "./cli.ts";
import { temporaryFolder } from "./project.ts";

export const PAGES = fileURLToPath(new URL("../../../../docs/errors/", import.meta.url));

export interface Block {
  readonly language: string;
  /** Null for both. */
  readonly side: Side | null;
  readonly file: string | null;
  readonly place: string | null;
  readonly text: string;
}

export type Side = "wrong" | "right";

export interface Page {
  readonly code: string;
  readonly title: string;
  readonly headings: readonly string[];
  readonly blocks: readonly Block[];
}

export function readPage(code: string): Page {
  const tokens = marked.lexer(readFileSync(`${PAGES}${code}.md`, "utf8"));
  const headings = tokens.flatMap((token) => (token.type === "heading" ? [token] : []));
  return {
    code,
    title: String(headings[0]?.text),
    headings: headings.slice(1).map(({ text }) => String(text)),
    blocks: tokens.flatMap((token) => (token.type === "code" ? [blockOf(token.lang ?? "", token.text)] : [])),
  };
}

function blockOf(info: string, text: string): Block {
  const [language = "", ...words] = info.split(" ");
  return {
    language,
    side: words.find((word): word is Side => word === "wrong" || word === "right") ?? null,
    file: words.find((word) => word.includes(".")) ?? (language === "net" ? "model.net" : null),
    place: words.find((word) => word.includes(":")) ?? null,
    text,
  };
}

export interface Found {
  readonly code: string;
  readonly file: string | null;
  /** `line:column`. */
  readonly place: string | null;
}

export interface Outcome {
  /** Of all commands but the last. */
  readonly before: readonly Found[];
  readonly last: readonly Found[];
  readonly exit: number;
}

/** Runs one side of a page in a folder of its own. */
export async function runSide({ blocks }: Page, side: Side): Promise<Outcome> {
  const mine = blocks.filter((block) => block.side === side || block.side === null);
  const script = mine.find(({ language }) => language === "js");
  if (script !== undefined) return { before: [], last: runScript(script.text), exit: 0 };
  const folder = temporaryFolder();
  copyFileSync(`${PAGES}houses.csv`, `${folder}/houses.csv`);
  for (const { file, text } of mine) if (file !== null) writeFileSync(`${folder}/${file}`, `${text}\n`);
  const commands = mine.flatMap(({ language, text }) => (language === "sh" ? text.split("\n") : []));
  const home = process.cwd();
  process.chdir(folder);
  try {
    return await runAll(commands.length === 0 ? ["netwright check model.net"] : commands);
  } finally {
    process.chdir(home);
  }
}

async function runAll(commands: readonly string[]): Promise<Outcome> {
  let outcome: Outcome = { before: [], last: [], exit: 0 };
  for (const command of commands) {
    if (!command.startsWith("netwright ")) {
      execFileSync("sh", ["-c", command]);
      continue;
    }
    const played = await cli([...wordsOf(command).slice(1), "--format", "json"]);
    const before = [...outcome.before, ...outcome.last];
    outcome = { before, last: foundIn(lastLine(played)), exit: played.code };
  }
  return outcome;
}

/** The shell takes the words apart, so that quotation marks and `*` mean what they mean to a reader. */
function wordsOf(command: string): readonly string[] {
  // A process for each of hundreds of plain commands would take half of the time.
  if (/^[\w ./=:,@-]+$/.test(command)) return command.split(/ +/);
  const words = execFileSync("sh", ["-c", `printf '%s\\0' ${command}`], { encoding: "utf8" });
  return words.split("\0").slice(0, -1);
}

interface Printed {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly file: string | null;
    readonly line: number | null;
    readonly column: number | null;
  }[];
}

function foundIn(json: unknown): readonly Found[] {
  // The shape is the contract of `--format json`, which other tests check.
  const { diagnostics } = json as Printed;
  return diagnostics.map(({ code, file, line, column }) => ({
    code,
    file,
    place: line === null ? null : `${line}:${column}`,
  }));
}

/** What a plan for data has when the example says nothing else. */
const plan = {
  target: ["Price"],
  features: "all",
  columns: {},
  scale: { name: "zscore", args: {} },
  missing: { name: "error", args: {} },
  split: { train: 1, validation: 0, test: 0, seed: 0 },
  predicts: "number",
};

function runScript(text: string): readonly Found[] {
  const run = new Function("readCsv", "prepare", "checkPlan", "plan", `${text}\nreturn problems;`);
  const problems: readonly { readonly code: string }[] = run(readCsv, prepare, checkPlan, plan);
  return problems.map(({ code }) => ({ code, file: null, place: null }));
}
