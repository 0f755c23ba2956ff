#!/usr/bin/env node
// The command `netwright`. Imports the rest only when Node has been told how to load it.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { keepCompiledCode } from "./code-cache.ts";
import { optimizeLater } from "./optimizer-budget.ts";

// The code is bundled; a stack trace is to show where it comes from, which Node does not look for in code that was kept.
if (process.argv.includes("--debug")) process.setSourceMapsEnabled(true);
else keepCompiledCode(join(dirname(fileURLToPath(import.meta.url)), "chunks"));

// No `await`: the bundle is CommonJS.
import("./start.ts").then(({ start }) => start(fileURLToPath(import.meta.url), optimizeLater));
