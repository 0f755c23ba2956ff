// Files of older formats are brought up to date step by step.

import { expect, test } from "@jest/globals";
import { type Migrations, migrate } from "../../src/bundle/format-version.ts";
import { fail, problem, succeed } from "../../src/problem/problem.ts";

const mark =
  (name: string): Migrations[number] =>
  (files) =>
    succeed(new Map(files).set(name, new Uint8Array()));

test("each step from the file's version to ours runs once, in order", () => {
  const steps: Migrations = { 1: mark("one"), 2: mark("two"), 3: mark("three") };
  const result = migrate(new Map(), 2, steps, 4);
  if (!result.ok) throw new Error("failed");
  expect([...result.value.keys()]).toEqual(["two", "three"]);
  expect(migrate(new Map(), 4, steps, 4)).toEqual({ ok: true, value: new Map() });
});

test("a step that fails ends it with its problem", () => {
  const broken = problem("NW0826", "Damaged.");
  const steps: Migrations = { 1: () => fail(broken), 2: mark("two") };
  expect(migrate(new Map(), 1, steps, 3)).toEqual({ ok: false, problems: [broken] });
});

test("a step that is missing is our own mistake", () => {
  expect(() => migrate(new Map(), 1, {}, 2)).toThrow("no migration from run format 1");
});
