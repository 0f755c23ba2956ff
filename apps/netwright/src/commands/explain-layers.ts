// What `explain` prints of the layers of a network: a table, and below it what its columns mean and how much memory it takes.

import { count, grouped } from "@netwright/definitions";
import type { Explanation, LayerRow } from "netwright";
import { bytes } from "../output/numbers.ts";
import { prose } from "../output/prose.ts";
import { renderTable, type TableColumn } from "../output/table.ts";
import type { Session } from "../usage/session.ts";

interface LayerLine {
  readonly layer: string;
  readonly output?: string;
  readonly field?: string;
  readonly parameters?: string;
  readonly macs?: string;
  readonly activations?: string;
}

const LAYER_COLUMNS: readonly (TableColumn & { readonly key: keyof LayerLine })[] = [
  { key: "layer", title: "layer" },
  { key: "output", title: "output", align: "right" },
  { key: "field", title: "receptive field", align: "right" },
  { key: "parameters", title: "parameters", align: "right" },
  { key: "macs", title: "MACs", align: "right" },
  { key: "activations", title: "activations", align: "right" },
];

function isWindow(field: LayerRow["receptiveField"]): field is readonly number[] {
  return field !== null && field !== "all" && field.some((places) => places > 1);
}

function fieldText({ receptiveField }: LayerRow): string {
  return receptiveField === null || receptiveField === "all"
    ? (receptiveField ?? "")
    : receptiveField.join(" x ");
}

/** The layers, their sum, and what they take; `models` predict together. */
export function layersText(
  { name, inputs, layers, members, totals, memory }: Explanation,
  session: Session,
  models: number,
): string {
  const rows: readonly LayerLine[] = [
    ...inputs.map(({ name: input, type }) => ({
      layer: inputs.length === 1 ? "input" : input,
      output: type.shape.join(" x "),
    })),
    ...layers.map((row) => ({
      layer: row.name,
      output: row.output.join(" x "),
      field: fieldText(row),
      parameters: grouped(row.parameters),
      macs: grouped(row.macs),
      activations: bytes(row.activations),
    })),
    {
      layer: "total",
      parameters: grouped(totals.parameters),
      macs: grouped(totals.macs),
      activations: bytes(totals.activations),
    },
  ];
  // Most networks have no windows, and nothing to tell of them.
  const isWindowed = layers.some(({ receptiveField }) => isWindow(receptiveField));
  const columns = LAYER_COLUMNS.filter(({ key }) => key !== "field" || isWindowed);
  const table = renderTable(
    columns,
    rows.map((row) => columns.map(({ key }) => row[key] ?? "")),
    session,
  );
  const training = memory.train;
  const lines = [
    ...(models === 1 ? [] : [`Each of ${models} models that predict together: their parameters are apart.`]),
    "MACs: multiply-adds for one row. Activations: memory of what a layer gives for one row.",
    ...(isWindowed
      ? ["Receptive field: how much of the input a number follows from, padding around it included."]
      : []),
    ...(members === null
      ? []
      : [
          `An ensemble of ${count(members, "member")}: each is trained by its own loss, and the mean of what they predict is predicted.`,
        ]),
    `Memory for predicting one row: ${bytes(memory.predict)}, of which weights ${bytes(memory.weights)}.`,
    ...(training === null
      ? []
      : [`Memory for training with batches of ${training.batch}: ${bytes(training.bytes)} (estimate).`]),
  ];
  return `${session.colours.bold(name)}\n\n${table}\n${prose(lines.join("\n"), session.width)}\n`;
}
