// The chart of a range test: how much of what runs away it shows.

import { expect, test } from "@jest/globals";
import { mostShown, ratesSvg } from "@netwright/plot";

const rates = [1e-4, 1e-3, 1e-2, 1e-1, 1];

test("what runs away behind the lowest is cut off half of the way down above it", () => {
  const smoothed = [1, 0.9, 0.6, 0.2, 40];
  expect(mostShown({ rates, smoothed, lowest: 0.1 })).toBeCloseTo(1.4, 12);
  const shown = (lowest: number) => ratesSvg({ rates, losses: smoothed, smoothed, lowest, marks: [] });
  expect(shown(0.1)).not.toContain(">40<");
  expect(shown(1)).toContain(">40<");
});

test("all is shown where it is less than that, and where nothing falls down to the lowest", () => {
  expect(mostShown({ rates, smoothed: [1, 0.9, 0.6, 0.2, 0.5], lowest: 0.1 })).toBe(1);
  // By the luck of its first batch.
  expect(mostShown({ rates, smoothed: [0.1, 1, 2, 3, 4], lowest: 1e-4 })).toBe(4);
});
