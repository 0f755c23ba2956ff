// For the cache of test results: whether a plugin is named or installed here, as tests that need one are skipped otherwise.

import { existsSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const { NETWRIGHT_XLA_PLUGIN, XDG_CACHE_HOME } = process.env;
const folder = join(XDG_CACHE_HOME || join(homedir(), ".cache"), "netwright", "xla", "plugin");
const installed = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
const plugins = NETWRIGHT_XLA_PLUGIN ? [NETWRIGHT_XLA_PLUGIN] : installed;
console.log(
  plugins.map((path) => (existsSync(path) ? `${path}, ${statSync(path).size} bytes` : "absent")).join("\n"),
);
