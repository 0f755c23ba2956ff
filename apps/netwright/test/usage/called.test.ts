import { expect, test } from "@jest/globals";
import { called } from "../../src/usage/called.ts";

const NPX = "npx netwright";

test.each([
  [
    "Run `netwright setup native`, or `netwright help NW0301`.",
    "Run `npx netwright setup native`, or `npx netwright help NW0301`.",
  ],
  ["`netwright --help` shows what there is.", "`npx netwright --help` shows what there is."],
  ["Examples:\n  netwright train a.net\n", "Examples:\n  npx netwright train a.net\n"],
])("%j is said with npx", (text, expected) => {
  expect(called(text, NPX)).toBe(expected);
  expect(called(text, "netwright")).toBe(text);
});

test.each([
  "netwright 1\n",
  "Usage: netwright [options]",
  "this release of netwright is older",
  "Add it: `npm install netwright`",
])("%j is no command of ours", (text) => {
  expect(called(text, NPX)).toBe(text);
});
