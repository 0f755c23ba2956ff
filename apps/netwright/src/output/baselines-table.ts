// Simple models and the network side by side: for each split a table with a line for each of them.

import type { Prepared } from "@netwright/data";
import { grouped } from "@netwright/definitions";
import { type Baselines, MODEL_TITLES } from "netwright";
import type { Session } from "../usage/session.ts";
import { metricCell, metricTitle, unitOf } from "./metrics-table.ts";
import { prose } from "./prose.ts";
import { renderTable } from "./table.ts";

const SPLITS = ["validation", "test"] as const;

/** `prepared` is what they were fitted to; `hint` stands where the line of the network would. */
export function baselinesText(
  { models, leftOut, rows, verdict }: Baselines,
  prepared: Prepared | undefined,
  hint: string | null,
  { colours, width }: Pick<Session, "colours" | "width">,
): string {
  const unit = prepared === undefined ? null : unitOf(prepared.encoders);
  const tables = SPLITS.flatMap((split) => {
    if (rows[split] === 0) return [];
    const labels = [...new Set(models.flatMap((model) => Object.keys(model[split] ?? {})))];
    const columns = [
      { title: split },
      ...labels.map((label) => ({ title: metricTitle(label, unit), align: "right" as const })),
    ];
    const cells = models.map((model) => [
      titleOf(model.name),
      ...labels.map((label) => metricCell(label, model[split]?.[label] ?? null)),
    ]);
    return [renderTable(columns, cells, { colours, width })];
  });
  const counted = SPLITS.filter((split) => rows[split] > 0).map(
    (split) => `${grouped(rows[split])} ${split}`,
  );
  const notes = [
    `rows: ${[`${grouped(rows.train)} training`, ...counted].join(", ")}`,
    ...models.map(({ name, how }) => `${titleOf(name)}: ${how}`),
    ...leftOut.map(({ name, why }) => `${titleOf(name)}: left out: ${why}`),
    ...(hint === null ? [] : [hint]),
  ].map((line) => `${prose(line, width)}\n`);
  return `${[...tables, notes.join(""), `${prose(verdict, width)}\n`].join("\n")}`;
}

/** Without the article that it has in a sentence. */
function titleOf(name: keyof typeof MODEL_TITLES): string {
  return MODEL_TITLES[name].replace(/^the /, "");
}

export function baselinesJson({ metric, rows, models, leftOut, best, verdict }: Baselines) {
  return {
    metric,
    rows,
    models: models.map(({ name, how, settings, validation, test }) => ({
      name,
      how,
      settings,
      validation,
      test,
    })),
    left_out: leftOut,
    best,
    verdict,
  };
}
