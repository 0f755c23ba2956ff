#!/usr/bin/env node
// The command `netwright`. Imports the rest only when Node has been told how to load it.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { keepCompiledCode } from "./code-cache.ts";

// An engine optimizes what has run for some milliseconds, and most commands are over before that is worth its time: a fifth
// of the processor time of `check` went there. Eight times as much work first is soon done by what does run long.
setFlagsFromString("--interrupt-budget=540000");
keepCompiledCode(join(dirname(fileURLToPath(import.meta.url)), "chunks"));
// The code is bundled; a stack trace is to show where it comes from.
if (process.argv.includes("--debug")) process.setSourceMapsEnabled(true);

// No `await`: the bundle is CommonJS.
import("./start.ts").then(({ start }) => start(fileURLToPath(import.meta.url)));
