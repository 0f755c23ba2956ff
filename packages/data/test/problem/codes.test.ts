// The table of codes.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { dataCodes } from "../../src/index.ts";

test("codes are in this package's ranges, and each is used somewhere", () => {
  const src = new URL("../../src/", import.meta.url);
  const sources = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith("codes.ts"))
    .map((file) => readFileSync(new URL(file, src), "utf8"))
    .join("\n");
  for (const code of Object.keys(dataCodes)) {
    expect(code).toMatch(/^NW0(6[2-9]|76)\d$/);
    expect(sources).toContain(`"${code}"`);
  }
});
