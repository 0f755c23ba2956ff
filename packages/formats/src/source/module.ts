// What a model is as source code, in parts that every language puts together: constants, functions, what a row and a prediction
// hold, and rows with the answers of Netwright.

import { predictedNumbers } from "../check.ts";
import type { PortableColumn } from "../model/columns.ts";
import { type PortableOutputs, scalesOf, widthOf } from "../model/outputs.ts";
import type { PortableModel } from "../model/portable-model.ts";
import type { SampleValue } from "../model/samples.ts";
import { prepared } from "./columns.ts";
import { functionLines } from "./functions.ts";
import { decoded } from "./outputs.ts";
import { NotPrinted } from "./printer.ts";
import { type PrintedNetwork, printNetwork } from "./program.ts";
import { identifiers, type RealFunction, type Syntax } from "./syntax.ts";
import { wideFunctionLines } from "./wide-functions.ts";

export interface Field {
  /** As the table has it, and as the language does. */
  readonly column: string;
  readonly name: string;
  readonly kind: PortableColumn["kind"];
  readonly unit: string | null;
}

export interface Golden {
  /** As many as a prediction takes. */
  readonly rows: readonly (readonly SampleValue[])[];
  readonly status: number | null;
  readonly values: readonly number[];
  /** That of the class among its words; null where no class is predicted. */
  readonly place: number | null;
}

export interface SourceModule {
  readonly name: string;
  readonly fields: readonly Field[];
  /** Rows of a window; null where each is for itself. */
  readonly rows: number | null;
  readonly network: PrintedNetwork;
  readonly outputs: PortableOutputs;
  readonly targets: readonly string[];
  /** By how much each value is divided before it is compared. */
  readonly scales: readonly number[];
  /** Constants, then functions with what they need above them. */
  readonly code: readonly string[];
  readonly golden: readonly Golden[];
}

const GOLDEN = 8;

/** What stands beside the target in a prediction. */
const BESIDE = ["place", "probabilities", "margins", "quantiles", "shares"];

/** @throws NotPrinted for what the language has no form of */
export function sourceModule(model: PortableModel, syntax: Syntax, samples = GOLDEN): SourceModule {
  const { columns, outputs, window } = model;
  const names = identifiers(columns.map(({ name }) => name));
  const fields = columns.map((column, i): Field => {
    const unit = column.kind === "number" ? column.unit : null;
    return { column: column.name, name: names[i] ?? "", kind: column.kind, unit };
  });
  const rows = window?.length ?? null;
  const network = printNetwork(model.network, syntax);
  const functions = new Set<RealFunction>(network.functions);
  const prepare = prepared(columns, network, rows, syntax, functions);
  const decode = decoded(outputs, syntax, functions);
  const inputs = network.parameters.slice(0, -1).map(({ name, type }) => ({
    name,
    type: type === "reals" ? ("reals out" as const) : ("ints out" as const),
  }));
  const constants = network.constants.map(({ type, name, values }) => syntax.constant(type, name, values));
  const code = [
    ...constants,
    ...prepare.constants,
    ...[...functions].flatMap((name) => {
      const lines = functionLines(syntax, name);
      if (lines === null)
        throw new NotPrinted({
          of: "function",
          what: `The function \`${name}\` in 64 bits`,
          why: "is none that the language has: the export in 32 bits has Netwright's own",
        });
      return lines;
    }),
    ...[...prepare.wideFunctions].flatMap((name) => wideFunctionLines(syntax, name)),
    syntax.func(
      "prepare",
      [rows === null ? { name: "row", type: "row" } : { name: "rows", type: "rows" }, ...inputs],
      "int",
    ),
    ...prepare.body,
    "}",
    syntax.func("network", network.parameters, null),
    ...network.buffers.map(({ name, type, size }) => syntax.buffer(type, name, size)),
    ...network.body,
    "}",
    syntax.func(
      "decode",
      [
        { name: "given", type: "reals" },
        { name: "values", type: "wides out" },
      ],
      "int",
    ),
    ...decode,
    "}",
  ];
  return {
    name: identifiers([model.name])[0] ?? "model",
    fields,
    rows,
    network,
    outputs,
    targets: identifiers(targetsOf(outputs), outputs.kind === "numbers" ? [] : BESIDE),
    scales: scalesOf(outputs),
    code,
    golden: goldenRows(model, samples),
  };
}

export function targetsOf(outputs: PortableOutputs): readonly string[] {
  switch (outputs.kind) {
    case "numbers":
      return outputs.columns.map(({ name }) => name);
    case "quantiles":
      return [outputs.column.name];
    case "classes":
    case "labels":
      return [outputs.name];
  }
}

/** Of each kind of rows: pixels are hundreds of columns, and each may be refused in several ways. */
const MOST_CELLS = 20_000;
const FEWEST_ROWS = 4;

function goldenRows({ columns, samples, outputs }: PortableModel, wanted: number): readonly Golden[] {
  const { length, rows, given, refused } = samples;
  const most = (cells: number) => Math.max(FEWEST_ROWS, Math.floor(MOST_CELLS / Math.max(1, cells)));
  const count = Math.min(wanted, most(columns.length * length));
  // Of all columns some.
  const step = Math.ceil(refused.length / most(columns.length));
  const width = widthOf(outputs);
  const predicted = predictedNumbers(outputs, given);
  const cells = (row: (typeof rows)[number]) => columns.map(({ name }) => row.values[name] ?? null);
  return [
    ...Array.from({ length: Math.min(count, samples.answers.length) }, (_, i): Golden => {
      return {
        rows: rows.slice(i * length, (i + 1) * length).map(cells),
        status: null,
        values: Array.from(predicted.subarray(i * width, (i + 1) * width)),
        place: outputs.kind === "classes" ? outputs.words.indexOf(wordIn(samples, i, outputs.name)) : null,
      };
    }),
    ...refused
      .filter((_, i) => i % step === 0)
      .map((row): Golden => ({ rows: [cells(row)], status: 1, values: [], place: null })),
  ];
}

function wordIn({ answers }: PortableModel["samples"], i: number, target: string): string {
  return String(answers[i]?.[target]);
}
