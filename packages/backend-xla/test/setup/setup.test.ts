// Setup where it cannot work and where nothing is to do. That what it installs works is shown by all the tests that need a
// plugin, on machines where one is named or `netwright setup xla` has run.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterEach, describe, expect, test } from "@jest/globals";
import { removeXla, setupXla } from "@netwright/backend-xla";
import { downloadWheel } from "@netwright/runtime/node";
import { findKoffi } from "../../src/node/plugin/find-koffi.ts";
import {
  cacheFolder,
  findPlugin,
  koffiFolder,
  librariesIn,
  pluginFolder,
} from "../../src/node/plugin/find-plugin.ts";
import { LIBRARY, libraryIn, WHEEL } from "../../src/node/setup/cpu-wheel.ts";
import { isCurrent, linkPlugin, writePlugin } from "../../src/node/setup/installed-plugin.ts";
import { readEntry } from "../../src/node/setup/zip-entry.ts";
import { describeWithPlugin } from "../with-plugin.ts";

const temporary = (): string => mkdtempSync(join(tmpdir(), "netwright-xla-"));
const nobody = { say: () => undefined };

test("a plugin is the one that is named, then the one that is installed, and never looked for elsewhere", () => {
  const env = { XDG_CACHE_HOME: temporary() };
  expect(() => findPlugin(env)).toThrow("no PJRT plugin is named");
  expect(() => findPlugin({ ...env, NETWRIGHT_XLA_PLUGIN: "/no/such.so" })).toThrow("there is no plugin");
  mkdirSync(pluginFolder(env), { recursive: true });
  const installed = join(pluginFolder(env), "p.so");
  writeFileSync(installed, "");
  expect(findPlugin(env)).toBe(installed);
  const named = join(temporary(), "q.so");
  writeFileSync(named, "");
  expect(findPlugin({ ...env, NETWRIGHT_XLA_PLUGIN: named })).toBe(named);
});

describe("what others may have put into the cache", () => {
  const installed = () => {
    const cache = temporary();
    const env = { XDG_CACHE_HOME: cache };
    chmodSync(cache, 0o755);
    mkdirSync(pluginFolder(env), { recursive: true, mode: 0o755 });
    const plugin = join(pluginFolder(env), "p.so");
    writeFileSync(plugin, "");
    return { cache, env, plugin };
  };

  test("is no plugin: the file, its folder, or one above may be written by others", () => {
    const { cache, env, plugin } = installed();
    for (const place of [plugin, pluginFolder(env), join(cache, "netwright"), cache]) {
      chmodSync(place, 0o777);
      expect(() => findPlugin(env)).toThrow(`others may write to ${place}`);
      chmodSync(place, 0o755);
    }
    expect(findPlugin(env)).toBe(plugin);
    // One that the user names is the user's choice.
    chmodSync(pluginFolder(env), 0o777);
    expect(findPlugin({ ...env, NETWRIGHT_XLA_PLUGIN: plugin })).toBe(plugin);
  });

  test("is no koffi, nor is one of another version or of a folder above", () => {
    const { cache, env } = installed();
    const put = (parent: string, version: string) => {
      const folder = join(parent, "node_modules", "koffi");
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "koffi", version }));
      return folder;
    };
    const found = () => findKoffi(env, null);
    const own = koffiFolder(env);
    put(cache, "3.3.4");
    expect(found).toThrow("koffi 3.3.4, which calls the plugin, is not installed beside Netwright");
    const koffi = put(own, "2.9.0");
    expect(found).toThrow(`${koffi} has version 2.9.0`);
    put(own, "3.3.4");
    expect(found()).toBe(koffi);
    for (const place of [join(koffi, "package.json"), koffi, own]) {
      chmodSync(place, 0o777);
      expect(found).toThrow(`others may write to ${place}`);
      chmodSync(place, 0o755);
    }
  });

  test("is nothing that setup adds to", async () => {
    const { cache, env } = installed();
    const named = join(temporary(), "q.so");
    writeFileSync(named, "no library");
    chmodSync(join(cache, "netwright"), 0o777);
    expect(await setupXla({ env, ...nobody, plugin: named })).toMatchObject({
      problems: [
        expect.stringContaining(`others may write to ${join(cache, "netwright")}`),
        expect.anything(),
      ],
    });
  });
});

test("a cache that is named by a relative path is none: it would lie in the current folder", () => {
  expect(cacheFolder({ XDG_CACHE_HOME: "cache" })).toBe(cacheFolder({}));
  expect(cacheFolder({ XDG_CACHE_HOME: "/cache" })).toBe(join("/cache", "netwright", "xla"));
});

test("a wheel with other contents is never used", async () => {
  const folder = temporary();
  const wheel = join(folder, WHEEL.file);
  writeFileSync(wheel, "something else");
  expect(libraryIn(wheel)).toEqual({
    reason: `${wheel} is not ${WHEEL.file}: its SHA-256 is not ${WHEEL.sha256}.`,
  });
  expect(await downloadWheel(WHEEL, folder, "no-such-python")).toContain(
    "pip could not download lammps-jax-pjrt-cpu",
  );
  expect(readdirSync(folder)).toEqual([]);
  expect(libraryIn(wheel)).toEqual({ reason: `There is no ${wheel}.` });
});

test("a plugin takes the place of the one before, of another name or by a link", async () => {
  const env = { XDG_CACHE_HOME: temporary() };
  const linked = join(temporary(), "a.so");
  writeFileSync(linked, "of the user's");
  expect(isCurrent(await linkPlugin(linked, env))).toBe(true);
  const written = await writePlugin(Uint8Array.of(1, 2), env);
  expect(librariesIn(pluginFolder(env))).toEqual([written]);
  expect([...readFileSync(written)]).toEqual([1, 2]);
  expect(readFileSync(linked, "utf8")).toBe("of the user's");
  expect([LIBRARY, isCurrent(written)]).toEqual([`pjrt_c_api_cpu_plugin-${WHEEL.version}.so`, true]);
  const older = join(pluginFolder(env), "pjrt_c_api_cpu_plugin-0.1.0.so");
  writeFileSync(older, "");
  expect(isCurrent(older)).toBe(false);
});

describe("where nothing can be installed", () => {
  const here = { platform: process.platform, arch: process.arch };
  const pretend = (machine: typeof here) => {
    for (const [name, value] of Object.entries(machine)) {
      Object.defineProperty(process, name, { value, configurable: true, enumerable: true });
    }
  };
  afterEach(() => {
    pretend(here);
  });

  test.each([
    ["win32", "x64", "plugins are not opened on win32"],
    ["darwin", "arm64", "There is no CPU plugin for darwin arm64"],
    ["linux", "arm64", "There is no CPU plugin for linux arm64"],
  ] as const)("on %s %s nothing is: neither npm nor pip runs", async (platform, arch, reason) => {
    pretend({ platform, arch });
    const lines: string[] = [];
    const env = { XDG_CACHE_HOME: temporary() };
    const result = await setupXla({ env, say: (line) => lines.push(line) });
    expect(result).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([expect.stringContaining(reason)]),
    });
    expect(lines).toEqual([]);
    expect(existsSync(cacheFolder(env))).toBe(false);
  });
});

test("a file comes out of a zip file whole, stored or packed", () => {
  const content = Buffer.from("of a plugin ".repeat(100));
  for (const method of [0, 8]) {
    const zip = zipOf("folder/library.so", content, method);
    expect(Buffer.from(readEntry(zip, "folder/library.so")).equals(content)).toBe(true);
    expect(() => readEntry(zip, "folder/other.so")).toThrow("there is no folder/other.so in it");
    expect(() => readEntry(zip.subarray(0, -30), "folder/library.so")).toThrow("no zip file");
  }
});

/** Of one file, after another that is empty. */
function zipOf(name: string, content: Buffer, method: number): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const [each, data] of [
    ["first", Buffer.alloc(0)],
    [name, method === 8 ? deflateRawSync(content) : content],
  ] as const) {
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50);
    head.writeUInt16LE(each.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(each.length, 28);
    entry.writeUInt32LE(position, 42);
    parts.push(head, Buffer.from(each), data);
    directory.push(entry, Buffer.from(each));
    position += head.length + each.length + data.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(position, 16);
  return Buffer.concat([...parts, list, end]);
}

test("what is no plugin is refused, and uninstalling takes all away", async () => {
  const env = { XDG_CACHE_HOME: temporary(), PATH: process.env["PATH"] };
  const file = join(temporary(), "text.so");
  expect(await setupXla({ env, ...nobody, plugin: file })).toMatchObject({
    ok: false,
    problems: [`There is no plugin ${file}.`, "Name the library of one."],
  });
  writeFileSync(file, "no library");
  const result = await setupXla({ env, ...nobody, plugin: file });
  expect(result).toMatchObject({ ok: false });
  expect(JSON.stringify(result)).toContain("does not load");
  expect(existsSync(pluginFolder(env))).toBe(false);
  mkdirSync(pluginFolder(env), { recursive: true });
  expect(await removeXla(env)).toEqual({ folder: cacheFolder(env), existed: true });
  expect(await removeXla(env)).toEqual({ folder: cacheFolder(env), existed: false });
});

describeWithPlugin("where a plugin is", () => {
  test("setup does nothing", async () => {
    const lines: string[] = [];
    const result = await setupXla({ env: process.env, say: (line) => lines.push(line) });
    expect(result).toMatchObject({ ok: true, wasReady: true });
    expect(lines).toEqual([]);
  });
});
