import { describe, expect, test } from "@jest/globals";
import { type ProgressState, progressLine } from "../../src/output/progress-line.ts";

const state: ProgressState = {
  epoch: 42,
  epochs: 100,
  fraction: 0.42,
  loss: 0.12345,
  validation: 0.23456,
  rate: 41_234,
  secondsLeft: 185,
};

describe("a line of progress", () => {
  test("shows everything at 120, 80 and 40 columns", () => {
    expect(progressLine(state, 119)).toBe(
      "████████░░░░░░░░░░░░  epoch  42/100  loss 0.1235   validation 0.2346   41,234 samples/s  3 min 05 s left",
    );
    expect(progressLine(state, 79)).toBe(
      "███░░░░░  epoch  42/100  loss 0.1235   val 0.2346    41k samples/s  3m05s left",
    );
    expect(progressLine({ ...state, secondsLeft: 12 }, 39)).toBe(" 42/100 loss 0.123 val 0.235 41k/s 12s");
  });

  test("never is wider than the terminal", () => {
    for (let width = 1; width <= 130; width++) {
      expect(progressLine(state, width).length).toBeLessThanOrEqual(width);
      expect(progressLine({ ...state, epochs: 100_000, loss: 1.2345e-7 }, width).length).toBeLessThanOrEqual(
        width,
      );
    }
  });

  test("leaves out what is not known yet", () => {
    const unknown = { ...state, loss: null, validation: null, rate: null, secondsLeft: null };
    expect(progressLine(unknown, 79)).toBe("███░░░░░  epoch  42/100");
  });
});
