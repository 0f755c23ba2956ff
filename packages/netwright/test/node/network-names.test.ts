// On Windows, asking where a name on a host leads connects to that host: a file that names one must not.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { nodeFiles } from "netwright";

const posixTest = process.platform === "win32" ? test.skip : test;
const platform = Object.getOwnPropertyDescriptor(process, "platform") ?? {};
let top = "";
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), "netwright-names-")));
  mkdirSync(join(top, "models"));
  writeFileSync(join(top, "models/part.net"), "netwright 1\n");
  symlinkSync(join(top, "models"), join(top, "alias"));
});
afterEach(() => {
  Object.defineProperty(process, "platform", platform);
  rmSync(top, { recursive: true, force: true });
});

const read = (path: string) => nodeFiles([join(top, "models")]).read(path, "");

// The name leads into the folder, which only a look at the disk can tell: where it is refused, there was none.
posixTest(
  "a name on a host is refused as it is written, outside of Windows it is a name as any other",
  () => {
    const named = `/${join(top, "alias/part.net")}`;
    expect(read(named)).toMatchObject({ ok: true });
    Object.defineProperty(process, "platform", { ...platform, value: "win32" });
    expect(read(named)).toMatchObject({ ok: false, reason: expect.stringContaining("outside") });
    expect(read(join(top, "alias/part.net"))).toMatchObject({ ok: true });
    expect(read(`/${join(top, "models/part.net")}`)).toMatchObject({ ok: true });
  },
);
