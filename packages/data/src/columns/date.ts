// A column of dates, with times of day or without.

import { choice, optional, repeated, text } from "@netwright/definitions";
import { DAY, FIRST_SECOND, LAST_SECOND } from "../dates/civil.ts";
import { dayOrders, orderIn, readDate } from "../dates/read-date.ts";
import { spellDate } from "../dates/spell-date.ts";
import { calendarParams } from "../preprocess/calendar.ts";
import type { CellReading, ReadingParams } from "../reading/cell-reading.ts";
import { chosen, defineColumnType } from "./column-type.ts";
import { missingParam, scaleOf, scaleParam } from "./common-params.ts";

export const date = defineColumnType({
  name: "date",
  doc: "A column of dates, with a time of day or without: `2024-05-31`, `2024-05-31T14:30:00+02:00`, `31/05/2024`. A time with a zone counts in UTC, one without as it stands. As a number it is the seconds since 1970.",
  formula: "min <= x <= max",
  example: "columns { Age: date(parts: [elapsed, month, weekday], cyclic: true) }",
  source: "ISO 8601; pandas, `to_datetime(utc=True)`",
  params: {
    format: optional(
      choice({
        values: dayOrders,
        doc: "What stands first where the year stands last; without it, what the dates of the table show.",
      }),
    ),
    ...calendarParams,
    min: optional(text({ doc: "The first date that may occur, as `2024-05-31`." })),
    max: optional(text({ doc: "The last date that may occur; without a time of day, that whole day may." })),
    scale: { ...scaleParam, doc: "Scale of the parts that do not come round, in place of the section's." },
    missing: missingParam,
  },
  takes: "number",
  conflict({ parts, min, max }) {
    if (parts?.length === 0) return { parameter: "parts", problem: "names no part" };
    const [twice] = repeated(parts ?? []);
    if (twice !== undefined) return { parameter: "parts", problem: `has \`${twice}\` twice` };
    for (const [parameter, stated] of Object.entries({ min, max })) {
      const read = stated === null ? 0 : readDate(stated, null);
      if (typeof read !== "number") return { parameter, problem: read.says };
    }
    const bounds = boundsOf(min, max);
    return bounds.min > bounds.max
      ? { parameter: "max", problem: `is ${max}, before its \`min\`, ${min}` }
      : null;
  },
  bounds: ({ min, max }) => boundsOf(min, max),
  contract: ({ min, max }) => ({ unit: null, ...boundsOf(min, max) }),
  settle: (cells, { format }) => ({ format: format ?? orderIn(cells) }),
  reading: dateReading,
  encoder: ({ parts, cyclic, scale }, section) => ({
    name: "calendar",
    args: { parts, cyclic, scale: scaleOf(scale, section) },
  }),
  missing: ({ missing }) => chosen(missing),
});

export function dateReading({ format }: ReadingParams): CellReading | null {
  const order = dayOrders.find((one) => one === format) ?? null;
  if (order === null && format !== null) return null;
  return { read: (cell) => readDate(cell, order), spell: spellDate };
}

/** What is filled in is held to them, too. */
function boundsOf(min: string | null, max: string | null): { readonly min: number; readonly max: number } {
  const last = secondsOf(max);
  const end = last !== null && last % DAY === 0 && isDay(max) ? last + DAY - A_MOMENT : last;
  return { min: secondsOf(min) ?? FIRST_SECOND, max: end ?? LAST_SECOND };
}

const A_MOMENT = 0.001;

/** A date without a time of day. */
function isDay(stated: string | null): boolean {
  return stated !== null && !/[T ]/i.test(stated);
}

function secondsOf(stated: string | null): number | null {
  const read = stated === null ? null : readDate(stated, null);
  return typeof read === "number" ? read : null;
}
