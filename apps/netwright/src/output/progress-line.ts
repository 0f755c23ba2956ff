// One line of progress, for the width there is: bar and words where they fit, bare numbers where they do not.

import { brief, duration, grouped, short, shortDuration } from "./numbers.ts";

export interface ProgressState {
  /** Under way, counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Of all steps, 0 to 1. */
  readonly fraction: number;
  /** Mean over the epoch so far; `null` before the first step. */
  readonly loss: number | null;
  /** Of the last epoch that was validated. */
  readonly validation: number | null;
  /** Samples per second; `null` before the first step. */
  readonly rate: number | null;
  readonly secondsLeft: number | null;
}

const WIDEST_BAR = 30;
const NARROWEST_BAR = 8;

/** At most `width` characters. */
export function progressLine(state: ProgressState, width: number): string {
  const full = progressWords(state);
  const room = width - full.length - 2;
  if (room >= NARROWEST_BAR) return `${bar(state.fraction, Math.min(room, WIDEST_BAR))}  ${full}`;
  if (full.length <= width) return full;
  return compact(state, width);
}

/** `epoch  12/100  loss 0.1234  validation 0.2345  41,000 samples/s  12 s left` */
export function progressWords({ epoch, epochs, loss, validation, rate, secondsLeft }: ProgressState): string {
  return [
    `epoch ${epochOf(epoch, epochs)}`,
    ...(loss === null ? [] : [`loss ${brief(loss)}`]),
    ...(validation === null ? [] : [`validation ${brief(validation)}`]),
    ...(rate === null ? [] : [`${grouped(rate)} samples/s`]),
    ...(secondsLeft === null ? [] : [`${duration(secondsLeft)} left`]),
  ].join("  ");
}

/** `12/100 loss 0.123 val 0.235 41k/s 12s`, without what does not fit. */
function compact(state: ProgressState, width: number): string {
  const { epoch, epochs, loss, validation, rate, secondsLeft } = state;
  const parts = [
    epochOf(epoch, epochs),
    ...(loss === null ? [] : [`loss ${brief(loss, 3)}`]),
    ...(validation === null ? [] : [`val ${brief(validation, 3)}`]),
    ...(rate === null ? [] : [`${short(rate)}/s`]),
    ...(secondsLeft === null ? [] : [shortDuration(secondsLeft)]),
  ];
  let line = "";
  for (const part of parts) {
    const longer = line === "" ? part : `${line} ${part}`;
    if (longer.length > width) break;
    line = longer;
  }
  return line;
}

function epochOf(epoch: number, epochs: number): string {
  const all = String(epochs);
  return `${String(epoch).padStart(all.length)}/${all}`;
}

function bar(fraction: number, width: number): string {
  const filled = Math.round(Math.min(Math.max(fraction, 0), 1) * width);
  return "█".repeat(filled) + "░".repeat(width - filled);
}
