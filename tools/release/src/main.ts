// `npm run pack` and `npm run release`: the published packages as folders and tarballs, and publishing them.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { packAll } from "./pack.ts";
import { type PublishOptions, publishAll } from "./publish.ts";
import { stage } from "./stage/stage.ts";
import { root } from "./workspace.ts";

const program = new Command("release").description("Makes and publishes the packages that npm gets");

program
  .command("pack")
  .description("writes each package as a folder and as a tarball")
  .option("--out <folder>", "where to", join(root, "dist", "npm"))
  .option("--rehearsal", "for a registry on this machine: not private, although the address is a placeholder")
  .action(async ({ out, rehearsal }: { readonly out: string; readonly rehearsal?: boolean }) => {
    const staged = await stage({ out, rehearsal: rehearsal ?? false });
    const contents = Object.fromEntries(staged.map(({ name, contents: files }) => [name, files]));
    writeFileSync(join(out, "contents.json"), JSON.stringify(contents, null, 1));
    packAll(staged, out);
    process.stdout.write(`${staged.map(({ name, version }) => `${name} ${version}`).join("\n")}\n`);
  });

program
  .command("publish")
  .description("publishes each package; refused while the address of the project is a placeholder")
  .option("--registry <url>", "a registry on this machine may be published to before there is an address")
  .option("--dry-run", "says what would be sent")
  .option("--provenance", "with a signed statement of where the packages were built")
  .action(async (options: PublishOptions) => {
    const problem = await publishAll(options);
    if (problem === undefined) return;
    process.stderr.write(`${problem}\n`);
    process.exitCode = 1;
  });

await program.parseAsync();
