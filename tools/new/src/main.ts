// `npm run new -- KIND NAME` begins a thing that the project can have more of: it writes its files, its rows in tables
// and a test that fails, and says what is left to do.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { apply } from "./apply.ts";
import { namesOf } from "./edit.ts";
import { kinds } from "./kinds/table.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const pathOf = (path: string): string => `${root}${path}`;

function refuse(message: string): never {
  console.error(message);
  process.exit(2);
}

const [, , word = "", name = ""] = process.argv;
const usage = `npm run new -- ${[...kinds.keys()].join("|")} name`;
const kind = kinds.get(word) ?? refuse(`${usage}\n`);
const names = namesOf(name) ?? refuse(`${usage}\nA name has small letters, digits and _, as batch_norm.`);

const { edits, next } = kind.scaffold(names);
const applied = apply(edits, (path) =>
  existsSync(pathOf(path)) ? readFileSync(pathOf(path), "utf8") : undefined,
);
if (!applied.ok) refuse(applied.problem);
for (const [path, text] of applied.files) {
  mkdirSync(dirname(pathOf(path)), { recursive: true });
  writeFileSync(pathOf(path), text);
}
const paths = [...applied.files.keys()];
execFileSync("npx", ["biome", "check", "--write", ...paths], { cwd: root, stdio: "ignore" });
console.log(`${kind.what} ${name}:\n${paths.map((path) => `  ${path}`).join("\n")}\n\nNext:`);
for (const step of next) console.log(`- ${step}`);
