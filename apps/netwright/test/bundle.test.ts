// The command as it is published: bundled, in a process of its own.

import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { smallProject, temporaryFolder } from "./support/project.ts";

const folder = temporaryFolder();
const cache = temporaryFolder();
const { net } = smallProject();

beforeAll(() => {
  execFileSync(process.execPath, [fileURLToPath(new URL("../bundle.mjs", import.meta.url)), folder]);
});

function netwright(args: readonly string[], node: readonly string[] = [], keep: string = cache) {
  const env = { ...process.env, XDG_CACHE_HOME: keep, NODE_COMPILE_CACHE: join(keep, "node") };
  const options = { encoding: "utf8", env, timeout: 30_000 } as const;
  return spawnSync(process.execPath, [...node, join(folder, "main.js"), ...args], options);
}

/** The files that a command has loaded when it ends. */
function loaded(args: readonly string[]): readonly string[] {
  const list = join(folder, "loaded.json");
  const preload = join(folder, "preload.cjs");
  const report = `require("fs").writeFileSync(${JSON.stringify(list)}, JSON.stringify(Object.keys(require.cache)))`;
  writeFileSync(preload, `process.on("exit", () => ${report});`);
  expect(netwright(args, ["--require", preload])).toMatchObject({ status: 0, stderr: "" });
  const files: readonly string[] = JSON.parse(readFileSync(list, "utf8"));
  return files.filter((file) => file !== preload);
}

describe("a command loads what it needs", () => {
  test.each([[["check", net]], [["--version"]], [["ir", net]]])("%j: no backend", (args) => {
    const files = loaded(args);
    expect(files).toContain(join(folder, "main.js"));
    for (const file of files) {
      expect(file.startsWith(folder)).toBe(true);
      expect(readFileSync(file, "utf8")).not.toMatch(/@tensorflow|v128/);
    }
  });

  test("the version alone needs no language", () => {
    const size = loaded(["--version"]).reduce((sum, file) => sum + readFileSync(file).length, 0);
    expect(size).toBeLessThan(150_000);
  });

  test("training on jit loads jit", () => {
    const argv = [
      "train",
      net,
      "--backend",
      "jit",
      "--epochs",
      "1",
      "--out",
      join(folder, "runs"),
      "--quiet",
    ];
    expect(loaded(argv).some((file) => /v128/.test(readFileSync(file, "utf8")))).toBe(true);
  });
});

test("compiled code that is kept, or spoilt, changes nothing", () => {
  const first = netwright(["check", net]);
  expect(first).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ok {2}/), stderr: "" });
  const again = netwright(["check", net]);
  const kept = readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((name) =>
    /cache$/.test(name),
  );
  for (const name of kept) truncateSync(join(cache, name), 100);
  const spoilt = netwright(["check", net]);
  for (const other of [again, spoilt]) {
    expect(other).toMatchObject({ status: 0, stdout: first.stdout, stderr: "" });
  }
  // From 22.1 on, Node keeps it, under names of its own.
  if (process.version.startsWith("v20.")) expect(kept.length).toBeGreaterThan(5);
});

test("a folder for it that can be neither found nor made does no harm", () => {
  const places = process.platform === "linux" ? ["/proc/nothing", "/dev/null"] : ["/dev/null"];
  for (const place of places) {
    expect(netwright(["check", net], [], place)).toMatchObject({ status: 0, stderr: "" });
  }
});
