// A model as a query: rows of a table in, the same rows with predictions out. One step of the network at a time, each kept by the
// database, as the steps put into one another would be computed once for each path through the network.

import { at, quote } from "@netwright/definitions";
import { refusalsOf } from "../carries.ts";
import { activated } from "../dense/activations.ts";
import {
  DENSE_CARRIES,
  type DenseNetwork,
  type DenseStep,
  denseNetworkOf,
  uncomputedBy,
} from "../dense/network.ts";
import { tooWide } from "../dense/too-wide.ts";
import { type FormatOptions, type Refusal, textFile, type Written } from "../format.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { PROBLEM, prepared } from "./columns.ts";
import { arithmeticOf, DIALECTS, type Dialect } from "./dialects.ts";
import { linked, softmax, told } from "./outputs.ts";
import { type Made, Query, ROW, sum } from "./query.ts";

export function writeSql(model: PortableModel, { dialect: asked = "postgres" }: FormatOptions): Written {
  const dialect: Dialect = DIALECTS[asked];
  const { widest } = dialect;
  const network = denseNetworkOf(model, uncomputedBy(arithmeticOf(dialect)));
  const refused = [
    ...refusalsOf(model, DENSE_CARRIES),
    ...("refused" in network
      ? network.refused
      : tooWide(network.dense, widest.width, `${widest.because}: ${widest.width} at most`)),
    ...longNames(dialect, model),
  ];
  if ("refused" in network || refused.length > 0) return { refused };
  const text = queryOf(dialect, model, network.dense);
  const { longest } = dialect;
  const size = new TextEncoder().encode(text).length;
  if (longest !== null && size > longest)
    return {
      refused: [
        {
          of: "size",
          what: `The query of ${size} bytes`,
          why: `is more than the ${longest} that ${dialect.title} takes unless it is told to`,
        },
      ],
    };
  return { files: [textFile(`${model.name}.${asked}.sql`, text)] };
}

function longNames({ longestName, title }: Dialect, { columns, outputs }: PortableModel): readonly Refusal[] {
  if (longestName === null) return [];
  const given =
    outputs.kind === "classes"
      ? [`predicted_${outputs.name}`, ...outputs.words.map((word) => `probability_${word}`)]
      : outputs.kind === "numbers"
        ? outputs.columns.map(({ name }) => `predicted_${name}`)
        : [];
  return [...columns.map(({ name }) => name), ...given].flatMap((name) =>
    new TextEncoder().encode(name).length <= longestName
      ? []
      : [
          {
            of: "column",
            what: `Column ${quote(name)}`,
            why: `has a name of more than the ${longestName} bytes of ${title}`,
          },
        ],
  );
}

function queryOf(dialect: Dialect, model: PortableModel, dense: DenseNetwork): string {
  const query = new Query(dialect, model.name);
  const { input, checked } = prepared(query, dialect, model);
  const made = [input];
  for (const step of dense.steps) made.push(stepIn(query, dialect, step, made));
  const given = linked(query, dialect, at(made, dense.output), model.network.link);
  const { step, values } = told(query, dialect, model.outputs, given);
  return [
    `-- ${model.name.replaceAll(/\s+/g, " ")}, a model that Netwright ${model.version} has written for ${dialect.title}.`,
    `-- Run ${model.record.hash.run}`,
    "-- It reads the table in the first step below: put another one there, with columns of these names.",
    `-- ${PROBLEM} says why a row has no prediction; it is NULL where it has one.`,
    query.text(selected(dialect, query, checked, step, values)),
    "",
  ].join("\n");
}

function selected(
  { name, takesAlong }: Dialect,
  query: Query,
  checked: Made,
  step: Made,
  values: readonly (readonly [string, string])[],
): string {
  const columns = [
    ...values.map(
      ([own, value]) => `  case when ${PROBLEM} is null then ${value} else null end as ${name(own)}`,
    ),
    `  ${PROBLEM}`,
  ];
  if (takesAlong)
    return [
      "select",
      [`  * except (${query.made.join(", ")})`, ...columns].join(",\n"),
      `from ${query.last}`,
      `order by ${ROW};`,
    ].join("\n");
  const join = checked.step === step.step ? [] : [`join ${step.step} using (${ROW})`];
  return [
    "select",
    ["  netwright_source.*", ...columns].join(",\n"),
    ["from netwright_source", `join ${checked.step} using (${ROW})`, ...join].join("\n"),
    `order by ${ROW};`,
  ].join("\n");
}

function stepIn(query: Query, dialect: Dialect, step: DenseStep, made: readonly Made[]): Made {
  const a = arithmeticOf(dialect);
  switch (step.kind) {
    case "product": {
      const x = at(made, step.from);
      const { matrix, bias, factor, width } = step;
      const sums = Array.from({ length: width }, (_, j) => {
        const terms = x.columns.map(
          (column, i) => `${column} * ${a.number(at(matrix.data, i * width + j) * factor)}`,
        );
        return sum([...(bias === null ? [] : [a.number(at(bias.data, j))]), ...terms]);
      });
      return query.step(step.name, [x], sums);
    }
    case "each": {
      const x = at(made, step.from);
      const values = x.columns.map((column) => activated(a, column, step.activation) ?? column);
      return query.step(`${step.name}, ${step.activation.name}`, [x], values);
    }
    case "softmax":
      return softmax(query, dialect, at(made, step.from));
    case "join": {
      const parts = step.from.map((place) => at(made, place));
      const rows = Array.from({ length: step.width }, (_, j) =>
        parts.map(({ columns }) => columns[j] ?? columns[0] ?? ""),
      );
      switch (step.by) {
        case "concat":
          return query.step(
            step.name,
            parts,
            parts.flatMap(({ columns }) => columns),
          );
        case "add":
          return query.step(step.name, parts, rows.map(sum));
        case "average":
          return query.step(
            step.name,
            parts,
            rows.map((row) => a.divide(`(${sum(row)})`, a.number(parts.length))),
          );
        case "multiply":
          return query.step(
            step.name,
            parts,
            rows.map((row) => row.join(" * ")),
          );
      }
    }
  }
}
