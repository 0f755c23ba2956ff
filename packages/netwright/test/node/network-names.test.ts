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

posixTest(
  "a table on another host is not looked at, nor is a pattern; one on the host of a folder is",
  () => {
    writeFileSync(join(top, "models/t.csv"), "x\n1\n");
    const outside = mkdtempSync(join(tmpdir(), "netwright-names-"));
    writeFileSync(join(outside, "t.csv"), "x\n1\n");
    const table = (path: string, folders = [join(top, "models")]) => nodeFiles(folders).table(path, "");
    const names = [`/${outside}/t.csv`, `/${outside}/*.csv`];
    for (const name of names) expect(table(name, [outside])).toMatchObject({ ok: true });
    Object.defineProperty(process, "platform", { ...platform, value: "win32" });
    const refused = { ok: false, reason: "its name is that of another host, or of a device" };
    for (const name of [
      ...names,
      "\\\\host\\share\\t.csv",
      "//./pipe/x",
      "\\\\?\\UNC\\host\\t.csv",
      "\\/host/t.csv",
    ])
      expect(table(name)).toEqual({ ...refused, file: name });
    // A file that the user has named there may name tables beside it.
    const [, , host = ""] = names.map((name) => name.split("/"))[0] ?? [];
    expect(table(`/${outside}/t.csv`, [`//${host}/models`])).toMatchObject({ ok: true });
    expect(table("//other/t.csv", [`//${host}/models`])).toMatchObject(refused);
    expect(table("//?/UNC/host/t.csv", ["//?/C:/models"])).toMatchObject(refused);
    expect(table(`${outside}/t.csv`)).toMatchObject({ ok: true });
    rmSync(outside, { recursive: true, force: true });
  },
);
