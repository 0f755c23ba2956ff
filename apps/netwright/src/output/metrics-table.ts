// The metrics of the splits side by side, in the units of the target.

import type { FittedEncoders } from "@netwright/data";
import { type Metric, type Metrics, metricNames, metrics } from "@netwright/runtime";
import type { Colours } from "./colours.ts";
import { brief, grouped } from "./numbers.ts";
import { fits, renderTable, type TableColumn } from "./table.ts";

export interface MeasuredSplit {
  readonly title: string;
  /** For a narrow terminal. */
  readonly shortTitle: string;
  readonly rows: number;
  readonly metrics: Metrics;
}

/** The unit that all targets share, if there is one. */
export function unitOf(encoders: FittedEncoders | null): string | null {
  const units = new Set(encoders?.target.map(({ contract }) => contract.unit) ?? []);
  return units.size === 1 ? ([...units][0] ?? null) : null;
}

export function metricsTable(
  splits: readonly MeasuredSplit[],
  unit: string | null,
  look: { readonly colours: Colours; readonly width: number },
): string {
  const rows = [
    ["rows", ...splits.map((split) => grouped(split.rows))],
    ...metricNames.map((name) => [
      titleOf(metrics[name], unit),
      ...splits.map((split) => brief(scaled(metrics[name], split.metrics[name]))),
    ]),
  ];
  const columns = (titles: readonly string[]): readonly TableColumn[] => [
    { title: "" },
    ...titles.map((title): TableColumn => ({ title, align: "right" })),
  ];
  const long = columns(splits.map(({ title }) => title));
  const short = columns(splits.map(({ shortTitle }) => shortTitle));
  return renderTable(fits(long, rows, look.width) ? long : short, rows, look);
}

function titleOf({ title, unit }: Metric, targetUnit: string | null): string {
  const shown = { target: targetUnit, fraction: "%", none: null }[unit];
  return shown === null ? title : `${title} (${shown})`;
}

function scaled({ unit }: Metric, value: number | null): number | null {
  return unit === "fraction" && value !== null ? value * 100 : value;
}
