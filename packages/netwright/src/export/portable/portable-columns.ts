// The columns of a model as formats are told of them.

import { inputsOf, type OpenColumn, type OpenNumbers, type OpenWords, outputOf } from "@netwright/data";
import type { ColumnPlace, NumberColumn, PortableColumn, WordColumn } from "@netwright/formats";
import { sizeOf } from "@netwright/ir";
import type { Model } from "@netwright/lang";
import { heldBy } from "../describe-column.ts";
import { numberCoding, wordCoding } from "./column-coding.ts";

/** In the order of the network's inputs, and in each as their numbers lie. */
export function placedColumns(
  { inputs }: Pick<Model, "inputs">,
  features: readonly OpenColumn[],
): readonly { readonly open: OpenColumn; readonly place: ColumnPlace }[] {
  const byName = new Map(inputsOf(features).map((input) => [input.name, input.columns]));
  return inputs.flatMap(({ name }) => {
    const own = byName.get(name);
    if (own === undefined) throw new Error(`no column becomes the input ${name}`);
    let at = 0;
    return own.map(({ column: open }) => {
      const size = sizeOf(outputOf(open).shape);
      const place = { input: name, at, size };
      at += size;
      return { open, place };
    });
  });
}

export function portableColumn(open: OpenColumn, place: ColumnPlace): PortableColumn {
  return open.kind === "number" ? numberColumn(open, place) : wordColumn(open, place);
}

function numberColumn(open: OpenNumbers, place: ColumnPlace): NumberColumn {
  const { name, contract, missing, seen = null } = open.fitted;
  const { unit, min, max } = contract;
  const { fill, indicator = false } = missing;
  return {
    kind: "number",
    name,
    place,
    unit,
    min,
    max,
    holds: heldBy(open) ?? "numbers",
    missing: fill === null ? { kind: "refused" } : { kind: "filled", by: fill, indicator },
    coding: numberCoding(open),
    seen,
  };
}

function wordColumn(open: OpenWords, place: ColumnPlace): WordColumn {
  const { name, contract, missing } = open.fitted;
  const { fill, indicator = false } = missing;
  return {
    kind: "words",
    name,
    place,
    values: contract.values,
    missing:
      fill !== null
        ? { kind: "filled", by: fill, indicator }
        : { kind: open.policy.asWord ? "own_word" : "refused" },
    coding: wordCoding(open),
  };
}
