// Setup where it cannot work and where nothing is to do. That what it installs works is shown by all the tests that need a
// plugin, on machines where one is named or `netwright setup xla` has run.

import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { removeXla, setupXla } from "@netwright/backend-xla";
import { cacheFolder, findPlugin, pluginFolder } from "../../src/node/plugin/find-plugin.ts";
import { checked, downloadWheel, WHEEL } from "../../src/node/setup/cpu-wheel.ts";
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

test("a wheel with other contents is never used", async () => {
  const folder = temporary();
  const wheel = join(folder, WHEEL.file);
  writeFileSync(wheel, "something else");
  expect(await checked(wheel)).toEqual({
    reason: `${wheel} is not ${WHEEL.file}: its SHA-256 is not ${WHEEL.sha256}`,
  });
  expect(await downloadWheel(folder, "no-such-python")).toMatchObject({
    reason: expect.stringContaining("pip could not download lammps-jax-pjrt-cpu"),
  });
  expect(existsSync(wheel)).toBe(false);
});

test("a file comes out of a zip file whole, stored or packed", () => {
  const content = Buffer.from("of a plugin ".repeat(100));
  for (const method of [0, 8]) {
    const path = join(temporary(), "wheel.whl");
    writeFileSync(path, zipOf("folder/library.so", content, method));
    expect(Buffer.from(readEntry(path, "folder/library.so")).equals(content)).toBe(true);
    expect(() => readEntry(path, "folder/other.so")).toThrow("there is no folder/other.so in it");
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
