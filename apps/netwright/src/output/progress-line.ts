// One line of progress, for the width there is: bar and words where they fit, bare numbers where they do not.

import { grouped } from "@netwright/definitions";
import { brief, duration, short, shortDuration } from "./numbers.ts";

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

const BAR = { wide: 20, medium: 8 } as const;
const WIDE = 110;
/** Room for a loss such as 0.01234. */
const LOSS = 7;

/** At most `width` characters. The parts keep their places while the numbers change. */
export function progressLine(state: ProgressState, width: number): string {
  if (width >= WIDE) return fit([bar(state.fraction, BAR.wide), progressWords(state)], width);
  const words = medium(state);
  const barred = `${bar(state.fraction, BAR.medium)}  ${words}`;
  if (barred.length <= width) return barred;
  return words.length <= width ? words : compact(state, width);
}

/** `epoch  12/100  loss 0.1234  validation 0.2345  41,000 samples/s  12 s left` */
export function progressWords({ epoch, epochs, loss, validation, rate, secondsLeft }: ProgressState): string {
  return [
    `epoch ${epochOf(epoch, epochs)}`,
    ...(loss === null ? [] : [`loss ${brief(loss).padEnd(LOSS)}`]),
    ...(validation === null ? [] : [`validation ${brief(validation).padEnd(LOSS)}`]),
    ...(rate === null ? [] : [`${grouped(rate)} samples/s`]),
    ...(secondsLeft === null ? [] : [`${duration(secondsLeft)} left`]),
  ].join("  ");
}

/** `epoch  12/100  loss 0.1234  val 0.2345   41k samples/s  3m05s left` */
function medium({ epoch, epochs, loss, validation, rate, secondsLeft }: ProgressState): string {
  return [
    `epoch ${epochOf(epoch, epochs)}`,
    ...(loss === null ? [] : [`loss ${brief(loss).padEnd(LOSS)}`]),
    ...(validation === null ? [] : [`val ${brief(validation).padEnd(LOSS)}`]),
    ...(rate === null ? [] : [`${short(rate).padStart(4)} samples/s`]),
    ...(secondsLeft === null ? [] : [`${shortDuration(secondsLeft)} left`]),
  ].join("  ");
}

/** `12/100 loss 0.123 val 0.235 41k/s 12s`, without what does not fit. */
function compact({ epoch, epochs, loss, validation, rate, secondsLeft }: ProgressState, width: number) {
  const parts = [
    epochOf(epoch, epochs),
    ...(loss === null ? [] : [`loss ${brief(loss, 3)}`]),
    ...(validation === null ? [] : [`val ${brief(validation, 3)}`]),
    ...(rate === null ? [] : [`${short(rate)}/s`]),
    ...(secondsLeft === null ? [] : [shortDuration(secondsLeft)]),
  ];
  return fit(parts, width, " ");
}

/** As many parts as there is room for. */
function fit(parts: readonly string[], width: number, separator = "  "): string {
  let line = "";
  for (const part of parts) {
    const longer = line === "" ? part : `${line}${separator}${part}`;
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
