// Warnings about what a network sees of its input, and about batches of one row.

import { describe, expect, test } from "@jest/globals";
import { memoryFiles, openProject } from "netwright";

const SHOWN = { files: memoryFiles(new Map()) };

/** Code and message of each warning; the network is sound. */
function warningsOf(flow: string, train = "loss: mse"): readonly string[] {
  const text = `netwright 1\nmodel {\n ${flow}\n}\ntrain { ${train} }\n`;
  const { model, diagnostics } = openProject({ file: "model.net", text }, SHOWN);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return diagnostics.map(
    ({ code, message, span }) => `${code} ${text.slice(span?.start, span?.end)}: ${message}`,
  );
}

describe("a receptive field", () => {
  test("that is wider than the input is told of once, at the first layer that sees so far", () => {
    const flow = "repeat 6 { conv2d(2, 3, padding: same, activation: relu) }\n flatten -> dense(1)";
    expect(warningsOf(`input(9, 20, 1)\n ${flow}`)).toEqual([
      "NW0741 conv2d(2, 3, padding: same, activation: relu): an output of `conv2d_5` sees 11 x 11 places, and the input has 9 x 20",
    ]);
    expect(warningsOf(`input(13, 13, 1)\n ${flow}`)).toEqual([]);
  });

  test("counts dilation, strides and pooling", () => {
    const flow = "conv1d(2, 2, strides: 2, padding: same) -> max_pooling1d(2, padding: same)";
    const wide = `${flow}\n conv1d(2, 3, padding: causal, dilation_rate: 2) -> global_max_pooling1d -> dense(1)`;
    expect(warningsOf(`input(19, 1)\n ${wide}`)).toEqual([
      "NW0741 conv1d(2, 3, padding: causal, dilation_rate: 2): an output of `conv1d_2` sees 20 steps, and the input has 19",
    ]);
    expect(warningsOf(`input(20, 1)\n ${wide}`)).toEqual([]);
  });

  test("counts whole places behind what makes a sequence longer", () => {
    const flow =
      "conv1d(2, 3, strides: 2, padding: same) -> relu -> upsampling1d(2) -> conv1d(2, 2, activation: relu) -> flatten -> dense(1)";
    expect(warningsOf(`input(4, 1)\n ${flow}`)).toEqual([
      "NW0741 conv1d(2, 2, activation: relu): an output of `conv1d_2` sees 5 steps, and the input has 4",
    ]);
    expect(warningsOf(`input(5, 1)\n ${flow}`)).toEqual([]);
  });

  test("of a window of any size is told at once", () => {
    const flow =
      "conv1d(2, 1000000000, strides: 3, padding: same) -> conv1d(2, 500000000, padding: same, activation: relu)";
    expect(warningsOf(`input(4, 1)\n ${flow} -> flatten -> dense(1)`).join()).toContain(
      "sees 1000000000 steps",
    );
    const longer = "conv_transpose1d(2, 1000000000, strides: 2, padding: same, activation: relu)";
    expect(warningsOf(`input(4, 1)\n ${longer} -> flatten -> dense(1)`).join()).toContain(
      "sees 500000000 steps",
    );
  });

  test("of windows that lie within the input is never wider", () => {
    expect(
      warningsOf("input(9, 1)\n repeat 4 { conv1d(2, 3, activation: relu) }\n flatten -> dense(1)"),
    ).toEqual([]);
  });
});

test("sums of separate channels, and then of all, are no two layers that could be one", () => {
  const between = (first: string) =>
    warningsOf(`input(9, 9, 4)\n ${first} -> conv2d(8, 1, activation: relu)\n flatten -> dense(1)`);
  expect(between("conv2d(8, 3)").map((warning) => warning.slice(0, 6))).toEqual(["NW0226"]);
  for (const first of ["depthwise_conv2d(3)", "conv2d(8, 3, groups: 4)"]) expect(between(first)).toEqual([]);
});

test("windows before what goes over steps are no two layers that could be one", () => {
  const before = (second: string, first = "conv1d(8, 3)") =>
    warningsOf(`input(9, 4)\n ${first} -> dropout(0.1) -> ${second} -> dense(1)`).map((warning) =>
      warning.slice(0, 6),
    );
  for (const second of ["lstm(3)", "bidirectional(gru(3))", "multi_head_attention(2) -> flatten"]) {
    expect(before(second)).toEqual([]);
    expect(before(second, "dense(8)")).toEqual(["NW0226"]);
  }
  expect(before("flatten")).toEqual(["NW0226"]);
});

describe("batches of one row", () => {
  const rows = "input(4)\n dense(3) -> batch_norm -> relu -> dense(1)";

  test("are told of where a layer goes by the batch", () => {
    const [warning, ...more] = warningsOf(rows, "loss: mse, batch: 1");
    expect(warning).toBe(
      "NW0742 1: `batch_norm_1` goes by mean and variance of a batch, and `batch: 1` has one row",
    );
    expect(more).toEqual([]);
    expect(warningsOf("input(4)\n dense(3, relu) -> dense(1)", "loss: mse, batch: 1")).toEqual([]);
    expect(warningsOf(rows, "loss: mse, batch: 2")).toEqual([]);
  });

  const lastOf = (flow: string, batch: number, count: number) => {
    const csv = `a,y\n${Array.from({ length: count }, (_, i) => `${(i * 7) % 11},${i}`).join("\n")}\n`;
    const split = "split: { train: 80%, validation: 10%, test: 10% }";
    const text = `netwright 1\ndata d { source: "d.csv", target: y, ${split} }\nmodel {\n ${flow}\n}\ntrain { loss: mse, batch: ${batch} }\n`;
    const { diagnostics, prepared } = openProject({ file: "model.net", text }, { ...SHOWN, data: csv });
    return {
      rows: prepared?.splits.train.rows,
      found: diagnostics.map(({ code, message, notes }) => `${code} ${message} ${notes.join(" ")}`),
    };
  };

  test("are told of where the last batch of the table is one, with a batch that is none", () => {
    const flow = "dense(3) -> batch_norm -> relu -> dense(1)";
    const { rows: known, found } = lastOf(flow, 8, 31);
    expect(known).toBe(25);
    expect(found).toEqual([
      "NW0743 the last batch of 25 rows has one row, and `batch_norm_1` goes by mean and variance of a batch One row has no variance: in that step the layer gives the same whatever goes in. Write `batch: 9`.",
    ]);
    expect(lastOf(flow, 9, 31).found).toEqual([]);
    expect(lastOf(flow, 24, 31).found.join()).toContain("`batch: 25`");
    expect(lastOf("dense(3, relu) -> dense(1)", 8, 31).found).toEqual([]);
  });
});

describe("padding", () => {
  const unheeded = (span: string) =>
    `NW0746 ${span}: \`${span.split("(")[0]}\` tells which steps are padding, and nothing heeds it`;

  test("that a layer tells and none leaves out is told of", () => {
    const words = "input(9, below: 5)\n embedding(3, mask_zero: true)";
    const told = unheeded("embedding(3, mask_zero: true)");
    expect(warningsOf(`${words} -> flatten -> dense(1)`)).toEqual([told]);
    expect(warningsOf(`${words} -> conv1d(2, 3, activation: relu) -> lstm(2) -> dense(1)`)).toEqual([told]);
    expect(warningsOf("input(9, 2)\n masking -> global_max_pooling1d -> dense(1)")).toEqual([
      unheeded("masking"),
    ]);
    for (const heeding of [
      "lstm(2)",
      "bidirectional(gru(2))",
      "dense(3, relu) -> layer_norm -> simple_rnn(2)",
      "multi_head_attention(1) -> flatten",
      "residual { dense(3, relu) } -> global_average_pooling1d",
      "parallel { a { } b { dense(3, relu) } } -> concat -> lstm(2)",
    ])
      expect(warningsOf(`${words} -> ${heeding} -> dense(1)`)).toEqual([]);
    expect(
      warningsOf(
        `${words} -> parallel { a { } b { conv1d(3, 1, activation: relu) } } -> add -> lstm(2) -> dense(1)`,
      ),
    ).toEqual([told]);
  });

  test("behind the words of texts that no layer tells of is told of where one would leave it out", () => {
    const inFile = (flow: string) => {
      const columns = "columns { note: text(word_sequence(length: 4)) }";
      const text = `netwright 1\ndata d { source: "d.csv", target: y, ${columns} }\nmodel { ${flow} -> dense(1) }\ntrain { loss: mse }\n`;
      const rows = Array.from({ length: 30 }, (_, i) => `word${i % 3} more,${i}`).join("\n");
      const { diagnostics } = openProject(
        { file: "model.net", text },
        { ...SHOWN, data: `note,y\n${rows}\n` },
      );
      return diagnostics.map(({ code, message }) => `${code} ${message}`);
    };
    const told = (layer: string) => `NW0747 \`${layer}\` takes the padding behind shorter texts for words`;
    expect(inFile("embedding(3) -> dropout(10%) -> lstm(2)")).toEqual([told("lstm")]);
    expect(inFile("embedding(3) -> residual { multi_head_attention(1) } -> gru(2)")).toEqual([
      told("multi_head_attention"),
    ]);
    expect(inFile("embedding(3, mask_zero: true) -> lstm(2)")).toEqual([]);
    expect(inFile("embedding(3) -> conv1d(2, 2, activation: relu) -> lstm(2)")).toEqual([]);
    expect(inFile("embedding(3) -> flatten")).toEqual([]);
  });
});
