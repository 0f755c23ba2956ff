// Words that training has not seen as missing values, in columns that ask for that with `unknown: missing`.

import type { Purpose } from "../check/check-columns.ts";
import type { OpenColumn } from "../fitted/open-encoders.ts";
import { leavesRowsOut, takesGaps } from "../missing/policy.ts";
import type { NumberFormat } from "../table/number-text.ts";
import type { Column } from "../table/table.ts";
import { wordColumn } from "../table/word-column.ts";

/**
 * The column with gaps in their places, where the rule for missing values has something to do with them: rows may be left
 * out of an evaluation, but none of a prediction, and those of a training are dealt out before words are known.
 */
export function withoutUnknown(
  column: Column,
  fit: OpenColumn | undefined,
  purpose: Purpose,
  format?: NumberFormat,
): Column {
  if (fit?.kind !== "words" || fit.coding.unknown !== "missing") return column;
  const { policy, coding } = fit;
  if (!takesGaps(policy, "words") && !(leavesRowsOut(policy) && purpose === "evaluation")) return column;
  const own = format === undefined ? column : wordColumn(column, format, fit.fitted.codes === true);
  if (own.kind !== "text") return column;
  const isNew = own.words.map((word) => word !== "" && !coding.knows(word));
  if (!isNew.includes(true)) return own;
  const gap = own.words.indexOf("");
  const code = gap < 0 ? own.words.length : gap;
  const codes = own.codes.map((one) => (isNew[one] === true ? code : one));
  return {
    ...own,
    codes,
    words: gap < 0 ? [...own.words, ""] : own.words,
    gaps: codes.reduce((gaps, one) => gaps + (one === code ? 1 : 0), 0),
  };
}
