#!/usr/bin/env node
// The command `netwright`. Imports the rest only when Node has been told how to load it.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { keepCompiledCode } from "./code-cache.ts";

// The engine of Node 20 optimizes what has run for some milliseconds, and most commands are over before that is worth its
// time: a seventh of the processor time of `check` went there. Eight times as much work first is soon done by what runs
// long. Later engines have a faster compiler in between, and no such flag.
if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=540000");
keepCompiledCode(join(dirname(fileURLToPath(import.meta.url)), "chunks"));
// The code is bundled; a stack trace is to show where it comes from.
if (process.argv.includes("--debug")) process.setSourceMapsEnabled(true);

// No `await`: the bundle is CommonJS.
import("./start.ts").then(({ start }) => start(fileURLToPath(import.meta.url)));
