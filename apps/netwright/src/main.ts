#!/usr/bin/env node
// The command `netwright`. Imports the rest only when Node has been told how to load it.

import module from "node:module";

// Node 22 and later keep the compiled code in the user's temporary folder, which halves the start.
if ("enableCompileCache" in module && typeof module.enableCompileCache === "function") {
  module.enableCompileCache();
}
// The code is bundled; a stack trace is to show where it comes from.
if (process.argv.includes("--debug")) process.setSourceMapsEnabled(true);

const { start } = await import("./start.ts");
await start();
