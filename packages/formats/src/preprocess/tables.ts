// What a module beside a network is made of, as plain data: what becomes of each column's cells, and of what the network gives.

import type { ScalingStep } from "@netwright/data";
import type { PortableColumn } from "../model/columns.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { centredIn, linesOf, numbersIn, restOf } from "./plan.ts";

type Coding = PortableColumn["coding"] | { readonly kind: "as_is" };

export interface CodedColumn {
  readonly name: string;
  /** The input of the network that takes it. */
  readonly input: string;
  readonly kind: "number" | "words";
  /** Numbers of a cell; 0 for an index. */
  readonly size: number;
  readonly holds: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly values: readonly string[] | null;
  readonly missing: PortableColumn["missing"];
  readonly coding: Coding;
}

export type TurnedOutputs =
  | {
      readonly kind: "numbers";
      readonly names: readonly string[];
      readonly steps: readonly (readonly ScalingStep[])[];
    }
  | {
      readonly kind: "classes";
      readonly name: string;
      readonly words: readonly string[];
      readonly threshold: number | null;
      readonly temperature: number | null;
    }
  | {
      readonly kind: "labels";
      readonly name: string;
      readonly words: readonly string[];
      readonly separator: string;
    };

/** In the order of each input; `inputs` has the layers by the names of columns or of inputs. */
export function codedColumns(
  { columns, network }: PortableModel,
  inputs: ReadonlyMap<string, string>,
): readonly CodedColumn[] {
  const indices = new Set(network.inputs.flatMap(({ name, type }) => (type.kind === "index" ? [name] : [])));
  return [...columns]
    .sort((a, b) => (a.place.input === b.place.input ? a.place.at - b.place.at : 0))
    .map((column) => ({
      name: column.name,
      input: inputs.get(column.name) ?? inputs.get(column.place.input) ?? column.place.input,
      kind: column.kind,
      size: indices.has(column.place.input) ? 0 : column.place.size,
      holds: column.kind === "words" ? "words" : column.holds,
      min: column.kind === "words" ? null : column.min,
      max: column.kind === "words" ? null : column.max,
      values: column.kind === "words" ? column.values : null,
      missing: column.missing,
      coding: centredIn(column) === null ? column.coding : { kind: "as_is" },
    }));
}

export function turnedOutputs({ outputs }: PortableModel): TurnedOutputs {
  const isInside = linesOf(outputs) !== null;
  const steps = numbersIn(outputs).map((column) => restOf(column, isInside));
  switch (outputs.kind) {
    case "numbers":
      return { kind: "numbers", names: outputs.columns.map(({ name }) => name), steps };
    case "quantiles":
      return {
        kind: "numbers",
        names: outputs.levels.map((level, i) =>
          i === outputs.middle ? outputs.column.name : `${outputs.column.name}(${level})`,
        ),
        steps,
      };
    case "classes": {
      const { name, words, threshold, temperature } = outputs;
      return { kind: "classes", name, words, threshold, temperature };
    }
    case "labels": {
      const { name, words, separator } = outputs;
      return { kind: "labels", name, words, separator };
    }
  }
}
