import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";

test("describes itself, with the version of its package", async () => {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { version }: { version: string } = JSON.parse(text);
  expect(await jitBackend.describe()).toEqual({
    name: "jit",
    versions: { "@netwright/backend-jit": version },
    threads: Math.min(8, availableParallelism()),
    simd: true,
    device: "cpu",
    deterministic: true,
  });
});
