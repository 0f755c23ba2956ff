// README's program, as it stands there, and as CommonJS.

import { readFileSync } from "node:fs";

export function readmeProgram() {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [program] = [...readme.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, text]) => text);
  if (program === undefined || !program.startsWith("import ")) throw new Error("README has no program");
  return program;
}

/** CommonJS has no `await` outside of functions. */
export function asCommonJs(program) {
  const [imports, ...rest] = split(program);
  const required = imports.replace(/^import (\{.*\}) from (".*");$/gm, "const $1 = require($2);");
  return `${required}\n${inFunction(rest.join(""))}`;
}

/** TypeScript writes `import` as `require` by itself. */
export function asTypeScriptCommonJs(program) {
  const [imports, ...rest] = split(program);
  return `${imports}\n${inFunction(rest.join(""))}`;
}

function split(program) {
  const end = program.lastIndexOf("\n", program.search(/^(?!import |$)/m)) + 1;
  return [program.slice(0, end), program.slice(end)];
}

function inFunction(text) {
  return `(async () => {\n${text}})();\n`;
}
