// What is kept of compiled programs: whole, the user's alone, or not used.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { cacheFor } from "../../src/node/cache/cache-for.ts";
import { compileKept } from "../../src/node/cache/compile-kept.ts";
import { executableCache, keyOf, type Limits } from "../../src/node/cache/executable-cache.ts";
import { Client } from "../../src/node/pjrt/client.ts";
import { loadNative } from "../../src/node/pjrt/native.ts";
import { findPlugin } from "../../src/node/plugin/find-plugin.ts";
import { describeWithPlugin } from "../with-plugin.ts";

/** In a cache that others may look into. */
const folder = () => {
  const root = mkdtempSync(join(tmpdir(), "netwright-xla-"));
  chmodSync(root, 0o755);
  return join(root, "executables");
};
const cacheIn = (place: string, limits?: Limits) => executableCache(place, dirname(place), limits);
const bytes = Uint8Array.of(1, 2, 3, 250);
const key = keyOf(["a program"]);

test("an entry comes back as it was, in a folder of the user's alone", () => {
  const place = folder();
  const cache = cacheIn(place);
  expect(cache.read(key)).toBeUndefined();
  cache.write(key, bytes);
  expect([...(cacheIn(place).read(key) ?? [])]).toEqual([...bytes]);
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
  const cache = cacheIn(place);
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
  cacheIn(place).write(key, bytes);
  chmodSync(join(place, `${key}.xla`), 0o666);
  expect(cacheIn(place).read(key)).toBeUndefined();
  chmodSync(place, 0o777);
  const open = cacheIn(place);
  expect(open.refused).toBe(`others may write to ${place}`);
  open.write(keyOf(["another"]), bytes);
  expect(readdirSync(place)).toEqual([`${key}.xla`]);
});

test("nothing is kept where others may write to a folder above", () => {
  const place = folder();
  chmodSync(dirname(place), 0o777);
  expect(cacheIn(place).refused).toBe(`others may write to ${dirname(place)}`);
});

test("there are bounds on entries and bytes: what was not used for longest goes, and what killed processes leave", () => {
  const place = folder();
  const cache = cacheIn(place, { entries: 5, bytes: 950 });
  const names = Array.from({ length: 6 }, (_, i) => keyOf([String(i)]));
  const abandoned = join(place, "one.partial");
  writeFileSync(abandoned, "");
  writeFileSync(join(place, "two.partial"), "");
  utimesSync(abandoned, 1, 1);
  names.forEach((name, i) => {
    cache.write(name, bytes);
    if (i < 5) utimesSync(join(place, `${name}.xla`), i + 2, i + 2);
  });
  const left = () => names.flatMap((name, i) => (existsSync(join(place, `${name}.xla`)) ? [i] : []));
  expect(left()).toEqual([2, 3, 4, 5]);
  expect(existsSync(abandoned)).toBe(false);
  expect(existsSync(join(place, "two.partial"))).toBe(true);
  const large = keyOf(["large"]);
  cache.write(large, new Uint8Array(700));
  expect([left(), existsSync(join(place, `${large}.xla`))]).toEqual([[], true]);
});

test.each(["XLA_FLAGS", "TF_XLA_FLAGS", "LIBTPU_INIT_ARGS"])("nothing is kept with %s", (name) => {
  const env = { XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), "netwright-xla-")) };
  expect(cacheFor({ ...env, [name]: "--xla_cpu_enable_fast_math" }).refused).toBe(`${name} is set`);
  expect(cacheFor({ ...env, [name]: "" }).refused).toBeUndefined();
});

test("a file in the place of the folder is no reason to stop", () => {
  const place = folder();
  mkdirSync(join(place, ".."), { recursive: true });
  writeFileSync(place, "");
  const cache = cacheIn(place);
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
    const kept = compileKept(counting, { path, threads: 1 }, cacheIn(place));
    const compile = (text: string) => kept(text, (loaded) => loaded);
    expect([compile(MODULE), compile(MODULE)].every((pointer) => pointer !== 0)).toBe(true);
    expect(compiled).toBe(1);
    const cache = cacheIn(place);
    const [name = ""] = readdirSync(place);
    // Whole by its hash, and no executable.
    cache.write(name.replace(".xla", ""), bytes);
    expect(compile(MODULE)).not.toBe(0);
    expect(compiled).toBe(2);
  });
});
