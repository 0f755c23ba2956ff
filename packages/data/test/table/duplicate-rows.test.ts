// Which rows count as equal.

import { expect, test } from "@jest/globals";
import { duplicateGroups } from "../../src/table/duplicate-rows.ts";
import { table } from "../support.ts";

test("by value in all columns; text apart from numbers, missing apart from text", () => {
  const data = table('n,t\n1,a\n1.0,a\n1,b\n,a\n,a\n1,"a,b"\n2,\n-0,x\n0,x\n');
  const groups = duplicateGroups(
    data,
    Int32Array.from({ length: data.rows }, (_, i) => i),
  );
  expect([...groups]).toEqual([0, 0, 1, 2, 2, 3, 4, 5, 5]);
});

test("only the given rows", () => {
  expect([...duplicateGroups(table("n,t\n1,a\n2,a\n1,a\n"), Int32Array.of(1, 2))]).toEqual([0, 1]);
});
