// The face of this package in browsers: a plugin is a library of the machine's, and whoever asks hears so.

import type { Backend } from "@netwright/runtime";
import { BACKEND_NAME, unusable } from "./error.ts";

export const xlaBackend: Backend = {
  name: BACKEND_NAME,
  supports: () => "XLA's plugins run in Node only",
  load: () => Promise.reject(inBrowser()),
  describe: () => Promise.reject(inBrowser()),
};

function inBrowser(): Error {
  return unusable("it runs in Node, and this is a browser", "Use the backend jit.");
}
