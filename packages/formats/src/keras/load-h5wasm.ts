// h5wasm, the HDF5 library itself: it is over 4 MB, so whoever writes or reads HDF5 installs it, and it is loaded on use.

import { isMissingPackage } from "@netwright/runtime";

const NAME: string = "h5wasm";

/**
 * Null where it is not installed. The name is no literal, so that whoever bundles a page without it need not have it: in Node it is
 * that of beside Netwright, in a page that of its import map.
 */
export async function loadH5wasm(): Promise<typeof import("h5wasm") | null> {
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ NAME);
  } catch (error) {
    if (isMissingPackage(error, NAME)) return null;
    throw error;
  }
}
