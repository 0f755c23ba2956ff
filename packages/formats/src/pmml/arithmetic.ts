// The arithmetic of PMML's built-in functions, as tags.

import type { Arithmetic, Comparison } from "../dense/arithmetic.ts";
import { type Tag, tag } from "../xml.ts";

const COMPARISONS: { readonly [K in Comparison]: string } = {
  ">": "greaterThan",
  "<": "lessThan",
  "<=": "lessOrEqual",
  ">=": "greaterOrEqual",
  "=": "equal",
};

export function apply(name: string, ...given: readonly Tag[]): Tag {
  return tag("Apply", { function: name }, given);
}

export function constant(value: number): Tag {
  return tag("Constant", { dataType: "double" }, String(value));
}

export function fieldNamed(field: string): Tag {
  return tag("FieldRef", { field });
}

const two = (name: string) => (a: Tag, b: Tag) => apply(name, a, b);
const one = (name: string) => (x: Tag) => apply(name, x);

export const ARITHMETIC: Arithmetic<Tag> = {
  number: constant,
  add: two("+"),
  subtract: two("-"),
  multiply: two("*"),
  divide: two("/"),
  when: (a, comparison, b, then, otherwise) =>
    apply("if", apply(COMPARISONS[comparison], a, b), then, otherwise),
  exponential: one("exp"),
  logarithm: one("ln"),
  tanh: one("tanh"),
  root: one("sqrt"),
  erf: null,
};
