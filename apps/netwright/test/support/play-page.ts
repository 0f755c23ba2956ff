// A page of the documentation, played: its files are written, its commands run, in order, and print what stands below them.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { cli, type Played } from "./cli.ts";

export type Play = (command: string) => Promise<string>;

/** Of a piece of text that is no output: whether it was dealt with. */
export type OtherText = (text: string, play: Play) => Promise<boolean>;

export interface PageSetting {
  readonly others?: OtherText;
  /** What commands of other programs do, by their text. */
  readonly programs?: Readonly<Record<string, () => void>>;
  /** What plays `npx netwright`: by default the command in this process. */
  readonly netwright?: (argv: readonly string[]) => Promise<Pick<Played, "code" | "stdout" | "stderr">>;
}

/** A test for each block of `docs/<name>.md`, and the pictures that it shows are those that its commands make. */
export function playPage(
  name: string,
  { others = async () => false, programs = {}, netwright: command = cli }: PageSetting = {},
): void {
  const page = readFileSync(new URL(`../../../../docs/${name}.md`, import.meta.url), "utf8");
  const blocks = [...page.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", file, text = ""]) => ({ language, file, text }),
  );

  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), `netwright-${name}-`));
  beforeAll(() => process.chdir(folder));
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });

  /** What `RUN` stands for, and what the last commands have printed. */
  let [run, printed] = ["", ""];

  async function play(line: string): Promise<string> {
    const program = programs[line];
    if (program !== undefined) {
      program();
      return "";
    }
    const words = [...line.matchAll(/"([^"]*)"|(\S+="[^"]*")|(\S+)/g)].map(
      ([word, quoted]) => quoted ?? word,
    );
    const [npx, netwright, ...argv] = words.map((word) => (word === "RUN" ? run : word));
    expect([npx, netwright]).toEqual(["npx", "netwright"]);
    const { stdout, stderr, code } = await command(argv);
    // What is refused is shown as such.
    expect([line, code]).toEqual([line, /^error NW/m.test(stderr) ? 1 : 0]);
    run = /^Saved: (\S+)$/m.exec(stdout + stderr)?.[1] ?? run;
    return stdout + stderr;
  }

  test.each(
    blocks.map((block, i) => [`${i + 1}: ${block.language} ${block.text.split("\n")[0]}`, block] as const),
  )(
    "block %s",
    async (_, { language, file, text }) => {
      if (file !== undefined) return writeFileSync(file, text);
      if (language === "sh") {
        printed = "";
        for (const line of text.trimEnd().split("\n")) printed += await play(line);
        return;
      }
      expect(language).toBe("text");
      if (!(await others(text, play))) expect(printed).toContain(text);
    },
    120_000,
  );

  for (const [, path = "", file = ""] of page.matchAll(/!\[[^\]]+\]\((pictures\/(.*\.svg))\)/g)) {
    test(`picture ${file}`, () => {
      const kept = new URL(`../../../../docs/${path}`, import.meta.url);
      const made = readFileSync(file, "utf8");
      if (process.env["UPDATE_DOCS"] === "1") writeFileSync(kept, made);
      expect(readFileSync(kept, "utf8")).toBe(made);
    });
  }
}
