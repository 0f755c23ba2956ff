// Files with one mistake each: the first diagnostic is at the mistake, and where one edit mends the file, it is the
// edit that is suggested. The last lines of a file say where the mistake is and what mends it.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { analyze, type Diagnostic } from "@netwright/lang";
import { catalog } from "netwright";
import { host } from "./concrete.ts";

const folder = fileURLToPath(new URL("./wrong-files/", import.meta.url));

interface Found {
  readonly name: string;
  readonly place: boolean;
  /** Undefined where no single edit mends the file. */
  readonly mend: boolean | undefined;
  readonly first: Diagnostic | undefined;
}

function offsetOf(text: string, place: string): number {
  const [line = 0, column = 0] = place.split(":").map(Number);
  const before = text.split("\n").slice(0, line - 1);
  return before.reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
}

function applied(text: string, { fix }: Diagnostic): string | undefined {
  if (fix === undefined) return undefined;
  const edits = [...fix.edits].sort((a, b) => b.span.start - a.span.start);
  return edits.reduce(
    (result, edit) => result.slice(0, edit.span.start) + edit.text + result.slice(edit.span.end),
    text,
  );
}

function look(name: string): Found {
  const [text = "", expected = ""] = readFileSync(`${folder}${name}`, "utf8").split("\n# place ");
  const [, place = ""] = /^(\d+:\d+)$/m.exec(expected) ?? [];
  const [, at = "", wrong = "", right = ""] = /^# mend (\S+) (".*") -> (".*")$/m.exec(expected) ?? [];
  const [first] = analyze({ file: name, text }, { catalog, host }).diagnostics;
  const found = { name, first, place: first?.span?.start === offsetOf(text, place) };
  if (at === "") return { ...found, mend: undefined };
  const start = offsetOf(text, at);
  // The lines are written as JSON strings.
  const [before, after] = [wrong, right].map((quoted) => String(JSON.parse(quoted)));
  const mended = text.slice(0, start) + after + text.slice(start + (before?.length ?? 0));
  return { ...found, mend: first !== undefined && applied(text, first) === mended };
}

const found = readdirSync(folder).map(look);
const told = ({ name, first }: Found) =>
  `${name}: ${first?.code} at ${first?.span?.start}: ${first?.message} ${JSON.stringify(first?.fix?.edits)}`;

test("there are at least 60 files", () => {
  expect(found.length).toBeGreaterThanOrEqual(60);
});

test("the first diagnostic is at the mistake", () => {
  expect(found.filter(({ place }) => !place).map(told)).toEqual([]);
});

test("the edit that mends the file is suggested", () => {
  expect(found.filter(({ mend }) => mend === false).map(told)).toEqual([]);
});

test("few mistakes need more than an edit", () => {
  expect(found.filter(({ mend }) => mend !== undefined).length).toBeGreaterThanOrEqual(50);
});
