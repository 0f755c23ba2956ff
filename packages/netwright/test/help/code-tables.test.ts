// Each code belongs to one table: two would share a page, a title and whatever looks for one of them.

import { expect, test } from "@jest/globals";
import { dataCodes } from "@netwright/data";
import { codes } from "@netwright/lang";
import { runtimeCodes } from "@netwright/runtime";
import { projectCodes } from "netwright";

test("no code is in two tables", () => {
  const all = [codes, dataCodes, runtimeCodes, projectCodes].flatMap((table) => Object.keys(table));
  expect(all.filter((code, i) => all.indexOf(code) !== i)).toEqual([]);
});
