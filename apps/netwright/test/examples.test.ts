import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { cli, lastLine } from "./support/cli.ts";
import { temporaryFolder } from "./support/project.ts";

const FOLDER = new URL("../../../examples/concrete/", import.meta.url);

describe("every example trains", () => {
  test.each([
    ["concrete.net", "2", "jit"],
    ["concrete-activation-layers.net", "2", "jit"],
    ["concrete-activation-layers.net", "2", "wasm"],
    ["concrete-swish.net", "2", "jit"],
  ])(
    "%s, %s epochs, %s",
    async (name, epochs, backend) => {
      const file = fileURLToPath(new URL(name, FOLDER));
      const argv = ["train", file, "--backend", backend, "--epochs", epochs, "--out", temporaryFolder()];
      const played = await cli([...argv, "--format", "json"]);
      // One epoch is not enough for what the first example expects.
      expect([0, 3]).toContain(played.code);
      expect(lastLine(played)).toMatchObject({
        status: "completed",
        backend,
        epochs: Number(epochs),
        metrics: { test: { mae: expect.any(Number) } },
      });
    },
    60_000,
  );
});

test.each(["penguins", "wine", "digits"])(
  "the example %s of classes meets what it expects",
  async (name) => {
    const file = fileURLToPath(new URL(`../../../examples/${name}/${name}.net`, import.meta.url));
    const played = await cli(["train", file, "--out", temporaryFolder(), "--format", "json"]);
    expect(played.code).toBe(0);
    expect(lastLine(played)).toMatchObject({
      diagnostics: [],
      expectations: [{ passed: true }, { passed: true }],
      baseline: { test: { accuracy: expect.any(Number) } },
    });
  },
  60_000,
);
