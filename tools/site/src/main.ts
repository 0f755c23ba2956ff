// `npm run site`: writes the documentation to `dist/site`.

import { fileURLToPath } from "node:url";
import { readSources } from "./node/read-sources.ts";
import { writeSite } from "./node/write-site.ts";
import { siteFiles } from "./site.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = fileURLToPath(new URL("../../../dist/site", import.meta.url));
const files = await siteFiles(readSources(root));
writeSite(folder, files);
console.log(`${files.size} pages in dist/site; open dist/site/index.html`);
