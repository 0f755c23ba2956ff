// What presses of Ctrl-C do while a run is trained and saved: none of them loses it unless it is meant.

import { readdirSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { watchInterrupts } from "../../src/training/interrupts.ts";
import { cli, lastLine } from "../support/cli.ts";
import { smallProject } from "../support/project.ts";

function watched() {
  let now = 0;
  let press = () => {};
  const told: string[] = [];
  const io = {
    now: () => now,
    onInterrupt: (handler: () => void) => {
      press = handler;
      return () => {};
    },
    quit: (code: number) => told.push(`quit ${code}`),
  };
  const interrupts = watchInterrupts(io, (phase) => told.push(phase));
  /** Presses so many milliseconds later. */
  const after = (...waits: number[]) => {
    for (const ms of waits) {
      now += ms;
      press();
    }
    return told.splice(0);
  };
  return { interrupts, after };
}

describe("presses", () => {
  test.each([[0], [1], [60], [300]])("two within %s ms are one, in each phase", (ms) => {
    const { interrupts, after } = watched();
    expect(after(1000, ms)).toEqual(["training"]);
    interrupts.enter("saving");
    expect(after(1000, ms)).toEqual(["saving"]);
  });

  test("one at the end of training and its echo while the run is saved are one", () => {
    const { interrupts, after } = watched();
    after(1000);
    interrupts.enter("saving");
    expect(after(40)).toEqual([]);
    interrupts.enter("saved");
    expect(after(40)).toEqual([]);
  });

  test("one for the training and one for the save end nothing; a second one for either does", () => {
    const { interrupts, after } = watched();
    expect(after(1000)).toEqual(["training"]);
    interrupts.enter("saving");
    expect(after(500)).toEqual(["saving"]);
    expect(after(500)).toEqual(["quit 130"]);
    const other = watched();
    expect(other.after(1000, 301)).toEqual(["training", "quit 130"]);
  });

  test("many in a row end the process", () => {
    const { after } = watched();
    expect(after(1000, 200, 200)).toEqual(["training", "quit 130"]);
  });

  test("one while a run is saved does not interrupt its training", () => {
    const { interrupts, after } = watched();
    interrupts.enter("saving");
    after(1000);
    expect(interrupts.signal.aborted).toBe(false);
  });

  test("when all is saved, one ends the process", () => {
    const { interrupts, after } = watched();
    interrupts.enter("saved");
    expect(after(1000)).toEqual(["quit 130"]);
  });
});

test("a press while a finished training is saved leaves the whole run, with the exit code of a training", async () => {
  const { net, runs } = smallProject();
  const isSaving = () => {
    try {
      return readdirSync(runs).some((name) => name.startsWith("."));
    } catch {
      return false;
    }
  };
  const argv = ["train", net, "--backend", "reference", "--format", "json", "--out", runs];
  const played = await cli(argv, { pressWhen: isSaving });
  expect(played.stderr).toContain("The run is being saved.");
  expect(played).toMatchObject({ code: 0, quit: [], listening: 0 });
  expect(lastLine(played)).toMatchObject({ status: "completed", epochs: 10 });
  expect(readdirSync(runs)).toHaveLength(1);
});
