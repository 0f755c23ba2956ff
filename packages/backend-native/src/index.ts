// The face of this package in browsers: there is no TensorFlow, and whoever asks hears so.

import type { Backend } from "@netwright/runtime";
import { BACKEND_NAME, unusable } from "./error.ts";

export const nativeBackend: Backend = {
  name: BACKEND_NAME,
  supports: () => "TensorFlow's library runs in Node only",
  load: () => Promise.reject(inBrowser()),
  describe: () => Promise.reject(inBrowser()),
};

function inBrowser(): Error {
  return unusable("it runs in Node, and this is a browser", "Use the backend wasm.");
}
