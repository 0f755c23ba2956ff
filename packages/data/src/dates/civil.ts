// Days and seconds of the proleptic Gregorian calendar: its rules for leap years hold for all years, 1 to 9999. Whole
// numbers alone, so that no machine's zone, locale or library of dates has a say.
// Days from dates and back: Howard Hinnant, chrono-compatible low-level date algorithms.

export const FIRST_YEAR = 1;
const LAST_YEAR = 9999;

export const DAY = 86_400;

export interface CivilDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInYear(year: number): number {
  return isLeapYear(year) ? 366 : 365;
}

/** `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1970-01-01, which is 0. Years of the reckoning begin in March, so that a leap day is the last. */
export function daysOf({ year, month, day }: CivilDay): number {
  const from = month > 2 ? year : year - 1;
  const era = Math.floor(from / 400);
  const ofEra = from - era * 400;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** The other way round; `days` is whole. */
export function dayOf(days: number): CivilDay {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const inEra = shifted - era * 146_097;
  const ofEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const inYear = inEra - (365 * ofEra + Math.floor(ofEra / 4) - Math.floor(ofEra / 100));
  const from = Math.floor((5 * inYear + 2) / 153);
  const day = inYear - Math.floor((153 * from + 2) / 5) + 1;
  const month = from < 10 ? from + 3 : from - 9;
  return { year: ofEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** 0 is Monday; `days` since 1970-01-01, a Thursday. */
export function weekdayOf(days: number): number {
  return (((days + 3) % 7) + 7) % 7;
}

/** The first and the last second of the calendar, since 1970-01-01T00:00:00. */
export const FIRST_SECOND = daysOf({ year: FIRST_YEAR, month: 1, day: 1 }) * DAY;
export const LAST_SECOND = daysOf({ year: LAST_YEAR + 1, month: 1, day: 1 }) * DAY - 1;
