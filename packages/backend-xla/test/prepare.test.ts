// What is begun before there is a program: nothing fails by it, and what comes after finds it done, or not.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { createXlaBackend } from "@netwright/backend-xla";
import { describeWithPlugin } from "./with-plugin.ts";

test.each([
  ["is not there", () => "/nowhere/plugin.so"],
  [
    "is no library",
    () => {
      const path = join(mkdtempSync(join(tmpdir(), "netwright-xla-")), "plugin.so");
      writeFileSync(path, "no library");
      return path;
    },
  ],
])("where the plugin %s, only what needs it says so", async (_, pathOf) => {
  const backend = createXlaBackend({ plugin: pathOf(), keep: false });
  backend.prepare?.();
  await expect(backend.describe()).rejects.toMatchObject({ backend: "xla" });
});

describeWithPlugin("a plugin that is opened ahead", () => {
  test("is used as ever, whether it is open by then", async () => {
    const backend = createXlaBackend({ keep: false });
    backend.prepare?.();
    backend.prepare?.();
    await expect(backend.describe()).resolves.toMatchObject({ name: "xla" });
  });
});
