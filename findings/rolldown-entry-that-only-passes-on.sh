#!/usr/bin/env bash
# rolldown 1.3.2: of two entries, `tool.js` imports one small function through `index.js`, which only passes on what other
# modules have. With tool.js as the one entry, its bundle holds that function alone. With index.js as a second entry,
# tool.js loads all that index.js passes on, also with `moduleSideEffects: false`. One would have guessed that another
# entry changes how modules are shared and not which of them an entry loads. Through a third module that says
# `export * from "./index.js"`, as entry in place of index.js, tool.js loads the one function again.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent rolldown@1.3.2

echo 'export const small = () => "small function";' > small.js
echo 'export const large = () => "large function";' > large.js
printf 'export * from "./small.js";\nexport * from "./large.js";\n' > index.js
printf 'import { small } from "./index.js";\nconsole.log(small());\n' > tool.js
echo 'export * from "./index.js";' > facade.js

cat > look.js <<'JS'
import { build } from "rolldown";

async function loadedByTool(input) {
  const { output } = await build({ input, write: false, treeshake: { moduleSideEffects: (id) => id.endsWith("tool.js") } });
  const files = new Map(output.map((file) => [file.fileName, file]));
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    files.get(name).imports.forEach(visit);
  };
  visit("tool.js");
  const code = [...seen].map((name) => files.get(name).code).join("\n");
  return ["small", "large"].filter((name) => code.includes(`${name} function`)).join(" and ");
}

const seen = {
  alone: await loadedByTool({ tool: "tool.js" }),
  "beside index.js": await loadedByTool({ tool: "tool.js", index: "index.js" }),
  "beside facade.js": await loadedByTool({ tool: "tool.js", index: "facade.js" }),
};
console.log(seen);
const expected = { alone: "small", "beside index.js": "small and large", "beside facade.js": "small" };
if (JSON.stringify(seen) !== JSON.stringify(expected)) process.exit(1);
JS
node look.js
