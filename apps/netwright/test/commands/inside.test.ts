// `explain RUN --filters`, `--activations` and `--attention`: what is refused, and the data that they give. The pages docs/mnist.md, series.md and
// text.md have their texts and pictures, in slow/docs-networks.test.ts.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { smallProject } from "../support/project.ts";
import { trainedRun } from "../support/trained-run.ts";

const NET = `netwright 1
data small {
  source: "small.csv"
  target: y
}
model {
  reshape([2, 1])
  conv1d(3, kernel_size: 2)
  flatten
  dense(1)
}
train {
  optimizer: adam(learning_rate: 1e-2)
  batch: 16
  epochs: 1
}
`;

const project = smallProject(NET);
let run = "";
beforeAll(async () => {
  run = await trainedRun(project);
});

/** With the code of a mistake in the command line, or another one. */
async function refused(code: number, ...argv: readonly string[]): Promise<string> {
  const played = await cli(["explain", ...argv]);
  expect([played.code, played.stdout]).toEqual([code, ""]);
  return played.stderr;
}

test("what does not go together is said", async () => {
  expect(await refused(2, project.net, "--filters")).toContain("are asked of a run");
  expect(await refused(2, run, "--filters", "--attention", "1")).toContain("one thing at a time");
  expect(await refused(2, run, "--filters", "--importance")).toContain("one thing at a time");
  expect(await refused(2, run, "--filters", "--layer", "conv1d_1")).toContain("goes with `--activations`");
  expect(await refused(2, run, "--filters", "--data", "a.csv")).toContain("whatever the row");
  expect(await refused(2, run, "--filters", "--split", "train")).toContain("go with `--importance`");
  expect(await refused(2, run, "--filters", "--seed", "1")).toContain("are fixed");
  expect(await refused(2, run, "--filters", "--output", "a.gif")).toContain("not `a.gif`");
  expect(await refused(2, run, "--output", "a.svg")).toContain("go with `--filters`");
});

test("what is not there is said with what is", async () => {
  expect(await refused(1, run, "--attention", "1")).toContain("NW0870  the model has no attention");
  expect(await refused(1, run, "--activations", "999")).toContain("row 999 is none of the 60 rows");
  expect(await refused(1, run, "--filters", "dense_1")).toContain("There are `conv1d_1`.");
  expect(await refused(1, run, "--activations", "1", "--layer", "dense_9")).toContain("`flatten_1`");
});

test("filters are the kernel, filter by filter", async () => {
  const played = await cli(["explain", run, "--filters", "--format", "json"]);
  const { filters } = lastLine(played) as { filters: { filters: number[][] }[] };
  expect(filters).toMatchObject([{ layer: "conv1d_1", window: [2], channels: 1 }]);
  expect(filters[0]?.filters.map((filter) => filter.length)).toEqual([2, 2, 2]);
});

test("the activations of a row are of each layer, and the last is what is predicted, scaled; a table of rows may come along", async () => {
  const argv = ["explain", run, "--activations", "2", "--backend", "reference", "--format", "json"];
  const own = lastLine(await cli(argv));
  expect(own).toMatchObject({
    row: 2,
    prediction: { y: expect.any(Number) },
    activations: [
      { name: "reshape_1", shape: [2, 1] },
      { name: "conv1d_1", shape: [1, 3] },
      { name: "flatten_1", shape: [3] },
      { name: "dense_1", shape: [1] },
    ],
  });
  const given = lastLine(await cli([...argv, "--data", project.csv]));
  expect(given).toEqual(own);
});

test("a picture is written, and left as it is without `--force`", async () => {
  const output = join(project.folder, "filters.svg");
  expect(await cli(["explain", run, "--filters", "--output", output])).toMatchObject({ code: 0 });
  expect(readFileSync(output, "utf8")).toContain('aria-label="the 3 filters of conv1d_1"');
  expect(await refused(1, run, "--filters", "--output", output)).toContain("exists already");
});

test("attention has its words, also where other columns stand beside the text", async () => {
  const texts = ["see you at home", "win a prize", "", "ring me", "free prize now"];
  const rows = Array.from({ length: 60 }, (_, i) => `"${texts[i % 5]}",${i % 7},${(i * 3) % 11}`);
  project.write("texts.csv", ["text,n,y", ...rows].join("\n"));
  const net = project.write(
    "texts.net",
    `netwright 1
data texts {
  source: "texts.csv"
  target: y
  columns { text: text(word_sequence(length: 5, vocabulary: 20)) }
}
model {
  parallel {
    words { input(text) -> embedding(4, mask_zero: true) -> multi_head_attention(1) -> global_average_pooling1d }
    number { input(features) }
  } -> concat
  dense(1)
}
train { loss: mse }
`,
  );
  const mixed = await trainedRun({ net, runs: project.runs });
  const { stdout } = await cli(["explain", mixed, "--attention", "2"]);
  expect(stdout.match(/^(win|a|prize|4) .*$/gm)).toHaveLength(3);
  const played = lastLine(await cli(["explain", mixed, "--attention", "2", "--format", "json"]));
  expect(played).toMatchObject({ words: ["win", "a", "prize"] });
  // Without a word there is none to name the steps by.
  expect((await cli(["explain", mixed, "--attention", "3"])).stdout).toMatch(/^5 /m);
});
