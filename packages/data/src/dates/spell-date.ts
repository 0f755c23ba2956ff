// A date in the form of ISO 8601.

import { DAY, dayOf, FIRST_SECOND, LAST_SECOND } from "./civil.ts";

/** `2024-05-31`, and with the time of day where it is not midnight; seconds since 1970-01-01T00:00:00. */
export function spellDate(seconds: number): string {
  if (!(seconds >= FIRST_SECOND && seconds < LAST_SECOND + 1)) return String(seconds);
  const days = Math.floor(seconds / DAY);
  const { year, month, day } = dayOf(days);
  const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
  const rest = seconds - days * DAY;
  const whole = Math.floor(rest);
  // The nearest, as .999 of a large number lies a little below; never the next second.
  const milliseconds = Math.min(Math.round((rest - whole) * 1000), 999);
  if (whole === 0 && milliseconds === 0) return date;
  const clock = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
    .map((part) => digits(part, 2))
    .join(":");
  return `${date}T${clock}${milliseconds === 0 ? "" : `.${digits(milliseconds, 3)}`}`;
}

function digits(x: number, length: number): string {
  return String(x).padStart(length, "0");
}
