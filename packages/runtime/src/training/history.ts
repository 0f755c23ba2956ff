// What is kept of each epoch. The wall-clock time is for people: it takes no part in comparisons and hashes.

export interface HistoryLine {
  /** Counted from 1. */
  readonly epoch: number;
  /** Mean over the training rows of the loss that each step saw, with penalties. */
  readonly loss: number;
  /** Mean over the validation rows, without penalties; `null` without a validation split. */
  readonly validation_loss: number | null;
  /** How long the epoch took. */
  readonly seconds?: number;
}

export type History = readonly HistoryLine[];

/** The part of a history that a repeated run reproduces. */
export function comparableHistory(history: History): HistoryLine[] {
  return history.map(({ epoch, loss, validation_loss }) => ({ epoch, loss, validation_loss }));
}
