// The metrics of the splits side by side, in the units of the target.

import {
  classesOf,
  guessOf,
  intervalsOf,
  type OpenEncoders,
  setOf,
  temperatureOf,
  thresholdOf,
} from "@netwright/data";
import { grouped, quote } from "@netwright/definitions";
import { type Metric, type Metrics, metrics, type NaiveMetrics } from "@netwright/runtime";
import { naiveText } from "netwright";
import type { Colours } from "./colours.ts";
import { brief } from "./numbers.ts";
import { prose } from "./prose.ts";
import { fits, renderTable, type TableColumn } from "./table.ts";

export interface MeasuredSplit {
  readonly title: string;
  /** For a narrow terminal. */
  readonly shortTitle: string;
  readonly rows: number;
  readonly metrics: Metrics;
  /** Of predicting the same for every row; not known for runs that were saved before it was kept. */
  readonly baseline?: Metrics;
  /** Of windows, in its place. */
  readonly naive?: NaiveMetrics;
  /** Of the teacher that was learned from, on so many of the rows. */
  readonly teacher?: { readonly rows: number; readonly metrics: Metrics };
}

export interface MeasuredTarget {
  /** The unit that all targets share, if there is one. */
  readonly unit: string | null;
  /** What the baseline predicts. */
  readonly baseline: string;
  /** Of windows, in its place: what each of their baselines is. */
  readonly naive?: readonly string[];
  /** What was learned of the target on the validation rows, a sentence each: from when on a class is predicted. */
  readonly learned?: readonly string[];
}

/** `others` are those of models that predict with the first. */
export function measuredTarget(encoders: OpenEncoders, others: readonly OpenEncoders[] = []): MeasuredTarget {
  const guessed = guessOf(encoders)?.class ?? null;
  const unit = unitOf(encoders);
  const learned = saidOfAll([encoders, ...others], (one) => [
    ...temperatureText(one),
    ...thresholdText(one),
    ...intervalText(one, unit),
  ]);
  const { window } = encoders.fitted;
  const naive = window === undefined ? {} : { naive: naiveText(window) };
  return guessed === null
    ? { unit, learned, ...naive, baseline: "the mean of the training rows" }
    : { unit, learned, baseline: `${quote(guessed.name)}, the most frequent class of the training rows` };
}

/** What holds for each of several models that predict together; what each has learned for itself decides for none of them. */
export function saidOfAll(
  [first, ...others]: readonly OpenEncoders[],
  textOf: (encoders: OpenEncoders) => readonly string[],
): readonly string[] {
  if (first === undefined) return [];
  const said = others.map(textOf);
  return textOf(first).filter((line) => said.every((lines) => lines.includes(line)));
}

export function temperatureText(encoders: OpenEncoders): readonly string[] {
  const temperature = temperatureOf(encoders);
  return temperature === null
    ? []
    : [`calibration: temperature ${Number(temperature.toPrecision(4))}, by the validation rows`];
}

/** "threshold: `yes` is predicted from a probability of 0.31 on" */
function thresholdText(encoders: OpenEncoders): readonly string[] {
  const [threshold, second] = [thresholdOf(encoders), classesOf(encoders)?.[1]];
  return threshold === null || second === undefined
    ? []
    : [
        `threshold: ${quote(second)} is predicted from a probability of ${Number(threshold.toPrecision(4))} on`,
      ];
}

/** "interval: 4.213 MPa beyond what is predicted on either side, for 90% of rows": of quantiles it may be within. */
export function intervalText(encoders: OpenEncoders, unit: string | null): readonly string[] {
  const [first, ...others] = intervalsOf(encoders) ?? [];
  const digits = (x: number) => Number(x.toPrecision(4));
  const share = (of: number) => `for ${digits(100 * of)}% of rows, by the validation rows`;
  if (first !== undefined && others.length === 0) {
    const of = first.scaled === true ? " spreads" : unit === null ? "" : ` ${unit}`;
    const where = first.radius < 0 ? "within" : "beyond";
    const width = `${digits(Math.abs(first.radius))}${of}`;
    return [`interval: ${width} ${where} what is predicted on either side, ${share(first.share)}`];
  }
  const set = setOf(encoders);
  if (set !== null)
    return [`set: the classes with a probability of at least ${digits(set.least)}, ${share(set.share)}`];
  return first === undefined ? [] : [`interval: of each target, ${share(first.share)}`];
}

/** The unit that all targets share, if there is one. */
export function unitOf(encoders: OpenEncoders): string | null {
  const units = new Set(
    encoders.target.map((column) => (column.kind === "number" ? column.fitted.contract.unit : null)),
  );
  return units.size === 1 ? ([...units][0] ?? null) : null;
}

interface Look {
  readonly colours: Colours;
  readonly width: number;
}

/** With the baseline below, where it is known. */
export function metricsTable(
  splits: readonly MeasuredSplit[],
  { unit, baseline: predicted, naive, learned = [] }: MeasuredTarget,
  look: Look,
): string {
  const rule = learned.map((sentence) => `${prose(sentence, look.width)}\n`).join("");
  const measured = [
    ["rows", ...splits.map((split) => grouped(split.rows))],
    ...rowsOf(
      splits.map((split) => split.metrics),
      unit,
    ),
  ];
  const baselines = baselinesOf(splits, unit);
  if (baselines.length === 0) return `${table("", splits, measured, look)}${rule}`;
  const named = baselines.flatMap(({ name, rows }) =>
    rows.map(([title = "", ...cells]) => [`${name} ${title}`, ...cells]),
  );
  const together = [...measured, ...named];
  const apart = () => baselines.map(({ name, rows }) => table(name, splits, rows, look)).join("\n");
  const tables = columnsFor("", splits, together, look).fit
    ? table("", splits, together, look)
    : `${table("", splits, measured, look)}\n${apart()}`;
  const sentences = [
    ...(naive ?? [`baseline: ${predicted}, predicted for every row`]),
    ...teacherText(splits),
  ];
  const told = sentences.map((sentence) => `${prose(sentence, look.width)}\n`).join("");
  return `${tables}${told}${rule}`;
}

const NAIVE = [
  ["seasonal naive", "seasonal_naive"],
  ["last value", "last_value"],
] as const;

/** Those that are known of all splits. */
function baselinesOf(
  splits: readonly MeasuredSplit[],
  unit: string | null,
): readonly { readonly name: string; readonly rows: string[][] }[] {
  const of = (name: string, metricsOf: (split: MeasuredSplit) => Metrics | undefined) => {
    const all = splits.flatMap((split): Metrics[] => {
      const found = metricsOf(split);
      return found === undefined ? [] : [found];
    });
    return all.length < splits.length ? [] : [{ name, rows: rowsOf(all, unit) }];
  };
  const naive = splits.some((split) => split.naive !== undefined)
    ? NAIVE.flatMap(([title, name]) => of(title, ({ naive }) => naive?.[name]))
    : of("baseline", ({ baseline }) => baseline);
  return [...naive, ...of("teacher", ({ teacher }) => teacher?.metrics)];
}

/** "teacher: what was learned from, on 40 of 51 test rows": where it has not answered all. */
function teacherText(splits: readonly MeasuredSplit[]): readonly string[] {
  const answered = splits.flatMap(({ teacher, rows, title }) =>
    teacher === undefined
      ? []
      : [`${teacher.rows === rows ? "all" : `${grouped(teacher.rows)} of ${grouped(rows)}`} ${title}`],
  );
  if (answered.length === 0) return [];
  const isAll = splits.every(({ teacher, rows }) => teacher?.rows === rows);
  return [
    `teacher: what was learned from${isAll ? "" : `, on ${answered.join(", ")} rows that it has answered`}`,
  ];
}

/** In the order of the first that is measured; a metric that this version does not know has its label as title. */
function rowsOf(measured: readonly Metrics[], unit: string | null): string[][] {
  return Object.keys(measured[0] ?? {}).map((label) => [
    metricTitle(label, unit),
    ...measured.map((values) => metricCell(label, values[label] ?? null)),
  ]);
}

/** `MAE (MPa)`; `unit` is that of the target. */
export function metricTitle(label: string, unit: string | null): string {
  return titleOf(label, metricOf(label), unit);
}

export function metricCell(label: string, value: number | null): string {
  return brief(scaled(metricOf(label), value));
}

function metricOf(label: string): Metric | undefined {
  return metrics.get(label.replace(/\(.*$/s, ""));
}

type Rows = readonly (readonly string[])[];

function table(corner: string, splits: readonly MeasuredSplit[], rows: Rows, look: Look): string {
  return renderTable(columnsFor(corner, splits, rows, look).columns, rows, look);
}

/** With short titles where the long ones do not fit. */
function columnsFor(corner: string, splits: readonly MeasuredSplit[], rows: Rows, { width }: Look) {
  const columns = (titles: readonly string[]): readonly TableColumn[] => [
    { title: corner },
    ...titles.map((title): TableColumn => ({ title, align: "right" })),
  ];
  const long = columns(splits.map(({ title }) => title));
  if (fits(long, rows, width)) return { columns: long, fit: true };
  const short = columns(splits.map(({ shortTitle }) => shortTitle));
  return { columns: short, fit: fits(short, rows, width) };
}

function titleOf(label: string, metric: Metric | undefined, targetUnit: string | null): string {
  const title = metric === undefined || label !== metric.name ? label : metric.title;
  const shown = { target: targetUnit, fraction: "%", none: null }[metric?.unit ?? "none"];
  return shown === null ? title : `${title} (${shown})`;
}

function scaled(metric: Metric | undefined, value: number | null): number | null {
  return metric?.unit === "fraction" && value !== null ? value * 100 : value;
}
