// The files of version 1 that are read for ever, and mean the same for ever. Files may be added; a file that is
// here, and its line in `hashes.json` and in the snapshot, must never be edited.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { analyze } from "../../src/index.ts";
import { catalog } from "../catalog.ts";
import { compactModel } from "../compact.ts";
import { hostOf } from "../host.ts";
import { versionOne } from "../samples.ts";

const hashes: unknown = JSON.parse(readFileSync(new URL("hashes.json", import.meta.url), "utf8"));
const files = versionOne.map(({ name, text }) => [name.slice(name.lastIndexOf("/") + 1), text] as const);

test("nobody has edited a file", () => {
  const now = files.map(([file, text]) => [file, createHash("sha256").update(text).digest("hex")] as const);
  expect(Object.fromEntries(now)).toEqual(hashes);
});

/** What these files do is meant for readers of the grammar, and makes little of a network. */
const warnings: Readonly<Record<string, readonly string[]>> = {
  "flows.net": ["NW0226", "NW0226", "NW0226"],
  "line-ends.net": ["NW0710"],
  "sections-on-one-line.net": ["NW0226"],
  "values.net": ["NW0226", "NW0226"],
};

const toUse = files.filter(([file]) => file.endsWith("-to-use.net"));

test.each(files.filter((file) => !toUse.includes(file)))("%s", (file, text) => {
  const host = hostOf(Object.fromEntries(toUse));
  const { model, diagnostics } = analyze({ file, text }, { catalog, host });
  const version = file.startsWith("no-version") ? ["NW0111"] : [];
  expect(diagnostics.map(({ code }) => code)).toEqual([...version, ...(warnings[file] ?? [])]);
  if (model === undefined) throw new Error("the file has a model");
  expect(`\n${compactModel(model)}`).toMatchSnapshot();
});
