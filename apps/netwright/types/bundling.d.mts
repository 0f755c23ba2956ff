// Types of `bundling.mjs`, for tools that are written in TypeScript.

import type { RolldownOutput } from "rolldown";

export interface BundleRequest {
  /** Files by the name of their entry, from the folder of this package. */
  readonly libraries: Readonly<Record<string, string>>;
  readonly out: string;
  readonly sourcemap: boolean;
}

export declare function bundle(request: BundleRequest): Promise<RolldownOutput["output"]>;

/** Packages that are installed with the command and loaded when they are needed, with their versions. */
export declare const dependencies: Readonly<Record<string, string>>;
