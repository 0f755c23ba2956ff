// The words of classes, where a file gives the word of the likeliest beside its shares, as those of scikit-learn do.

import type { FileGraph, FileNode } from "./decode.ts";
import type { Value } from "./node-context.ts";

/** Null where the file has none. `output` is that of the shares. */
export function classesIn(
  graph: FileGraph,
  output: string,
  valueNamed: (name: string) => Value | null,
): readonly string[] | null {
  for (const node of graph.nodes) {
    const listed = listedIn(node, output);
    if (listed !== null) return listed;
    const isChoice = node.op === "ArrayFeatureExtractor" && node.domain === "ai.onnx.ml";
    const words = isChoice ? valueNamed(node.inputs[0] ?? "") : null;
    if (words?.kind === "texts") return words.texts;
    if (words?.kind === "constant" && !words.isFloat) return Array.from(words.data, String);
  }
  return null;
}

function listedIn({ op, outputs, attributes }: FileNode, output: string): readonly string[] | null {
  const isOfOutput = (op === "ZipMap" && outputs[0] === output) || op === "LinearClassifier";
  if (!isOfOutput) return null;
  const words = attributes.get("classlabels_strings")?.texts ?? [];
  const numbers =
    attributes.get("classlabels_int64s")?.ints ?? attributes.get("classlabels_ints")?.ints ?? [];
  const all = words.length > 0 ? words : numbers.map(String);
  return all.length > 0 ? all : null;
}
