// Programs that setups run.

import { mkdtempSync, realpathSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { runCommand, runPython } from "@netwright/runtime/node";

const absent = join(mkdtempSync(join(tmpdir(), "netwright-home-")), "absent");

test("a program that does nothing is stopped, and one that is alive is not", async () => {
  const wait = ["-e", "setTimeout(() => {}, 2500)"];
  const stopped = await runCommand(process.execPath, wait, { idleLimit: 1000 });
  expect(stopped).toMatchObject({ ok: false, reason: "nothing happened for 1 seconds" });
  expect((await runCommand(process.execPath, wait, { idleLimit: 1000, alive: () => true })).ok).toBe(true);
});

test("a program that fails is told by its most telling line", async () => {
  const script = "console.error('Error: no route'); console.error('    at main'); process.exit(3)";
  expect((await runCommand(process.execPath, ["-e", script])).reason).toBe("Error: no route");
  expect((await runCommand("no-such-program", [])).ok).toBe(false);
});

test("Python does not run in the current folder, whose modules it would take", async () => {
  const home = process.cwd();
  process.chdir(mkdtempSync(join(tmpdir(), "netwright-strange-")));
  try {
    const { output } = await runPython(process.execPath, ["-p", "process.cwd()"]);
    expect(output.trim()).toBe(realpathSync(homedir()));
  } finally {
    process.chdir(home);
  }
});

test("nor in a home that is not there, or is no folder", async () => {
  for (const home of [absent, process.execPath]) {
    const { ok, output } = await runPython(process.execPath, ["-p", "process.cwd()"], { home });
    const folder = realpathSync(dirname(process.execPath));
    expect({ ok, output: output.trim() }).toEqual({ ok: true, output: folder });
  }
});

test("a program that cannot be started where it should run has failed, and rejects nothing", async () => {
  for (const cwd of [absent, process.execPath, join(process.execPath, "below")])
    expect((await runCommand(process.execPath, ["--version"], { cwd })).ok).toBe(false);
});
