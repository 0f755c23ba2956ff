// Dates to numbers: what came before them, months, days of the week. What comes round again is a point on a circle, so that
// December lies beside January.

import { type ByName, choice, flag, instance, list, numbersOf, optional } from "@netwright/definitions";
import { cosine, sine } from "@netwright/ir/numerics";
import { DAY, FIRST_SECOND, LAST_SECOND } from "../dates/civil.ts";
import { comesRound, type DatePart, dateParts, partOf } from "../dates/parts.ts";
import { summaryOf } from "./column-range.ts";
import {
  defineNumberEncoder,
  type Encoder,
  type EncoderParams,
  type NumberCoding,
  type Scaling,
} from "./encoder.ts";
import { fitScale, mapped, openScale } from "./inner-scale.ts";
import { isFiniteNumber } from "./is-finite-number.ts";

/** Where the file says nothing. */
const USUAL_PARTS: readonly DatePart[] = ["elapsed", "month", "day", "weekday"];

export const calendarParams = {
  parts: optional(
    list(choice({ values: dateParts, doc: "" }), {
      doc: "What of a date becomes numbers; `elapsed` are the days since the first date of the training rows. Without it `elapsed`, `month`, `day` and `weekday`.",
    }),
  ),
  cyclic: flag({
    default: true,
    doc: "Whether what comes round again, all but `elapsed` and `year`, becomes sine and cosine of its place in the round; otherwise it is a number that is scaled.",
  }),
};

export const calendar = defineNumberEncoder({
  name: "calendar",
  doc: "Makes numbers of the parts of a date: a month, a day, a weekday or a time of day becomes sine and cosine of its place in the round, other parts are scaled. It is what a `date` has; numbers are seconds since 1970.",
  formula:
    "z = (sin 2 pi k / n, cos 2 pi k / n) for the part k of n; scale(days since the first) for elapsed",
  example: "columns { Age: number(scale: calendar(parts: [elapsed, month])) }",
  source: "scikit-learn, Time-related feature engineering; pandas, `Series.dt`",
  params: {
    ...calendarParams,
    scale: instance({
      family: "encoder",
      default: "zscore",
      doc: "Scale of the parts that do not come round.",
    }),
  },
  domain: "within the years 1 to 9999, in seconds since 1970",
  accepts: (x) => x >= FIRST_SECOND && x < LAST_SECOND + 1,
  range: () => ({ min: null, max: null }),
  output: (_, { parts, cyclic }) => numbersOf([widthOf(partsIn(parts), cyclic)]),
  fit(pieces, { parts, cyclic, scale }, encoders = new Map()) {
    const own = partsIn(parts);
    const { min: first } = summaryOf(pieces);
    const scaled = own.filter((part) => !(cyclic && comesRound(part)));
    return {
      parts: own,
      cyclic,
      first,
      scales: scaled.map((part) =>
        fitScale(
          scale,
          mapped(pieces, (values) => values.map((x) => numberOf(part, x, first))),
          encoders,
        ),
      ),
    };
  },
  open: openCalendar,
});

export function openCalendar(
  params: EncoderParams,
  encoders: ByName<Encoder> = new Map(),
): NumberCoding | null {
  const learned = readLearned(params);
  if (learned === null) return null;
  const { parts, cyclic, first, scales } = learned;
  const columns = columnsOf(
    parts,
    cyclic,
    scales.map((scale) => openScale(scale, encoders)),
    first,
  );
  if (columns === null) return null;
  return {
    takes: "number",
    output: numbersOf([columns.length]),
    scaling: null,
    write: writeColumns(columns),
  };
}

/** Each once; `date` has told where one is named twice. */
function partsIn(stated: readonly DatePart[] | null): readonly DatePart[] {
  return stated === null || stated.length === 0 ? USUAL_PARTS : [...new Set(stated)];
}

/** How many numbers the parts become. */
function widthOf(parts: readonly DatePart[], cyclic: boolean): number {
  return parts.reduce((sum, part) => sum + (cyclic && comesRound(part) ? 2 : 1), 0);
}

/** One number of those that a date becomes. */
type Column = (seconds: number) => number;

/** `null` where a scale is lacking or left over. */
function columnsOf(
  parts: readonly DatePart[],
  cyclic: boolean,
  scales: readonly (Scaling | null)[],
  first: number,
): readonly Column[] | null {
  const left = [...scales];
  const columns: Column[] = [];
  for (const part of parts) {
    if (cyclic && comesRound(part)) {
      const angle = (x: number) => Math.fround(2 * Math.PI * (partOf[part](x).turn ?? 0));
      columns.push(
        (x) => sine(angle(x)),
        (x) => cosine(angle(x)),
      );
    } else {
      const scale = left.shift() ?? null;
      if (scale === null) return null;
      columns.push((x) => scale.apply(numberOf(part, x, first)));
    }
  }
  return left.length === 0 ? columns : null;
}

function numberOf(part: DatePart, seconds: number, first: number): number {
  return part === "elapsed" ? (seconds - first) / DAY : partOf[part](seconds).number;
}

function writeColumns(columns: readonly Column[]): NumberCoding["write"] {
  return (values, { into, at, width }) => {
    let start = at;
    for (const x of values) {
      for (const [k, column] of columns.entries()) into[start + k] = column(x);
      start += width;
    }
  };
}

interface Learned {
  readonly parts: readonly DatePart[];
  readonly cyclic: boolean;
  readonly first: number;
  readonly scales: readonly unknown[];
}

function readLearned({ parts, cyclic, first, scales }: EncoderParams): Learned | null {
  if (typeof cyclic !== "boolean" || !isFiniteNumber(first) || !Array.isArray(scales)) return null;
  if (!Array.isArray(parts) || parts.length === 0) return null;
  const known = parts.flatMap((part: unknown) => dateParts.find((one) => one === part) ?? []);
  const sound = known.length === parts.length && new Set(known).size === known.length;
  return sound ? { parts: known, cyclic, first, scales } : null;
}
