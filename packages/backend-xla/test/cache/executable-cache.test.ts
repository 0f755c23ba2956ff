// What is kept of compiled programs: whole, the user's alone, or not used.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { compileKept } from "../../src/node/cache/compile-kept.ts";
import { executableCache, keyOf } from "../../src/node/cache/executable-cache.ts";
import { Client } from "../../src/node/pjrt/client.ts";
import { loadNative } from "../../src/node/pjrt/native.ts";
import { findPlugin } from "../../src/node/plugin/find-plugin.ts";
import { describeWithPlugin } from "../with-plugin.ts";

const folder = () => join(mkdtempSync(join(tmpdir(), "netwright-xla-")), "executables");
const bytes = Uint8Array.of(1, 2, 3, 250);
const key = keyOf(["a program"]);

test("an entry comes back as it was, in a folder of the user's alone", () => {
  const place = folder();
  const cache = executableCache(place);
  expect(cache.read(key)).toBeUndefined();
  cache.write(key, bytes);
  expect([...(executableCache(place).read(key) ?? [])]).toEqual([...bytes]);
  expect(statSync(place).mode & 0o777).toBe(0o700);
  expect(readdirSync(place)).toEqual([`${key}.xla`]);
  cache.remove(key);
  expect(cache.read(key)).toBeUndefined();
});

test("keys tell parts from each other", () => {
  expect(keyOf(["ab", "c"])).not.toBe(keyOf(["a", "bc"]));
});

test("an entry with other bytes is never used, and taken away", () => {
  const place = folder();
  const cache = executableCache(place);
  cache.write(key, bytes);
  const path = join(place, `${key}.xla`);
  const content = readFileSync(path);
  content[content.length - 1] = 251;
  writeFileSync(path, content);
  expect(cache.read(key)).toBeUndefined();
  expect(existsSync(path)).toBe(false);
});

test("what others may write is not used", () => {
  const place = folder();
  executableCache(place).write(key, bytes);
  chmodSync(join(place, `${key}.xla`), 0o666);
  expect(executableCache(place).read(key)).toBeUndefined();
  chmodSync(place, 0o777);
  const open = executableCache(place);
  expect(open.refused).toBe(`others may write to ${place}`);
  open.write(keyOf(["another"]), bytes);
  expect(readdirSync(place)).toEqual([`${key}.xla`]);
});

test("a file in the place of the folder is no reason to stop", () => {
  const place = folder();
  mkdirSync(join(place, ".."), { recursive: true });
  writeFileSync(place, "");
  const cache = executableCache(place);
  expect(cache.refused).toContain("cannot be made");
  cache.write(key, bytes);
  expect(cache.read(key)).toBeUndefined();
});

const MODULE = `module @m {
  func.func public @main(%arg0: tensor<2xf32>) -> tensor<2xf32> {
    %0 = stablehlo.add %arg0, %arg0 : tensor<2xf32>
    return %0 : tensor<2xf32>
  }
}
`;

describeWithPlugin("a plugin's programs", () => {
  test("are compiled once, and loaded then; damaged ones are compiled again", () => {
    const path = findPlugin(process.env);
    const client = new Client(loadNative(process.env), path);
    const place = folder();
    let compiled = 0;
    const counting = Object.assign(Object.create(client), {
      compile: (text: string) => {
        compiled++;
        return client.compile(text);
      },
    });
    const compile = compileKept(counting, path, executableCache(place));
    expect([compile(MODULE), compile(MODULE)].every((pointer) => pointer !== 0)).toBe(true);
    expect(compiled).toBe(1);
    const cache = executableCache(place);
    const [name = ""] = readdirSync(place);
    // Whole by its hash, and no executable.
    cache.write(name.replace(".xla", ""), bytes);
    expect(compile(MODULE)).not.toBe(0);
    expect(compiled).toBe(2);
  });
});
