// Public face of the native backend in Node.

export { importTfjsNode } from "./library/import-tfjs-node.ts";
export { nativeBackend } from "./native-backend.ts";
export { removeNative, type SetupOptions, type SetupResult, setupNative } from "./setup/setup.ts";
