// What the values of a column have in common beyond their type: whole numbers, a count of the rows, dates, codes.

import { areCodes } from "./codes.ts";
import { PLAIN_NUMBERS } from "./number-text.ts";
import type { Column, NumberColumn, TextColumn } from "./table.ts";

/**
 * `whole`: whole numbers. `count`: whole numbers of which each is one more than the one before, so that they number
 * the rows. `date`: dates, times of day, or both, as people and programs write them. `code`: digits, with zeros in front
 * in some rows, as postal codes have. `long`: whole numbers of which most have more digits than are exact, as ids have.
 */
export type ColumnPattern = "whole" | "count" | "date" | "code" | "long";

/** `null` where there is no such pattern; missing values are passed over, but a count has none. */
export function columnPattern(column: Column): ColumnPattern | null {
  return column.kind === "number" ? numberPattern(column) : textPattern(column);
}

function numberPattern({ values, missing }: NumberColumn): ColumnPattern | null {
  let present = 0;
  let counting = true;
  for (const [row, value] of values.entries()) {
    if (missing[row] === 1) counting = false;
    else {
      if (!Number.isInteger(value)) return null;
      if (row > 0 && value !== (values[row - 1] ?? 0) + 1) counting = false;
      present++;
    }
  }
  if (present === 0) return null;
  return counting && present > 1 ? "count" : "whole";
}

function textPattern({ words }: TextColumn): ColumnPattern | null {
  const present = words.filter((word) => word !== "");
  if (present.length > 0 && present.every(isDate)) return "date";
  return areCodes(present, PLAIN_NUMBERS) ? "code" : null;
}

const TIME = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]m)?`;
const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
const DAY = [
  // 2024-05-31, 2024/5/31, 31.05.2024, 5/31/24
  String.raw`\d{4}([-/.])\d{1,2}\1\d{1,2}`,
  String.raw`\d{1,2}([-/.])\d{1,2}\2\d{2,4}`,
  // 2024-05, 5/2024, 1/86; but 20-24 is a range
  String.raw`\d{4}[-/](?:0?[1-9]|1[0-2])`,
  String.raw`(?:0?[1-9]|1[0-2])/(?:\d{4}|\d{2})`,
  // 31 May 2024, May 31, 2024, May-24, 2024 Q2, Q2 2024
  String.raw`\d{1,2}[ -]?${MONTH}[ ,-]*\d{2,4}`,
  String.raw`${MONTH}[ .]*\d{1,2}(?:st|nd|rd|th)?,? *\d{4}`,
  String.raw`${MONTH}[ -]*\d{2,4}`,
  String.raw`\d{4}[ -]?q[1-4]`,
  String.raw`q[1-4][ -]?\d{4}`,
].join("|");
const ZONE = String.raw`(?: ?(?:z|utc|gmt|[+-]\d{2}:?\d{2}))?`;
const DATE = new RegExp(`^(?:(?:${DAY})(?:(?:t|,? +)${TIME}${ZONE})?|${TIME}${ZONE})$`, "i");

function isDate(text: string): boolean {
  return text.length < 50 && DATE.test(text);
}
