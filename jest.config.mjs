// One Jest configuration for every package: each runs it with its own --rootDir.
// Tests run from TypeScript sources (the "@netwright/source" condition), with nothing built.

import { fileURLToPath } from "node:url";

export default {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  setupFiles: [fileURLToPath(new URL("jest.setup.mjs", import.meta.url))],
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
