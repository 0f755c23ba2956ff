// A table with a column of every kind that formats carry, and its description.

import { noise } from "./portable.ts";

export const data = Array.from({ length: 120 }, (_, i) => ({
  n: noise(i, 3) < 0.1 ? null : Math.round(noise(i, 5) * 1000) / 10,
  count: Math.round(noise(i, 7) * 20),
  long: noise(i, 11) ** 3 * 1000,
  wide: noise(i, 13) * 10,
  wave: noise(i, 17) * 10,
  clip: noise(i, 19) ** 4 * 100,
  flag: noise(i, 19) < 0.5 ? "yes" : "no",
  word: noise(i, 23) < 0.1 ? "" : ["red", "blue", "green"][i % 3],
  size: ["small", "middle", "large"][(i * 7) % 3],
  place: ["A", "B", "C", "D"][(i * 5) % 4],
  kind: ["one", "two", "three"][(i * 11) % 3],
  y: noise(i, 5) * 10 + (i % 3) + noise(i, 13),
  z: noise(i, 7) * 20,
  two: noise(i, 5) + noise(i, 13) > 1 ? "good" : "bad",
  three: ["low", "middle", "high"][Math.min(2, Math.floor(noise(i, 5) * 3))],
  tags: [noise(i, 5) > 0.5 ? "a" : "", noise(i, 13) > 0.4 ? "b" : ""].filter((tag) => tag !== "").join("|"),
}));

export const columns = `
    n: number(unit: "kg", min: 0, max: 200, missing: mean(indicator: true))
    count: integer(min: 0, max: 30, scale: minmax)
    long: number(scale: log1p)
    wide: number(scale: piecewise_linear(bins: 6))
    wave: number(scale: periodic(frequencies: 3, sigma: 0.5))
    clip: number(scale: smooth_clip)
    flag: boolean
    word: category(encoder: one_hot(unknown: other), missing: own_class)
    size: ordinal(values: ["small", "middle", "large"])
    place: category(encoder: target_mean)
    kind: category(encoder: one_hot(unknown: missing), missing: most_frequent(indicator: true))`;

export const features = "n, count, long, wide, wave, clip, flag, word, size, place, kind";
