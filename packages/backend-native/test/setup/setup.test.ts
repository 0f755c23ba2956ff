// Setup where it cannot work and where nothing is to do. That it builds a working library is shown by all the
// tests that need one, on machines where `netwright setup native` has run.

import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { removeNative, setupNative } from "@netwright/backend-native";
import { cacheFolder, packageFolder } from "../../src/node/library/cache-folder.ts";
import { findLibrary } from "../../src/node/library/find-library.ts";
import { findTools, missingOf } from "../../src/node/setup/tools.ts";
import { downloadWheel } from "../../src/node/setup/wheel.ts";
import { describeWithLibrary } from "../with-library.ts";

const temporary = (): string => mkdtempSync(join(tmpdir(), "netwright-setup-"));

test("the folder is the user's cache, elsewhere when the environment says so", () => {
  const build = `tfjs-node-4.22.0-${process.platform}-${process.arch}`;
  expect(cacheFolder({ XDG_CACHE_HOME: "/cache" })).toBe(join("/cache", "netwright", "native", build));
  expect(cacheFolder({ NETWRIGHT_NATIVE: "/opt/native" })).toBe("/opt/native");
  expect(cacheFolder({})).toContain(join(".cache", "netwright", "native", build));
});

test("a library that others may have put into the cache is not tried", async () => {
  const cache = temporary();
  const env = { XDG_CACHE_HOME: cache };
  const target = packageFolder(cacheFolder(env));
  mkdirSync(join(target, "lib", "napi-v8"), { recursive: true });
  writeFileSync(join(target, "package.json"), "{}");
  writeFileSync(join(target, "lib", "napi-v8", "tfjs_binding.node"), "");
  chmodSync(cache, 0o755);
  expect(findLibrary(env)).toEqual({ state: "built", folder: target });
  chmodSync(target, 0o777);
  expect(findLibrary(env)).toEqual({ state: "foreign", reason: `others may write to ${target}` });
  const result = await setupNative({ env, say: () => undefined });
  expect(result).toMatchObject({
    ok: false,
    problems: [`others may write to ${target}.`, expect.anything()],
  });
});

test("says all that is missing before anything starts, and what to do", async () => {
  const folder = join(temporary(), "native");
  const lines: string[] = [];
  const env = { NETWRIGHT_NATIVE: folder, PATH: temporary() };
  const result = await setupNative({ env, say: (line) => lines.push(line) });
  expect(result).toEqual({ ok: false, problems: ["Missing: npm. Install npm; it comes with Node.js."] });
  expect(lines).toEqual(
    expect.arrayContaining(["missing  npm", "missing  a C++ compiler", "missing  Python 3", "missing  pip"]),
  );
  expect(existsSync(folder)).toBe(false);
});

test("every missing program has its own remedy", async () => {
  const { build } = await findTools(temporary(), { PATH: temporary() });
  const remedies = missingOf(build).map(({ what, remedy }) => `${what}: ${remedy}`);
  expect(remedies.join("\n")).toContain("a C++ compiler: Install one: `apt install g++`");
  expect(remedies.join("\n")).toContain("pip: Install it: `apt install python3-pip`");
});

test("a wheel with other contents is never used", async () => {
  const folder = temporary();
  const wheel = join(folder, "tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl");
  writeFileSync(wheel, "something else");
  expect(await downloadWheel(folder, "no-such-python")).toContain("pip could not download tensorflow-cpu");
  expect(existsSync(wheel)).toBe(false);
});

test("uninstall removes the folder, and says when there was none", async () => {
  const folder = join(temporary(), "native");
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  const env = { NETWRIGHT_NATIVE: folder };
  expect(await removeNative(env)).toEqual({ folder, existed: true });
  expect(existsSync(folder)).toBe(false);
  expect(await removeNative(env)).toEqual({ folder, existed: false });
});

describeWithLibrary("where the library is ready", () => {
  test("setup does nothing", async () => {
    const lines: string[] = [];
    const result = await setupNative({ env: process.env, say: (line) => lines.push(line) });
    expect(result).toMatchObject({ ok: true, wasReady: true });
    expect(lines).toEqual([]);
  });
});
