// What stands in a stranger's table, file, path or run never reaches a terminal as anything but text that is seen.

import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { cli, type Played } from "../support/cli.ts";
import { SMALL, smallProject, temporaryFolder } from "../support/project.ts";

const TITLE = "\u001b]0;gone\u0007";
const RED = "\u001b[31m";
const WIPED = "\u009b2J";
const TURNED = "\u202e";
const HOSTILE = `b${RED}${TITLE}${WIPED}${TURNED}\u007f\u2066\u0085`;

/** Our own colours, and ends of lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is how a terminal is told of colours
const OURS = /\u001b\[(?:1|2|22|31|32|33|34|35|36|39)m|\n/g;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

function expectSeen({ stdout, stderr }: Played, colours = ""): void {
  for (const text of [stdout, stderr]) {
    const own = text.replace(OURS, "");
    expect(UNSEEN.exec(own)?.[0]).toBeUndefined();
    expect(text).not.toContain(colours === "" ? RED + TITLE : colours);
  }
}

function hostileTable(): string {
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${i % 7},${2 * i},"w${i % 3}${HOSTILE}\nend"`);
  return `a,"${HOSTILE}",y,"word${HOSTILE}\nline two"\n${rows.join("\n")}\n`;
}

const NET = SMALL.replace(
  /columns \{.*\}/,
  `features: [${JSON.stringify("a")}, ${JSON.stringify(HOSTILE).replace(/[\u007f-\u009f\u2000-\u206f]/g, (c) => c)}]`,
);

describe("on a terminal and in a pipe", () => {
  const scenes = [{ columns: 80 }, { columns: 30 }, {}];

  test.each(scenes)("tables and their columns: %j", async (scene) => {
    const { write } = smallProject();
    const csv = write("hostile.csv", hostileTable());
    const head = await cli(["data", "head", csv], scene);
    expect(head.code).toBe(0);
    expectSeen(head);
    expect(head.stdout).toContain("\\u001b[31m");
    // A name of two lines is one cell.
    expect(head.stdout).not.toMatch(/^(?:line two|end)/m);
    expectSeen(await cli(["init", csv, "--target", "y"], scene));
    expectSeen(await cli(["init", csv, "--force", "--target", `z${HOSTILE}`], scene));
    expectSeen(await cli(["check", csv.replace(".csv", ".net")], scene));
  });

  test.each(scenes)("files, and what is wrong in them: %j", async (scene) => {
    const { write } = smallProject(NET, hostileTable());
    const net = write(
      "wrong.net",
      `use "x${HOSTILE}.net"\n${SMALL.replace("dense(width, relu)", `dense(width, "${HOSTILE}")`).replace("small.csv", `no${HOSTILE}.csv`)}`,
    );
    for (const command of ["check", "explain", "train", "ir", "fmt"])
      expectSeen(await cli([command, net], scene));
  });

  test.each(scenes)("paths and words of the command line: %j", async (scene) => {
    const folder = join(temporaryFolder(), `f${RED}${TURNED}${WIPED}`);
    mkdirSync(folder);
    const net = join(folder, "small.net");
    writeFileSync(net, SMALL);
    writeFileSync(join(folder, "small.csv"), "a,y\n1,2\n3,x\n");
    for (const argv of [
      ["check", net],
      ["fmt", folder],
      ["fmt", "--check", folder],
      ["data", "head", join(folder, "small.csv")],
      ["data", "head", join(folder, "none.csv")],
      ["train", join(folder, "none.net")],
      ["predict", folder, "--input", join(folder, "small.csv")],
      ["evaluate", folder],
      ["help", HOSTILE],
      [HOSTILE],
      ["check", `--${HOSTILE}`],
      ["check", net, "--set", `${HOSTILE}=${HOSTILE}`],
      ["train", net, "--backend", HOSTILE],
      ["diff", net, folder],
      ["plot", "activation", HOSTILE],
    ]) {
      expectSeen(await cli(argv, scene));
    }
  });
});

test("a run that was trained on such columns tells of them as they can be seen", async () => {
  const scene = { columns: 100 };
  const { write, runs } = smallProject();
  const csv = write("hostile.csv", hostileTable());
  expectSeen(await cli(["init", csv, "--target", "y"], scene));
  const net = csv.replace(".csv", ".net");
  // The line of progress is redrawn on a terminal, by codes of our own.
  const trained = await cli(["train", net, "--backend", "reference", "--out", runs, "--epochs", "1"]);
  expectSeen(trained);
  const [run = ""] = readdirSync(runs);
  const path = join(runs, run);
  expectSeen(await cli(["explain", path, "--resolved"], scene));
  expectSeen(await cli(["evaluate", path, "--data", csv], scene));
  expectSeen(await cli(["predict", path, "--input", csv, "--keep", "all"], scene));
  expectSeen(await cli(["predict", path, "--input", net], scene));
  // For programs, every character is what it is.
  const piped = await cli(["predict", path, "--input", csv, "--keep", "all"]);
  expect(piped.stdout).toContain(HOSTILE);
});

test("JSON escapes what a terminal would obey, and has the values as they are", async () => {
  const { write } = smallProject();
  const csv = write("hostile.csv", hostileTable());
  const played = await cli(["data", "head", csv, "--format", "json"], { columns: 80 });
  expectSeen(played);
  expect(JSON.parse(played.stdout)).toMatchObject({
    columns: [{ name: "a" }, { name: HOSTILE }, { name: "y" }, { name: `word${HOSTILE}\nline two` }],
  });
});
