// The columns of a teacher: what is fed of them, which rows are used, and what is wrong with some.

import { describe, expect, test } from "@jest/globals";
import { ANSWERED, TEACHER } from "@netwright/definitions";
import { prepare, rowsOf, type Split, type TeacherPlan } from "../../src/index.ts";
import { category, column, planOf, problemsOf, table, type Written } from "../support.ts";

function prepared(text: string, teacher: TeacherPlan, changes: Written = {}) {
  const result = prepare(table(text), { ...planOf(changes), teacher });
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.prepared;
}

const problems = (text: string, teacher: TeacherPlan, changes: Written = {}) =>
  problemsOf(prepare(table(text), { ...planOf(changes), teacher }));

function fed({ teacher }: Split) {
  const of = (name: string) => Array.from(teacher?.fields.find((field) => field.name === name)?.data ?? []);
  return { answers: of(TEACHER), answered: of(ANSWERED) };
}

const classes: Written = { predicts: "class", scale: "none" };
const byPart = {
  ...{ train: 1, validation: 0, test: 0, seed: 0 },
  splitter: { name: "by_column", args: { column: "part", train: ["a"], validation: ["v"], test: ["t"] } },
};

describe("probabilities", () => {
  const text = "x,P(b),P(a),y\n1,0.25,0.75,a\n2,1,0,b\n3,,,a\n4,0.5,0.5,\n";
  const teacher: TeacherPlan = { columns: ["P(*)"] };

  test("are logits by class, no features, and need no truth beside them", () => {
    const { splits, taught, features, encoders } = prepared(text, teacher, classes);
    expect(features).toEqual(["x"]);
    expect(encoders.fitted.unused).toEqual(["P(b)", "P(a)"]);
    // Those with a truth are measured, and what is counted of the target is theirs.
    expect(Array.from(splits.train.rowNumbers)).toEqual([1, 2, 3]);
    expect(encoders.target[0]?.fitted).toMatchObject({ seen: { counts: [2, 1] } });
    expect(Array.from(taught?.rowNumbers ?? [])).toEqual([1, 2, 3, 4]);
    const { answers, answered } = taught === undefined ? fed(splits.train) : fed(taught);
    const logs = [Math.log(0.75), Math.log(0.25), -1e30, 0, 0, 0, Math.log(0.5), Math.log(0.5)];
    expect(answers).toEqual(Array.from(Float32Array.from(logs)));
    expect(answered).toEqual([1, 1, 1, 1, 1, 0, 0, 1]);
    expect(Array.from(taught?.y ?? [])).toEqual([0, 1, 0, 0]);
    expect(rowsOf(splits.train).fields.map(({ name }) => name)).toEqual(["x", "y", TEACHER, ANSWERED]);
  });

  test("are scored on the rows that they are about", () => {
    const { splits } = prepared(text, teacher, classes);
    const { places, prediction, scores } = splits.train.teacher ?? {};
    expect([places, prediction]).toEqual([Int32Array.of(0, 1), Float64Array.of(0, 1)]);
    for (const [i, share] of [0.75, 0.25, 0, 1].entries()) expect(scores?.[i]).toBeCloseTo(share, 14);
  });

  test("may be one column of two classes, that of the second", () => {
    const one = prepared("x,p,y\n1,0.25,a\n2,1,b\n", { columns: ["p"] }, classes);
    expect(fed(one.splits.train).answers).toEqual(
      Array.from(Float32Array.of(Math.log(0.75), Math.log(0.25), -1e30, 0)),
    );
  });

  test.each([
    ["x,P(a),y\n1,1,a\n2,0,b\n3,0,c\n", "NW0765", /`P\(\*\)`, is for the classes `b` and `c`/],
    ["x,P(a),P(b),P(max),y\n1,1,0,1,a\n2,0,1,1,b\n", "NW0765", /`P\(max\)` is for no class/],
    ["x,P(a),P(b),y\n1,0.5,0.2,a\n2,0,1,b\n", "NW0763", /sum to 0.7/],
    ["x,P(a),P(b),y\n1,1.5,-0.5,a\n2,0,1,b\n", "NW0633", /above the maximum of 1.*teacher_gives: logits/],
    ["x,P(a),P(b),y\n1,0.5,,a\n2,0,1,b\n", "NW0764", /lacks `P\(b\)`/],
    ["x,P(a),P(b),y\n1,0.5,0.5,a\n2,,,\n3,0,1,b\n", "NW0631", /column `y` has no value/],
  ])("%j is refused", (wrong, code, message) => {
    const found = problems(wrong, teacher, classes);
    expect(found.map((problem) => problem.code)).toContain(code);
    const told = found.find((problem) => problem.code === code);
    expect([told?.message, ...(told?.notes ?? [])].join(" ")).toMatch(message);
  });
});

test("logits are taken as they are, of two classes one stands beside 0", () => {
  const several = prepared("x,a,b,y\n1,2,-3,a\n2,0,7,b\n", { columns: ["a", "b"], gives: "logits" }, classes);
  expect(fed(several.splits.train).answers).toEqual([2, -3, 0, 7]);
  const one = prepared("x,z,y\n1,2,a\n2,-1,b\n", { columns: ["z"], gives: "logits" }, classes);
  expect(fed(one.splits.train).answers).toEqual([0, 2, 0, -1]);
  const [p = 0] = several.splits.train.teacher?.scores ?? [];
  expect(p).toBeCloseTo(1 / (1 + Math.exp(-5)), 12);
});

test("labels are all of one class, and have to be one", () => {
  const teacher: TeacherPlan = { columns: ["t"], gives: "labels" };
  const { splits } = prepared("x,t,y\n1,b,a\n2,b,b\n3,,a\n", teacher, classes);
  expect(fed(splits.train).answers).toEqual([...Array.from(Float32Array.of(-1e30, 0, -1e30, 0)), 0, 0]);
  expect(splits.train.teacher?.scores).toBeNull();
  expect(problems("x,t,y\n1,q,a\n2,b,b\n", teacher, classes)).toContainEqual(
    expect.objectContaining({ code: "NW0766", message: expect.stringContaining("`q`"), row: 1 }),
  );
});

describe("numbers", () => {
  test("are scaled as the target is, whose scaling is of the rows that have one", () => {
    const { splits, taught, encoders } = prepared("x,t,y\n1,0,1\n2,3,3\n3,5,\n", { columns: ["t"] });
    // Mean 2 and deviation 1 of 1 and 3.
    expect(taught === undefined ? [] : fed(taught).answers).toEqual([-2, 1, 3]);
    expect(Array.from(taught?.y ?? [])).toEqual([-1, 1, 0]);
    expect(Array.from(splits.train.target)).toEqual([1, 3]);
    expect(encoders.features[0]?.fitted).toMatchObject({ seen: { min: 1, max: 3, mean: 2 } });
  });

  test("may lie beyond what is promised of the target, but not where it cannot be scaled", () => {
    const columns = { y: { ...column, min: 0 } };
    expect(prepared("x,t,y\n1,-1,1\n2,3,3\n", { columns: ["t"] }, { columns })).toBeDefined();
    const log = { y: { ...column, scale: "log1p" } };
    const found = problems("x,t,y\n1,-2,1\n2,3,3\n", { columns: ["t"] }, { columns: log });
    expect(found).toMatchObject([{ code: "NW0634", column: "t", setting: "teacher" }]);
  });

  test("of rows without a truth stay where they are dealt, and are no part of validation and test", () => {
    const text = "part,x,t,y\na,1,1,1\na,2,2,\nv,3,3,3\nv,4,4,\nt,5,5,5\nt,6,6,\n";
    const { splits, taught } = prepared(text, { columns: ["t"] }, { split: byPart });
    const numbersOf = (split: Split | undefined) => Array.from(split?.rowNumbers ?? []);
    expect([splits.train, splits.validation, splits.test, taught].map(numbersOf)).toEqual([
      [1],
      [3],
      [5],
      [1, 2],
    ]);
  });
});

test("rows without a truth are left out by `missing: drop` only where there is no answer", () => {
  const { taught } = prepared("x,t,y\n1,1,1\n2,2,\n3,,\n4,,4\n", { columns: ["t"] }, { missing: "drop" });
  expect(Array.from(taught?.rowNumbers ?? [])).toEqual([1, 2, 4]);
});

test("means of the target are not told of rows that have none", () => {
  const columns = { x: category({ encoder: "target_mean" }) };
  expect(problems("x,t,y\na,1,1\nb,2,\na,3,3\nb,4,5\n", { columns: ["t"] }, { columns })).toMatchObject([
    { code: "NW0767", setting: "teacher" },
  ]);
});

test("rows without a truth weigh nothing in `balanced` but for their answer", () => {
  const result = prepare(table("x,P(a),P(b),y\n1,1,0,a\n2,1,0,a\n3,0,1,b\n4,0,1,\n"), {
    ...planOf(classes),
    weight: "balanced",
    teacher: { columns: ["P(*)"] },
  });
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  expect(Array.from(result.prepared.taught?.lossWeights ?? [])).toEqual([0.75, 0.75, 1.5, 1]);
});
