import { expect, test } from "@jest/globals";
import { closest } from "../../src/index.ts";

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
