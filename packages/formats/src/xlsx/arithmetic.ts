// The arithmetic of spreadsheets. What is named are blocks of cells, and all of it goes by element.

import type { Arithmetic } from "../dense/arithmetic.ts";

/** Numbers that stand in cells are read there, as formulas keep 15 digits of a number in Excel; others are short. */
export function arithmeticWith(cells: ReadonlyMap<number, string> = NONE): Arithmetic<string> {
  const number = (value: number) => cells.get(value) ?? numberText(value);
  const binary = (op: string) => (a: string, b: string) => `(${a}${op}${b})`;
  const call = (name: string) => (x: string) => `${name}(${x})`;
  return {
    number,
    add: binary("+"),
    subtract: binary("-"),
    multiply: binary("*"),
    divide: binary("/"),
    when: (a, comparison, b, then, otherwise) => `IF(${a}${comparison}${b},${then},${otherwise})`,
    exponential: call("EXP"),
    logarithm: call("LN"),
    tanh: call("TANH"),
    root: call("SQRT"),
    // ERF takes no blocks in all versions; the share of the normal distribution does.
    erf: (x) => `(2*NORMSDIST(${x}*${numberText(Math.SQRT2)})-1)`,
  };
}

const NONE: ReadonlyMap<number, string> = new Map();

/** In parentheses where it is negative. */
export function numberText(value: number): string {
  const text = String(value).toUpperCase();
  return value < 0 ? `(${text})` : text;
}
