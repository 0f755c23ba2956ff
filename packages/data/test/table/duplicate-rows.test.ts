// Which rows count as equal.

import { expect, test } from "@jest/globals";
import fc from "fast-check";
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

const all = (rows: number) => Int32Array.from({ length: rows }, (_, i) => i);

/** By the text of the whole row. */
function grouped(rows: readonly (readonly number[])[]): number[] {
  const known = [...new Set(rows.map(String))];
  const places = new Map(known.map((row, i) => [row, i]));
  return rows.map((row) => places.get(String(row)) ?? -1);
}

function expectGrouped(rows: readonly (readonly number[])[]): void {
  const names = rows[0]?.map((_, i) => `c${i}`) ?? [];
  const data = table([names, ...rows].map((cells) => cells.join()).join("\n"));
  expect([...duplicateGroups(data, all(data.rows))]).toEqual(grouped(rows));
}

test("tables of many columns, of which some have few values", () => {
  const row = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(1), fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(2));
  fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 200 }), expectGrouped));
});

test("rows that differ only in columns that seemed to tell nothing", () => {
  const rows = Array.from({ length: 3200 }, (_, i) =>
    i % 32 === 0 ? [i, i, i, i, 0, 0] : [1, 1, 1, 1, i % 50, i % 11],
  );
  expectGrouped(rows);
});
