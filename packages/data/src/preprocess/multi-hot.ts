// A number for each label of a column whose cells list several: 1 for those of the row, 0 for all others.

import { at, choice, definer, list, numbersOf, optional, text } from "@netwright/definitions";
import type { Words } from "../table/table.ts";
import { inOrder } from "./count-words.ts";
import { type EncoderParams, type WordCoding, type WordEncoder, wordByWord } from "./encoder.ts";

const define = definer<Omit<WordEncoder, "takes">>({});

export const multiHot: WordEncoder = {
  ...define({
    name: "multi_hot",
    doc: "One number for each label, 1 for those that the cell of the row lists and 0 for the others; an empty cell has none.",
    formula: "z[i] = 1 where label i is in x, else 0",
    example: 'columns { Rooms: category(encoder: multi_hot(separator: ";")) }',
    source: "scikit-learn, `MultiLabelBinarizer`",
    params: {
      separator: text({
        doc: "What stands between the labels of a cell; blanks around it do not count.",
        default: "|",
      }),
      values: optional(
        list(text({ doc: "" }), {
          doc: "The labels, in their order; without them, those of the training rows.",
        }),
      ),
      unknown: choice({
        values: ["error", "other"],
        default: "error",
        doc: "What a label that training has not seen is: an error, or with `other` none.",
      }),
    },
    output: (_, { values }) => (values === null ? null : numbersOf([values.length])),
    range: () => ({ min: 0, max: 1 }),
    fit: (pieces, { separator, values, unknown }) => ({
      labels: values ?? labelsIn(pieces, separator),
      separator,
      unknown,
    }),
    folds: null,
    open: openMultiHot,
  }),
  takes: "words",
};

/** Each once, as the cell has them; separators alone are a label like any other, as the cell is not empty. */
function labelsOf(cell: string, separator: string): readonly string[] {
  const parts = separator === "" ? [cell] : cell.split(separator);
  const labels = new Set(parts.map((label) => label.trim()).filter((label) => label !== ""));
  return labels.size === 0 && cell !== "" ? [cell] : [...labels];
}

function labelsIn(pieces: Iterable<Words>, separator: string): string[] {
  const found = new Set<string>();
  for (const { codes, words } of pieces) {
    for (const code of new Set(codes))
      for (const label of labelsOf(at(words, code), separator)) found.add(label);
  }
  return inOrder(found);
}

export function openMultiHot({ labels, separator, unknown }: EncoderParams): WordCoding | null {
  if (!isListOfLabels(labels) || typeof separator !== "string") return null;
  if (unknown !== "error" && unknown !== "other") return null;
  const places = new Map(labels.map((label, i) => [label, i]));
  const numbersIn = (cell: string) => labelsOf(cell, separator).flatMap((label) => places.get(label) ?? []);
  return {
    takes: "words",
    output: numbersOf([labels.length]),
    words: labels,
    unknown,
    many: { separator, numbersIn },
    readsParts: true,
    knows: (cell) => unknown === "other" || labelsOf(cell, separator).every((label) => places.has(label)),
    writer(given) {
      const own = given.map(numbersIn);
      return wordByWord((code, start, into) => {
        for (let i = 0; i < labels.length; i++) into[start + i] = 0;
        for (const place of at(own, code)) into[start + place] = 1;
      });
    },
  };
}

function isListOfLabels(value: unknown): value is readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  return (
    value.every((label) => typeof label === "string" && label !== "") && new Set(value).size === value.length
  );
}
