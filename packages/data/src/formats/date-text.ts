// Dates and times as text, as ISO 8601 writes them: what a column of a table in text would hold. Counted by ourselves: the
// engine's dates have milliseconds alone, and end where those of files do not.

/** Of days since 1970-01-01; "" outside of the years 0 to 9999, as writers have days for infinity. */
export function dateText(days: number): string {
  if (!Number.isInteger(days) || days < FIRST || days >= BEHIND) return "";
  // Days to a date of the Gregorian calendar: Howard Hinnant, "chrono-compatible low-level date algorithms".
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
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
