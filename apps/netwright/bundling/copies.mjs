// What the command reads beside its code, copied into the folder of its bundle.

import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { examples } from "../examples.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export function copyWhatIsRead(out) {
  copyPages(join(out, "errors"));
  copyDocuments(join(out, "docs"));
  copyFont(join(out, "fonts"));
  copyExamples(join(out, "examples"));
}

/** What `netwright help NW0301` shows. */
function copyPages(folder) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, "docs/errors"), folder, {
    recursive: true,
    filter: (path) => !/(README\.md|\.csv)$/.test(path),
  });
}

/** What `netwright help docs/export.md` shows. */
function copyDocuments(folder) {
  rmSync(folder, { recursive: true, force: true });
  const from = join(root, "docs");
  for (const name of readdirSync(from))
    if (name.endsWith(".md")) cpSync(join(from, name), join(folder, name));
}

/** The one font of the pictures, and its license: the package holds two hundred. */
function copyFont(folder) {
  const require = createRequire(import.meta.url);
  const file = require.resolve("@fontsource/inter/files/inter-latin-400-normal.woff2");
  mkdirSync(folder, { recursive: true });
  cpSync(file, join(folder, "inter-latin-400-normal.woff2"));
  cpSync(join(dirname(file), "../LICENSE"), join(folder, "LICENSE.txt"));
}

/** What `netwright init --example` writes. */
function copyExamples(folder) {
  for (const { name, files } of examples) {
    for (const file of [...files, "README.md"]) {
      cpSync(join(root, "examples", name, file), join(folder, name, file));
    }
  }
}
