// What the commands show of targets that are no plain numbers: thresholds, the confusion matrix, labels, quantiles.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { toFormat1 } from "../support/format-1.ts";
import { smallProject } from "../support/project.ts";

/** A table of 60 rows, trained on; gives the folder of the run. */
async function trained(target: string, loss: string, wordOf: (a: number) => string, columns = "") {
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 20},${(i * 7) % 13},${wordOf(i % 20)}`);
  const text = `netwright 1
data { source: "small.csv", target: ${target}
columns { ${columns} } }
model { dense(4, tanh) -> dense(outputs) }
train { loss: ${loss}, optimizer: adam(learning_rate: 0.1), epochs: 30 }
`;
  const project = smallProject(text, `a,b,${target}\n${rows.join("\n")}\n`);
  const played = await cli(["train", project.net, "--backend", "reference", "--out", project.runs]);
  return { ...project, played, run: join(project.runs, readdirSync(project.runs)[0] ?? "") };
}

describe("two classes with a threshold", () => {
  const line = "threshold: `yes` is predicted from a probability of 0.25 on";
  let own: Awaited<ReturnType<typeof trained>>;
  beforeAll(async () => {
    own = await trained("kind", "binary_cross_entropy, threshold: 0.25", (a) => (a > 11 ? "yes" : "no"));
  });

  test("are told by train and by explain", async () => {
    expect(own.played.stdout).toContain(line);
    expect((await cli(["explain", own.run])).stdout).toContain(
      "`yes` is predicted from a probability of 0.25 on.",
    );
  });

  test("are measured with it, and the confusion matrix stands beside", async () => {
    const argv = ["evaluate", own.run, "--backend", "reference", "--data", own.csv];
    const { stdout } = await cli(argv);
    expect(stdout).toContain(line);
    expect(stdout).toMatch(/^true \\ predicted +no +yes$/m);
    expect(stdout).toMatch(/^no +3\d +\d$/m);
    const json = lastLine(await cli([...argv, "--format", "json"]));
    expect(json).toMatchObject({ threshold: 0.25, confusion: { classes: ["no", "yes"] } });
  });

  test("are measured the same in a run of a release whose hash had no threshold in it", async () => {
    const argv = ["evaluate", own.run, "--backend", "reference"];
    const { stdout } = await cli(argv);
    toFormat1(own.run, {
      record: ({ hash, ...rest }) => ({ ...rest, hash: { ...Object(hash), run: "0".repeat(64) } }),
    });
    const older = await cli(argv);
    expect(older).toMatchObject({ code: 0, stdout });
    expect(stdout).toContain(line);
  });
});

test("labels are predicted as the table lists them, with a column for the probability of each", async () => {
  const tags = (a: number) => [...(a > 9 ? ["big"] : []), ...(a % 20 < 15 ? ["low"] : [])].join("|");
  const { run } = await trained("tags", "multi_label_cross_entropy", tags, "tags: labels");
  const argv = ["predict", run, "--backend", "reference", "--input", "-"];
  const stdin = "a,b\n12,3\n0,3\n";
  const { stdout } = await cli(argv, { stdin });
  const [header, ...lines] = stdout.trimEnd().split("\n");
  expect(header).toBe("tags,P(big),P(low)");
  expect(lines.map((line) => line.split(",")[0])).toEqual(["big|low", "low"]);
  expect(lastLine(await cli([...argv, "--format", "json"], { stdin }))).toMatchObject({
    predictions: [
      { tags: "big|low", probabilities: { big: expect.any(Number), low: expect.any(Number) } },
      {},
    ],
  });
});

test("quantiles have a column each, behind the prediction", async () => {
  const { run } = await trained("y", "quantile(levels: [0.1, 0.5, 0.9])", (a) => String(2 * a));
  const argv = ["predict", run, "--backend", "reference", "--input", "-"];
  const stdin = "a,b\n12,3\n";
  const { stdout } = await cli(argv, { stdin });
  const [header, line = ""] = stdout.trimEnd().split("\n");
  expect(header).toBe("y,y(0.1),y(0.5),y(0.9)");
  const [y, low, middle, high] = line.split(",").map(Number);
  expect(y).toBe(middle);
  expect(Number(low) <= Number(middle) && Number(middle) <= Number(high)).toBe(true);
  expect(lastLine(await cli([...argv, "--format", "json"], { stdin }))).toMatchObject({
    predictions: [{ y, quantiles: { "0.1": low, "0.5": middle, "0.9": high } }],
  });
});
