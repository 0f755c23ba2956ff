// Pages of the words of the language itself: statements, steps of a flow, built-in sizes. What they mean comes from
// the language's own table; the examples stand here, and a test runs them.

import { builtInDocs, flowWordEntries, statementWords } from "@netwright/lang/service";
import type { HelpPage } from "./help-page.ts";

const wordExamples: Readonly<Record<string, string>> = {
  netwright: "netwright 1",
  param: "param width = 64 in [32, 64, 128]",
  use: 'use "blocks.net"',
  data: 'data houses {\n  source: "houses.csv"\n  target: Price\n}',
  block: "block hidden(units, act = relu) {\n  dense(units)\n  act\n}",
  model: "model {\n  dense(64, relu)\n  dense(1)\n}",
  train: "train {\n  loss: mae\n  epochs: 300\n}",
  report: "report {\n  interval: 90%\n}",
  expect: "expect {\n  test.r2 > 0.88\n  test.mae < 4\n}",
  repeat: "repeat 3 { dense(64, relu) }",
  if: "if rate > 0 { dropout(rate) } else { relu }",
  residual: "residual(project: dense) { dense(64, relu) }",
  parallel: "parallel {\n  wide { dense(32, relu) }\n  smooth { dense(8, swish) }\n} -> concat",
  input: "input(8)",
  shared: "repeat 3 { shared(dense(features, tanh)) }",
  features: "dense(features * 4, relu)",
  outputs: "dense(outputs)",
};

export function wordPages(): HelpPage[] {
  const docs = [
    ...[statementWords, flowWordEntries].flatMap((entries) =>
      Object.entries(entries).map(([word, { doc }]) => [word, doc] as const),
    ),
    ...Object.entries(builtInDocs),
  ];
  return docs.map(([word, doc]) => ({
    kind: "word",
    name: word,
    aliases: [],
    signature: null,
    doc,
    facts: [],
    formula: null,
    params: [],
    example: wordExamples[word] ?? "",
    source: null,
  }));
}
