// A page of the documentation, played: its files are written, its commands run, in order, and print what stands below them.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { cli } from "./cli.ts";

export type Play = (command: string) => Promise<string>;

/** Of a piece of text that is no output: whether it was dealt with. */
export type OtherText = (text: string, play: Play) => Promise<boolean>;

/** A test for each block of `docs/<name>.md`. */
export function playPage(name: string, others: OtherText = async () => false): void {
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

  async function play(command: string): Promise<string> {
    const words = [...command.matchAll(/"([^"]*)"|(\S+="[^"]*")|(\S+)/g)].map(
      ([word, quoted]) => quoted ?? word,
    );
    const [npx, netwright, ...argv] = words.map((word) => (word === "RUN" ? run : word));
    expect([npx, netwright]).toEqual(["npx", "netwright"]);
    const { stdout, stderr, code } = await cli(argv);
    // What is refused is shown as such.
    expect([command, code]).toEqual([command, /^error NW/m.test(stderr) ? 1 : 0]);
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
        for (const command of text.trimEnd().split("\n")) printed += await play(command);
        return;
      }
      expect(language).toBe("text");
      if (!(await others(text, play))) expect(printed).toContain(text);
    },
    60_000,
  );
}
