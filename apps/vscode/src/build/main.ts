// Builds the extension: `dist/netwright-<version>.vsix`.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectFolder } from "./bundle.ts";
import { extensionFiles } from "./extension-files.ts";
import { packVsix } from "./vsix.ts";

const { manifest, files } = await extensionFiles();
const vsix = join(projectFolder, "dist", `${manifest.name}-${manifest.version}.vsix`);
await writeFile(vsix, packVsix(manifest, files));
process.stdout.write(`${vsix}\n`);
