// The version in the code is the version that is published.

import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { VERSION } from "netwright";

test("version", () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(manifest).toMatchObject({ version: VERSION });
});
