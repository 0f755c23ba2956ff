// Dates and times as text, as ISO 8601 writes them: what a column of a table in text would hold. Counted by ourselves: the
// engine's dates have milliseconds alone, and end where those of files do not.

import { dayOf } from "../dates/civil.ts";

/** Of days since 1970-01-01; "" outside of the years 0 to 9999, as writers have days for infinity. */
export function dateText(days: number): string {
  if (!Number.isInteger(days) || days < FIRST || days >= BEHIND) return "";
  const { year, month, day } = dayOf(days);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** Of the year 0, and of the year 10,000, which has a digit too many. */
const [FIRST, BEHIND] = [-719_528, 2_932_897];
const DAY = 86_400_000_000_000n;

/** Of nanoseconds since 1970-01-01; "" as for days. */
export function timestampText(nanoseconds: bigint, isUtc: boolean): string {
  let days = nanoseconds / DAY;
  let rest = nanoseconds % DAY;
  if (rest < 0n) {
    days -= 1n;
    rest += DAY;
  }
  const date = dateText(Number(days));
  return date === "" ? "" : `${date}T${timeText(rest)}${isUtc ? "Z" : ""}`;
}

/** Of nanoseconds since midnight: `12:30:00`, and as many digits behind the point as there are. */
export function timeText(nanoseconds: bigint): string {
  if (nanoseconds < 0n) return `-${timeText(-nanoseconds)}`;
  const seconds = nanoseconds / 1_000_000_000n;
  const digits = (nanoseconds % 1_000_000_000n).toString().padStart(9, "0");
  const fraction = digits.slice(0, [...digits].findLastIndex((digit) => digit !== "0") + 1);
  const [hours, minutes] = [seconds / 3600n, (seconds / 60n) % 60n];
  return `${two(hours)}:${two(minutes)}:${two(seconds % 60n)}${fraction === "" ? "" : `.${fraction}`}`;
}

function two(value: number | bigint): string {
  return String(value).padStart(2, "0");
}
