// docs/classes.md cannot lie: its files are written, its commands run, in order, and print what stands below them.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { cli } from "./support/cli.ts";

const page = readFileSync(new URL("../../../docs/classes.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
  ([, language = "", file, text = ""]) => ({ language, file, text }),
);

const before = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "netwright-classes-"));
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

/** What `RUN` stands for, and what the last commands have printed. */
let [run, printed] = ["", ""];

async function play(command: string): Promise<void> {
  const words = [...command.matchAll(/"([^"]*)"|(\S+="[^"]*")|(\S+)/g)].map(
    ([word, quoted]) => quoted ?? word,
  );
  const [npx, netwright, ...argv] = words.map((word) => (word === "RUN" ? run : word));
  expect([npx, netwright]).toEqual(["npx", "netwright"]);
  const { stdout, stderr, code } = await cli(argv);
  printed += stdout + stderr;
  // What is refused is shown as such.
  expect([command, code]).toEqual([command, /^error NW/m.test(stderr) ? 1 : 0]);
  run = /^Saved: (\S+)$/m.exec(stdout + stderr)?.[1] ?? run;
}

test.each(
  blocks.map((block, i) => [`${i + 1}: ${block.language} ${block.text.split("\n")[0]}`, block] as const),
)(
  "block %s",
  async (_, { language, file, text }) => {
    if (file !== undefined) return writeFileSync(file, text);
    if (language === "sh") {
      printed = "";
      for (const command of text.trimEnd().split("\n")) await play(command);
      return;
    }
    expect(language).toBe("text");
    // A piece of a file stands for itself: the language checks it with the network before it.
    if (text.startsWith("expect ")) {
      const net = readFileSync("species.net", "utf8");
      writeFileSync("expecting.net", `${net}\n${text}`);
      await play("npx netwright train expecting.net");
      expect(printed.match(/^pass /gm)).toHaveLength(2);
      return;
    }
    expect(printed).toContain(text);
  },
  60_000,
);
