// Numbers and durations as people read them. Everything is the same in every locale.

/** Four significant digits: `0.1235`, `12.35`, `12346`; very small and very large ones as `1.235e-7`. */
export function brief(value: number | null, digits = 4): string {
  if (value === null) return "-";
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(digits - 1);
  if (size >= 10 ** (digits - 1)) return value.toFixed(0);
  return value.toPrecision(digits);
}

/** As `brief`, without zeros at the end: `540`, `2.5`. */
export function plain(value: number | null, digits = 4): string {
  const text = brief(value, digits);
  return text.includes("e") || !text.includes(".") ? text : text.replace(/\.?0+$/, "");
}

/** Of 32 bits, 9 digits tell every number from all others. */
const DIGITS_32 = 9;

/**
 * As few digits as give the same number when they are read. One that is a number of 32 bits, as a probability is, has those that
 * give it back in 32 bits: `0.1`, and not the `0.10000000149011612` that it is in 64.
 */
export function exact(value: number): string {
  if (Number.isInteger(value) || Math.fround(value) !== value) return String(value);
  for (let digits = 1; digits < DIGITS_32; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return String(shorter);
  }
  return String(Number(value.toPrecision(DIGITS_32)));
}

const SHORT_UNITS = ["", "k", "M", "G", "T"] as const;

/** `850`, `41k`, `2.5M`, `17G`: at most four characters. */
export function short(count: number): string {
  let scaled = count;
  let unit = 0;
  while (scaled >= 999.5 && unit < SHORT_UNITS.length - 1) {
    scaled /= 1000;
    unit++;
  }
  const digits = unit > 0 && scaled < 9.95 ? 1 : 0;
  return `${scaled.toFixed(digits)}${SHORT_UNITS[unit]}`;
}

/** `0.4 s`, `12 s`, `3 min 05 s`, `2 h 07 min` */
export function duration(seconds: number): string {
  const { h, min, s } = clock(seconds);
  if (h > 0) return `${h} h ${two(min)} min`;
  if (min > 0) return `${min} min ${two(s)} s`;
  return seconds < 9.95 ? `${seconds.toFixed(1)} s` : `${s} s`;
}

/** `12s`, `3m05s`, `2h07m` */
export function shortDuration(seconds: number): string {
  const { h, min, s } = clock(seconds);
  return h > 0 ? `${h}h${two(min)}m` : min > 0 ? `${min}m${two(s)}s` : `${s}s`;
}

const BYTE_UNITS = ["KiB", "MiB", "GiB"] as const;

/** `12 B`, `1.5 MiB` */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  let scaled = count / 1024;
  let unit = 0;
  while (scaled >= 1024 && unit < BYTE_UNITS.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return `${scaled.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

function clock(seconds: number) {
  const whole = Math.round(seconds);
  return { h: Math.floor(whole / 3600), min: Math.floor(whole / 60) % 60, s: whole % 60 };
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
