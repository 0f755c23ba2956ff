// Windows of series on the command line: what is said of them, and which row each prediction is for.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { type SmallProject, smallProject } from "../support/project.ts";

const NET = `netwright 1

data sales {
  source: "sales.csv"
  target: sold
  window { length: 5, order: hour, by: [shop] }
  split: { train: 60%, validation: 20%, test: 20% }
}

model { flatten -> dense(outputs) }

train {
  loss: mse
  optimizer: adam(learning_rate: 0.02)
  epochs: 40
}
`;

/** Hours of two shops, of which one was closed once. */
function csv(hours: number): string {
  const rows = ["north", "south"].flatMap((shop, s) =>
    Array.from({ length: hours }, (_, i) => {
      const hour = new Date(Date.UTC(2026, 2, 30, i)).toISOString().slice(0, 16).replace("T", " ");
      return s === 1 && i === 50 ? [] : [`${shop},${hour},${(10 * s + 5 + 3 * Math.sin(i / 2)).toFixed(3)}`];
    }).flat(),
  );
  return `shop,hour,sold\n${rows.join("\n")}\n`;
}

let project: SmallProject;
let net = "";
let run = "";

beforeAll(async () => {
  project = smallProject();
  project.write("sales.csv", csv(100));
  net = project.write("sales.net", NET);
  const trained = await cli(["train", net, "--out", project.runs, "--format", "json"]);
  expect(trained.code).toBe(0);
  run = join(project.runs, readdirSync(project.runs)[0] ?? "");
});

test("train names what the past says by itself, in the table and as data", async () => {
  const shown = await cli(["train", net, "--out", join(project.folder, "again"), "--epochs", "1"]);
  expect(shown.stdout).toContain("seasonal naive MAE");
  expect(shown.stdout).toContain("last value MAE");
  expect(shown.stdout).toContain(
    "seasonal naive: the value 24 rows before, or where the table has none the last one",
  );
  expect(shown.stdout).not.toContain("the mean of the training rows");
  const evaluated = lastLine(await cli(["evaluate", run, "--format", "json"]));
  expect(evaluated).toMatchObject({
    naive: { last_value: { mae: expect.any(Number) }, seasonal_naive: { mae: expect.any(Number) } },
  });
});

test("explain says what a window is", async () => {
  const { stdout } = await cli(["explain", run]);
  expect(stdout).toContain("5 x 1");
  expect(stdout.replaceAll("\n", " ")).toContain(
    "A window has 5 rows of one series by `shop`, 1 hour apart in `hour`; the target is 1 row behind the last of them. It comes round every 24 rows.",
  );
});

describe("predict", () => {
  test("says in front which row each line is for, also behind the end", async () => {
    const input = project.write("new.csv", csv(6));
    const { stdout, code } = await cli(["predict", run, "--input", input]);
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => line.split(",").slice(0, 2).join(" ")),
    ).toEqual([
      "shop hour",
      "north 2026-03-30 05:00",
      "north 2026-03-30 06:00",
      "south 2026-03-30 05:00",
      "south 2026-03-30 06:00",
    ]);
  });

  test("keeps columns of the row that each line is for, which has none behind the end", async () => {
    const [head = "", ...lines] = csv(6).trim().split("\n");
    // In another order, and with a column that the model does not know.
    const rows = lines.map((line, i) => `${line},n${i}`).reverse();
    const input = project.write("kept.csv", [`${head},note`, ...rows].join("\n"));
    const { stdout, code } = await cli(["predict", run, "--input", input, "--keep", "all"]);
    expect(code).toBe(0);
    const told = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(","));
    const names = [
      "shop",
      "hour",
      ...head.split(",").filter((name) => !["shop", "hour"].includes(name)),
      "note",
    ];
    expect(told[0]?.slice(0, names.length)).toEqual(names);
    for (const line of told.slice(1)) {
      const own = lines.findIndex((one) => line.slice(0, 2).every((cell) => one.split(",").includes(cell)));
      const note = own < 0 ? "" : `n${own}`;
      expect(line[names.length - 1]).toBe(note);
      expect(line[2] === "").toBe(own < 0);
    }
    const [last] = (
      await cli(["predict", run, "--input", input, "--keep", "note", "--format", "json"])
    ).stdout
      .trim()
      .split("\n")
      .slice(-1);
    expect(JSON.parse(last ?? "").predictions.map(({ note }: { note: string }) => note)).toEqual(
      told.slice(1).map((line) => line[names.length - 1]),
    );
  });

  test("refuses too few rows", async () => {
    const input = project.write("few.csv", csv(4));
    const refused = await cli(["predict", run, "--input", input, "--format", "json"]);
    expect(lastLine(refused)).toMatchObject({ diagnostics: [{ code: "NW0698" }] });
  });
});

test("diff names what differs in a window", async () => {
  const other = project.write("other.net", NET.replace("length: 5", "length: 9"));
  const { stdout } = await cli(["diff", net, other]);
  expect(stdout).toMatch(/data\.window\.length\s+5\s+9/);
});
