// `numerics: fused` where the engine has no instruction for it: every command that computes with it says once that it is slow, and
// `--no-emulation` refuses it.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { FusedBy } from "@netwright/runtime";
import { emulationNote } from "../../src/usage/options.ts";
import { cli } from "../support/cli.ts";
import { SMALL, smallCsv, smallProject } from "../support/project.ts";

const NOTE = /note: reference has no instruction for `numerics: fused` here/g;
const FUSED = ["--backend", "reference", "--set", "train.numerics=fused"];

function said({ stderr }: { readonly stderr: string }): number {
  return stderr.match(NOTE)?.length ?? 0;
}

test.each([
  ["one training", []],
  ["seeds", ["--seeds", "2"]],
  ["folds", ["--folds", "2", "--keep"]],
] as const)("train: %s", async (_, more) => {
  const { net, runs, csv } = smallProject(SMALL, smallCsv(24));
  const argv = ["train", net, ...FUSED, "--epochs", "1", "--out", runs, ...more];
  const told = await cli(argv);
  expect([told.code, said(told)]).toEqual([0, 1]);
  if (more.length === 0) {
    const [run = ""] = readdirSync(runs);
    for (const command of [["evaluate"], ["predict", "--input", csv]]) {
      const [name = "", ...others] = command;
      const used = await cli([name, join(runs, run), ...others, "--backend", "reference"]);
      expect([name, used.code, said(used)]).toEqual([name, 0, 1]);
    }
  }
  const refused = await cli([...argv, "--no-emulation"]);
  expect(refused.code).not.toBe(0);
  expect(said(refused)).toBe(0);
  expect(refused.stderr).toContain("NW0859");
});

test("rates", async () => {
  const { net } = smallProject(SMALL, smallCsv(24));
  const told = await cli(["rates", net, ...FUSED, "--steps", "20"]);
  if (told.code !== 0) throw new Error(told.stderr);
  expect([told.code, said(told)]).toEqual([0, 1]);
});

test("a backend may be a class", () => {
  class Slow {
    readonly name = "slow";
    readonly #by: FusedBy = "emulated";
    fused(): FusedBy {
      return this.#by;
    }
  }
  expect(emulationNote(true, new Slow())).toContain("slow has no instruction");
  expect(emulationNote(false, new Slow())).toBeUndefined();
});
