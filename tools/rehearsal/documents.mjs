// docs/export.md word for word, in a folder that `npm init -y` has made.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npm, run } from "./run.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

export async function checkExport(folder, registry, nodes, report) {
  const project = join(folder, "export");
  mkdirSync(project);
  for (const args of [
    ["init", "-y"],
    ["install", "netwright"],
  ]) {
    const { status, text } = await npm(project, args, registry.env);
    if (status !== 0) return report.fail(`npm ${args.join(" ")}`, text);
  }
  cpSync(join(root, "examples/concrete"), project, { recursive: true });
  const page = readFileSync(join(root, "docs/export.md"), "utf8");
  const programs = [...page.matchAll(/^```js (\S+)\n([\s\S]*?)^```$/gm)].map(([, file, text]) => ({
    file,
    text,
  }));
  const [command] = /netwright export .*/.exec(page) ?? [""];

  const small = ["--epochs", "1", "--set", "width=64", "--quiet"];
  const trained = await run("npx", ["netwright", "train", "concrete.net", ...small], {
    cwd: project,
    env: registry.env,
  });
  const place = trained.stdout.trim();
  if (!place.startsWith("runs/")) return report.fail("training what is exported", trained.text);
  const [, ...words] = command.replace(/runs\/\S+/, place).split(" ");
  const exported = await run("npx", ["netwright", ...words], { cwd: project, env: registry.env });
  if (exported.status !== 0 || programs.length === 0)
    return report.fail(`docs/export.md: ${command}`, exported.text);

  for (const engine of nodes) {
    for (const [i, { file, text }] of programs.entries()) {
      writeFileSync(join(project, "web", file), text);
      const [node, ...args] = [...engine.command, file];
      const { status, stderr, text: printed } = await run(node, args, { cwd: join(project, "web") });
      const what = `program ${i + 1} of docs/export.md in ${engine.name}`;
      if (status !== 0 || stderr !== "") report.fail(what, printed);
      else report.pass(what);
    }
  }
}
