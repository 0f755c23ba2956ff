// What the backend consists of: each part is told, also where another is missing.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { executableCache, noCache } from "../src/node/cache/executable-cache.ts";
import { partsOf } from "../src/node/parts.ts";
import { Client } from "../src/node/pjrt/client.ts";
import { plainPlugin } from "./plain-plugin.ts";

const root = mkdtempSync(join(tmpdir(), "netwright-xla-parts-"));
const env = { XDG_CACHE_HOME: root };
const clientFor = () => new Client(plainPlugin().native, "p.so");
const named = (parts: ReturnType<typeof partsOf>, what: string) => parts.find((part) => part.what === what);

test("without a plugin, koffi and what is kept are told all the same", () => {
  const folder = join(root, "netwright", "xla", "executables");
  const cache = executableCache(folder, root);
  cache.write("a", new Uint8Array(3_000_000));
  const parts = partsOf(env, { cache: () => cache, clientFor });
  expect(parts.map(({ what }) => what)).toEqual(["koffi", "plugin", "compiled programs"]);
  expect(named(parts, "koffi")).toMatchObject({ found: expect.stringMatching(/^3\.\d+\.\d+ in .*koffi$/) });
  expect(named(parts, "plugin")).toEqual({
    what: "plugin",
    problem: "no PJRT plugin is named",
    remedy: expect.stringContaining("netwright setup xla"),
  });
  expect(named(parts, "compiled programs")).toEqual({
    what: "compiled programs",
    found: `1 in ${folder}, yours alone, 3.0 MB`,
  });
});

test("a plugin is told with who named it, its platform and its devices", () => {
  const plugin = join(root, "p.so");
  writeFileSync(plugin, "a plugin");
  const parts = partsOf({ ...env, NETWRIGHT_XLA_PLUGIN: plugin }, { cache: () => undefined, clientFor });
  expect(named(parts, "plugin")).toEqual({
    what: "plugin",
    found: `${plugin}, as NETWRIGHT_XLA_PLUGIN says`,
  });
  expect(named(parts, "client")).toEqual({ what: "client", found: "platform , PJRT 0.115, 1 device" });
  expect(named(parts, "same bits")).toEqual({ what: "same bits", found: "not measured for this platform" });
  expect(named(parts, "compiled programs")).toEqual({
    what: "compiled programs",
    found: "are not kept, as was asked",
  });
});

test("a cache that must not be used is a problem with its reason", () => {
  const parts = partsOf(env, { cache: () => noCache("others may write to /x"), clientFor });
  expect(named(parts, "compiled programs")).toMatchObject({
    problem: "they are not kept: others may write to /x",
    remedy: expect.stringContaining("executables"),
  });
});
