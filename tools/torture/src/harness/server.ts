// The language server in a folder of a stranger, over its protocol: pipes, devices, links out of the folder and files
// without an end stand where a document names files.

import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { changedNet, netTexts } from "../damage/net-texts.ts";
import type { Attempt, Harness } from "../harness.ts";
import type { Random } from "../random.ts";
import { type LanguageServer, startLanguageServer } from "../support/language-server.ts";
import { type Workplace, workplace } from "../support/workplace.ts";
import { tryCases } from "../try-cases.ts";

export const server: Harness = {
  name: "server",
  about: {
    promised:
      "The language server answers every request, opens nothing outside of the workspace, and tells nothing of what is there, whatever a document and its folder hold.",
    tried:
      "One process with documents that change 1 to 4 times: they use and read pipes, devices, folders, links, files of 8 GB, names that are none; requests of nine kinds at places drawn.",
  },
  run: async (task) => {
    const place = strangersFolder();
    const running = await begun(place.path);
    try {
      return await tryCases(task, attempt(running, place.path));
    } finally {
      running.stop();
      place.remove();
    }
  },
};

const SECRET = "token_5f2c81";

/** In the folder `work`; beside it lies what nobody may see. */
function strangersFolder(): Workplace {
  const place = workplace();
  const work = join(place.path, "work");
  mkdirSync(join(work, "sub"), { recursive: true });
  mkdirSync(join(work, "folder.net"));
  writeFileSync(join(place.path, "secret.net"), `netwright 1\nparam ${SECRET} = ${SECRET}\n`);
  writeFileSync(join(place.path, "secret.csv"), `${SECRET},y\n${SECRET},1\n`);
  writeFileSync(join(work, ".env"), `${SECRET}=${SECRET}\n`);
  writeFileSync(join(work, "blocks.net"), "netwright 1\nblock hidden(units) { dense(units, relu) }\n");
  writeFileSync(join(work, "circle.net"), 'netwright 1\nuse "circle.net"\nuse "model.net"\n');
  writeFileSync(join(work, "table.csv"), `a,"b\u001b[31m",y\n${"1,2,3\n2,3,4\n".repeat(20)}`);
  writeFileSync(join(work, "bytes.csv"), Buffer.from(Array.from({ length: 2000 }, (_, i) => (i * 89) % 251)));
  for (const name of ["huge.net", "huge.csv"]) {
    writeFileSync(join(work, name), "a,y\n1,2\n");
    truncateSync(join(work, name), 8 * 2 ** 30);
  }
  const links = {
    "link.net": "../secret.net",
    "link.csv": "../secret.csv",
    "env.net": ".env",
    away: "..",
    "self.net": "self.net",
    "zero.net": "/dev/zero",
    "zero.csv": "/dev/zero",
    "gone.csv": "nowhere",
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(work, name));
  for (const name of ["pipe.net", "pipe.csv"]) execFileSync("mkfifo", [join(work, name)]);
  return place;
}

async function begun(folder: string): Promise<LanguageServer> {
  const running = startLanguageServer(join(folder, "work"));
  const rootUri = pathToFileURL(join(folder, "work")).href;
  await running.request("initialize", { processId: null, rootUri, capabilities: {} });
  running.notify("initialized", {});
  return running;
}

const USED = [
  "pipe.net",
  "zero.net",
  "link.net",
  "env.net",
  "self.net",
  "huge.net",
  "folder.net",
  "blocks.net",
  "circle.net",
  "away/secret.net",
  "../secret.net",
  "/dev/zero",
  "/etc/passwd",
  "none.net",
  "",
  ".",
] as const;
const READ = [
  "pipe.csv",
  "zero.csv",
  "link.csv",
  "gone.csv",
  "huge.csv",
  "bytes.csv",
  "table.csv",
  "sub",
  "away/secret.csv",
  "../secret.csv",
  "/dev/zero",
  "/dev/stdin",
  "/proc/self/environ",
  ".env",
  "none.csv",
  "",
] as const;

/** The folder's own files are the user's; of these, nobody hides what they hold. */
const OWN: ReadonlySet<string> = new Set([".env"]);

function attempt(running: LanguageServer, folder: string): Attempt {
  const all = netTexts();
  return async (random, number) => {
    const uri = pathToFileURL(
      join(folder, "work", random.chance(0.2) ? "sub/model.net" : `model-${number}.net`),
    ).href;
    let named = "";
    const draw = (): string => {
      const [used, read] = [random.pick(USED), random.pick(READ)];
      named += ` ${read}`;
      const body = random.chance(0.5)
        ? `data { source: ${JSON.stringify(read)}, target: y }\nmodel { dense(features, relu) -> dense(1) }\ntrain { loss: mse }\n`
        : changedNet(all, random);
      return `netwright 1\nuse ${JSON.stringify(used)}\n${body}`;
    };
    let text = draw();
    running.received();
    let published = running.next("textDocument/publishDiagnostics");
    running.notify("textDocument/didOpen", {
      textDocument: { uri, languageId: "netwright", version: 1, text },
    });
    await published;
    for (let version = 2 + random.below(4); version > 2; version--) {
      text = draw();
      published = running.next("textDocument/publishDiagnostics");
      running.notify("textDocument/didChange", {
        textDocument: { uri, version: 10 - version },
        contentChanges: [{ text }],
      });
      await published;
    }
    for (let left = 4; left > 0; left--) await asked(running, uri, text, random);
    running.notify("textDocument/didClose", { textDocument: { uri } });
    const received = running.received();
    const mayTell = named.split(" ").some((name) => OWN.has(name));
    if (!mayTell && received.includes(SECRET))
      throw new Error("the server told of a file outside of the workspace");
    return received.includes('"NW0213"') || received.includes('"NW0610"')
      ? "files refused"
      : "nothing refused";
  };
}

const AT_PLACES = [
  "completion",
  "hover",
  "definition",
  "references",
  "documentHighlight",
  "signatureHelp",
] as const;
const OF_ALL = ["documentSymbol", "foldingRange", "formatting"] as const;

async function asked(running: LanguageServer, uri: string, text: string, random: Random): Promise<void> {
  const textDocument = { uri };
  const lines = text.split("\n");
  const line = random.below(lines.length);
  const position = { line, character: random.below((lines[line]?.length ?? 0) + 1) };
  if (random.chance(0.7)) {
    const context = { includeDeclaration: true };
    await running.request(`textDocument/${random.pick(AT_PLACES)}`, { textDocument, position, context });
  } else {
    const options = { tabSize: 2, insertSpaces: true };
    await running.request(`textDocument/${random.pick(OF_ALL)}`, { textDocument, options });
  }
}
