import { expect, test } from "@jest/globals";
import { closest, suggester } from "../../src/index.ts";

const layers = ["dense", "dropout", "relu", "elu", "selu", "leaky_relu"];

test.each([
  ["rellu", "relu"],
  ["dens", "dense"],
  ["desne", "dense"],
  ["dropuot", "dropout"],
  ["Dense", "dense"],
  ["leakyrelu", "leaky_relu"],
])("%s is near to %s", (name, expected) => {
  expect(closest(name, layers)).toBe(expected);
});

test("a name of which every letter is another is none", () => {
  expect(closest("Z", ["A", "B"])).toBeUndefined();
  expect(closest("a", ["A", "B"])).toBe("A");
});

test.each(["convolution", "x", "", "dd"])("nothing is near to %j", (name) => {
  expect(closest(name, layers)).toBeUndefined();
});

test("a swap of neighbours is one change, two replaced letters are two", () => {
  expect(closest("abdc", ["abcd"])).toBe("abcd");
  expect(closest("abxy", ["abcd"])).toBeUndefined();
});

test("a part stands for the one name that has it, and for none of several", () => {
  expect(closest("rate", ["learning_rate", "units"])).toBe("learning_rate");
  expect(closest("rate", ["learning_rate", "dropout_rate"])).toBeUndefined();
});

test("very long names take no time", () => {
  expect(closest("a".repeat(1_000_000), layers)).toBeUndefined();
});

test.each([
  ["Cemnet", "Cement"],
  ["cement", "Cement"],
  ["fly_ash", "FlyAsh"],
  ["FLY-ASCH", "FlyAsh"],
  ["Fine Aggregate", "FineAggregate"],
  ["CompresiveStrenght", "CompressiveStrength"],
  ["COMPRESSIVE STRENGHT", "CompressiveStrength"],
  ["Ag", "Age"],
])("%s is the column %s, whatever the case and the signs", (typed, meant) => {
  const columns = ["Cement", "FlyAsh", "CoarseAggregate", "FineAggregate", "Age", "CompressiveStrength"];
  expect(closest(typed, columns)).toBe(meant);
});

test.each(["Water", "x", "Temperature", ""])("%j is none of the columns", (typed) => {
  expect(closest(typed, ["Cement", "FlyAsh", "CoarseAggregate", "Age"])).toBeUndefined();
});

test("case and signs count less than a letter", () => {
  expect(closest("Rat", ["cat", "rat"])).toBe("rat");
  expect(closest("max-error", ["min_error", "max_error_"])).toBe("max_error_");
});

test("of thousands of unknown names, only the first are guessed at", () => {
  const columns = Array.from({ length: 5000 }, (_, i) => `col${i}`);
  const suggest = suggester(columns);
  const found = columns.map((name) => suggest(`${name}x`));
  expect(found[0]).toBe("col0");
  expect(found.at(-1)).toBeUndefined();
});
