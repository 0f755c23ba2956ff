// The package `netwright`: the library and the command in one, with all that they are made of. In Node both are
// CommonJS and share their files, `dist/cjs`; what `import "netwright"` gets is a module around them.

import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, dependencies } from "@netwright/cli/bundling";
import { root, type WorkspacePackage } from "../workspace.ts";
import { bundleLibrary, chunksOf } from "./bundle-library.ts";
import { contentsOf, type FileContents } from "./contents.ts";
import { copyDeclarations } from "./declarations.ts";
import type { Staged } from "./staged.ts";

/** Entries of the library in Node: `./dist/node/<name>.js` of the package. */
const FACES = ["index", "editor"] as const;
const BROWSER = "./dist/browser/index.js";

export async function stageNetwright(
  from: WorkspacePackage,
  packages: ReadonlyMap<string, WorkspacePackage>,
  out: string,
): Promise<Staged> {
  const cjs = join(out, "dist", "cjs");
  const libraries = Object.fromEntries(
    FACES.map((name) => [name, join(from.folder, "src", "node", `${name}.ts`)]),
  );
  const output = await bundle({ libraries, out: cjs, sourcemap: false });
  const chunks = chunksOf(output);
  const faces = FACES.map((name): FileContents => {
    const exported = chunks.find(({ fileName }) => fileName === `${name}.js`)?.exports ?? [];
    const file = `dist/node/${name}.js`;
    const text = `import all from "../cjs/${name}.js";\n\nexport const { ${exported.join(", ")} } = all;\n`;
    mkdirSync(join(out, "dist", "node"), { recursive: true });
    writeFileSync(join(out, file), text);
    return { file, imports: [`dist/cjs/${name}.js`], dynamicImports: [], modules: [] };
  });
  cpSync(join(root, "apps/netwright/bin"), join(out, "bin"), { recursive: true });
  writeFileSync(join(out, "bin", "netwright.js"), BIN, { mode: 0o755 });
  const browser = await bundleLibrary({ from, external: [], entries: [BROWSER], browser: true, out });
  const others = new Map([...packages].filter(([name]) => name !== from.manifest.name));
  copyDeclarations({ from, inlined: others, dependencies: [], out });
  return {
    dependencies,
    bin: { netwright: "bin/netwright.js" },
    contents: [...contentsOf(chunks, "dist/cjs/"), ...faces, ...contentsOf(browser, "dist/")],
  };
}

const BIN = `#!/usr/bin/env node
require("../dist/cjs/main.js");
`;
