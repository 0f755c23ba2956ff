// What `verify` begins with: a file as its seed says, a run with its own weights and table.

import { expect, test } from "@jest/globals";
import { readRun } from "@netwright/runtime/node";
import { openVerified } from "../../src/verification/open-verified.ts";
import { cli } from "../support/cli.ts";
import { smallProject } from "../support/project.ts";

test("a run has its weights and its rows, a file no weights", async () => {
  const { net, runs } = smallProject();
  const trained = await cli(["train", net, "--out", runs, "--quiet"]);
  const run = trained.stdout.trim().split("\n").at(-1) ?? "";
  const [ofRun, ofFile, saved] = [
    await openVerified(run, []),
    await openVerified(net, []),
    await readRun(run),
  ];
  if (!ofRun.ok || !ofFile.ok || !saved.ok) throw new Error("not opened");
  const kept = [...saved.value.model.weights].map(([name, { data }]) => [name, data] as const);
  expect(ofRun.value.weights).toEqual(new Map(kept));
  expect(ofFile.value.weights).toBeNull();
  const rows = ({ project }: typeof ofRun.value) => project.prepared?.splits.train.rows;
  expect(rows(ofRun.value)).toBe(rows(ofFile.value));
});
