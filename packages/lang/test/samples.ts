// The `.net` files of the repository's tests and examples, for tests that want many texts.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface Sample {
  /** From the root of the repository. */
  readonly name: string;
  readonly text: string;
}

function filesBelow(folder: string, ending: string): Sample[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({
      name: relative(root, join(folder, name)).replaceAll("\\", "/"),
      text: readFileSync(join(folder, name), "utf8"),
    }));
}

export const specs: readonly Sample[] = filesBelow(join(here, "specs"), ".net");
export const versionOne: readonly Sample[] = filesBelow(join(here, "v1"), ".net");
export const golden: readonly Sample[] = filesBelow(join(here, "format", "golden"), ".net");
export const examples: readonly Sample[] = filesBelow(join(root, "examples"), ".net");

/** What the documentation shows of the language. */
export const documented: readonly Sample[] = [
  { name: "README.md", text: readFileSync(join(root, "README.md"), "utf8") },
  ...filesBelow(join(root, "docs"), ".md"),
  ...filesBelow(join(root, "examples"), ".md"),
].flatMap(({ name, text }) =>
  [...text.matchAll(/^```net[^\n]*\n([\s\S]*?)^```$/gm)].map(([, body = ""], i) => ({
    name: `${name}, block ${i + 1}`,
    text: body,
  })),
);
