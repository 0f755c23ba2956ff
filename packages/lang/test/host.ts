// A host for tests: files and headers of data files by name, nothing else exists.

import { type Analysis, type AnalyzeOptions, analyze, type Host } from "../src/index.ts";
import { catalog, headers } from "./catalog.ts";

export function hostOf(files: Readonly<Record<string, string>> = {}): Host {
  return {
    readFile: (path) => {
      const text = files[path];
      return text === undefined ? undefined : { file: path, text };
    },
    columns: (source) => headers.get(source),
  };
}

/** Analyzes a text under the name `test.net`. */
export function analyzeText(text: string, options: Partial<AnalyzeOptions> = {}): Analysis {
  return analyze({ file: "test.net", text }, { catalog, host: hostOf(), ...options });
}

export function codesOf({ diagnostics }: Analysis): string[] {
  return diagnostics.map(({ code }) => code);
}

export const concreteData = 'data concrete {\n  source: "concrete.csv"\n  target: CompressiveStrength\n}\n';
