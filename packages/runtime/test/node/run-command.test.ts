// Programs that setups run.

import { expect, test } from "@jest/globals";
import { runCommand } from "@netwright/runtime/node";

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
