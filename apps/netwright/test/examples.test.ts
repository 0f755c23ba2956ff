import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { examples } from "#examples";
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

test("the example of several seeds trains them all, and has an interval", async () => {
  const file = fileURLToPath(new URL("concrete-ensemble.net", FOLDER));
  const argv = ["train", file, "--epochs", "1", "--out", temporaryFolder(), "--format", "json"];
  const played = await cli(argv);
  expect(played.code).toBe(0);
  const runs = new Array(8).fill({ metrics: { test: { coverage: expect.any(Number) } } });
  expect(lastLine(played)).toMatchObject({ status: "completed", runs });
}, 120_000);

test.each(["sms-lstm.net", "sms-transformer.net"])(
  "%s, which reads messages as words in their order, meets what it expects",
  async (name) => {
    const file = fileURLToPath(new URL(`sms/${name}`, FOLDERS));
    const played = await cli(["train", file, "--out", temporaryFolder(), "--format", "json"]);
    expect(played.code).toBe(0);
    expect(lastLine(played)).toMatchObject({
      diagnostics: [],
      expectations: [{ passed: true }, { passed: true }],
    });
  },
  120_000,
);

/** The shape is the contract of `--format json`. */
interface Trained {
  readonly metrics: { readonly test: { readonly mae: number } };
  readonly naive: {
    readonly test: Readonly<Record<"last_value" | "seasonal_naive", { readonly mae: number }>>;
  };
}

const FOLDERS = new URL("../../../examples/", import.meta.url);

describe("every example that `init` writes", () => {
  // The first one takes longest; `npm start` trains it, and two epochs above.
  test.each(examples.filter(({ name, prepare }) => name !== "concrete" && prepare === undefined))(
    "meets what it expects, and nothing is to be said of it: $name",
    async ({ name, files: [file] }) => {
      const path = fileURLToPath(new URL(`${name}/${file}`, FOLDERS));
      const played = await cli(["train", path, "--out", temporaryFolder(), "--format", "json"]);
      expect(played.code).toBe(0);
      expect(lastLine(played)).toMatchObject({
        diagnostics: [],
        expectations: [{ passed: true }, { passed: true }],
        baseline: { test: expect.anything() },
      });
    },
    60_000,
  );

  test("a window of a year beats seasonal naive and the last value: co2", async () => {
    const path = fileURLToPath(new URL("co2/window.net", FOLDERS));
    const played = await cli(["train", path, "--out", temporaryFolder(), "--format", "json"]);
    expect(played.code).toBe(0);
    const { metrics, naive, ...others } = lastLine(played) as Trained;
    expect(others).toMatchObject({ diagnostics: [], expectations: [{ passed: true }, { passed: true }] });
    // Seasonal naive is the column of the table that has the same weeks of the year before, where both are there.
    expect(naive.test.seasonal_naive.mae).toBeCloseTo(0.652, 3);
    expect(metrics.test.mae).toBeLessThan(0.85 * naive.test.seasonal_naive.mae);
    expect(naive.test.last_value.mae).toBeGreaterThan(3);
  }, 60_000);

  test.each(examples)("has files, and a README that states the licence: $name", ({ name, files, data }) => {
    const folder = fileURLToPath(new URL(name, FOLDERS));
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(["README.md", ...files]));
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    const licence = data.slice(data.lastIndexOf(", ") + 2);
    expect(readme.toLowerCase()).toContain(licence.toLowerCase());
    for (const file of files.filter((one) => /\.(net|csv)$/.test(one)))
      expect(readme).toContain(`\`${file}\``);
  });

  test("is named in the README of the project", () => {
    const readme = readFileSync(new URL("../README.md", FOLDERS), "utf8");
    expect(examples.filter(({ name }) => !readme.includes(`examples/${name}`))).toEqual([]);
  });
});
