// One Jest configuration for every package: each runs it with its own --rootDir.
// Tests run from TypeScript sources (the "@netwright/source" condition), with nothing built: those of the package under
// test file by file, those of other packages as the bundles that `jest.modules.mjs` makes of them first.

import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The folders of packages, under whose names they are imported; a package that is not there is looked for as any other. */
const packages = readdirSync(here("packages")).join("|");

export default {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // A busy machine fails no test; one that hangs is ended all the same.
  testTimeout: 60_000,
  globalSetup: here("jest.modules.mjs"),
  setupFiles: [here("jest.setup.mjs")],
  moduleNameMapper: {
    [`^((?:@netwright/(?:${packages})|netwright)(?:/.*)?|chevrotain)$`]: [
      "<rootDir>/node_modules/.cache/test-modules/$1.mjs",
      "$1",
    ],
  },
  extensionsToTreatAsEsm: [".ts"],
  testEnvironmentOptions: { customExportConditions: ["@netwright/source", "node", "node-addons"] },
  transform: {
    "\\.ts$": [
      "@swc/jest",
      {
        swcrc: false,
        module: { type: "es6" },
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
      },
    ],
  },
};
