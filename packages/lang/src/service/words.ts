// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a placeholder of a snippet looks like this

// The words of the language with what an editor says about them: statements, steps of flows, built-in names.

import type { BuiltIn, FlowWord } from "./occurrence.ts";

export interface WordEntry {
  readonly doc: string;
  /** What completion inserts; `$0` and `${1:text}` are the places to type at. */
  readonly snippet: string;
}

export const statementWords: Readonly<Record<string, WordEntry>> = {
  netwright: { doc: "The version of the language, the first line of a file.", snippet: "netwright 1" },
  param: {
    doc: "A value with a name; behind `in` stand the values that it may take. `--set name=value` changes it.",
    snippet: "param ${1:width} = ${2:64}",
  },
  use: { doc: "Takes params and blocks from another file.", snippet: 'use "${1:other.net}"' },
  data: {
    doc: "The table to learn from: its file, the target, the features, how its rows are divided.",
    snippet: 'data ${1:name} {\n  source: "${2:table.csv}"\n  target: ${3:Target}\n}',
  },
  block: {
    doc: "A piece of network with a name and parameters.",
    snippet: "block ${1:hidden}(${2:units}) {\n  dense(${2:units}, relu)$0\n}",
  },
  model: {
    doc: "The layers, one after another, separated by new lines or `->`.",
    snippet: "model {\n  $0\n}",
  },
  train: { doc: "How the model is trained.", snippet: "train {\n  $0\n}" },
  report: {
    doc: "What is told beside a prediction of how sure it is.",
    snippet: "report {\n  interval: ${1:90%}\n}",
  },
  expect: {
    doc: "What a trained model must reach; training and evaluating fail where it does not.",
    snippet: "expect {\n  test.${1:r2} > ${2:0.9}\n}",
  },
};

export const flowWordEntries: { readonly [K in FlowWord]: WordEntry } = {
  repeat: {
    doc: "The layers in braces, so many times in a row, each with weights of its own.",
    snippet: "repeat ${1:2} { $0 }",
  },
  if: { doc: "Layers that are there when a condition on params holds.", snippet: "if ${1:condition} { $0 }" },
  residual: {
    doc: "Adds its input to the output of its body: body(x) + x. `project: dense` brings the input to the shape of the body.",
    snippet: "residual { $0 }",
  },
  parallel: {
    doc: "Branches that each take the same input; a layer that takes many joins them: `concat`, `add`, `average` or `multiply`.",
    snippet: "parallel { a { $1 } b { $2 } } -> concat",
  },
  input: {
    doc: "The shape of one row, in a file without data: `input(8)` for eight features, `input(20, below: 1000)` for twenty indices. With several inputs, the one that a flow begins with: `input(words)`.",
    snippet: "input(${1:8})",
  },
  shared: {
    doc: "A block, or a layer, whose weights all its shared uses have in common, as `shared(tower)` in two branches.",
    snippet: "shared(${1:tower})",
  },
};

export const builtInDocs: { readonly [K in BuiltIn]: string } = {
  features: "How many features the data has: the width of the input.",
  outputs: "How wide the target is: the width that the last layer must have.",
};

export const splitDocs: Readonly<Record<string, string>> = {
  train: "The rows that weights and encoders are fitted on.",
  validation: "The rows that training is watched on.",
  test: "The rows that are kept for the final evaluation.",
};
