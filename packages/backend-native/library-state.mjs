// For the cache of test results: whether TensorFlow's library is here, as tests that need it are skipped otherwise.

import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const { NETWRIGHT_NATIVE, XDG_CACHE_HOME } = process.env;
const build = `tfjs-node-4.22.0-${process.platform}-${process.arch}`;
const folder =
  NETWRIGHT_NATIVE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "netwright", "native", build);
const addon = join(folder, "node_modules", "@tensorflow", "tfjs-node", "lib", "napi-v8", "tfjs_binding.node");
console.log(existsSync(addon) ? `there, ${statSync(addon).size} bytes` : "absent");
