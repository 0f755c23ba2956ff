// Golden tests of a pass: a table of bodies before and after, and of bodies that must stay.

import { expect, test } from "@jest/globals";
import type { Program } from "@netwright/ir";
import { afterPass, expand } from "./after-pass.ts";

type Lines = readonly string[];

/** Types of the parameters %0, %1, ..., then operations and results. */
export type Case = readonly [name: string, parameters: Lines, before: Lines, after: Lines];

export function goldens(pass: (program: Program) => Program) {
  return {
    rewrites: (cases: readonly Case[]): void => {
      test.each(cases)("%s", (_, parameters, before, after) => {
        expect(afterPass(pass, parameters, before)).toEqual(after.map(expand));
      });
    },
    stays: (cases: readonly (readonly [name: string, parameters: Lines, lines: Lines])[]): void => {
      test.each(cases)("%s stays", (_, parameters, lines) => {
        expect(afterPass(pass, parameters, lines)).toEqual(lines.map(expand));
      });
    },
  };
}
