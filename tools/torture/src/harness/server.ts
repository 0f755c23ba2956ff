// The language server in a folder of a stranger, over its protocol: pipes, devices, links out of the folder and files
// without an end stand where a document names files.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { changedNet, netTexts } from "../damage/net-texts.ts";
import type { Attempt, Harness, Task } from "../harness.ts";
import type { Random } from "../random.ts";
import { type Drawn, placeIn, type Requests, requestsOf, spliced } from "../support/editor-requests.ts";
import { type LanguageServer, startLanguageServer } from "../support/language-server.ts";
import {
  ALLOWED,
  AT_TIMES,
  READ,
  SECOND,
  SECRET,
  type StrangersFolder,
  SWAPPED,
  strangersFolder,
  USED,
} from "../support/strangers-folder.ts";
import { tryCases } from "../try-cases.ts";

export const server: Harness = {
  name: "server",
  about: {
    promised:
      "The language server answers every request, opens nothing outside of the workspace and of what the settings allow, tells nothing of what is there, and changes nothing outside, whatever a document and its folder hold.",
    tried:
      "One process with documents that change 1 to 4 times, as wholes and in parts: they use and read pipes, devices, folders, links, files of 8 GB, names that are none; all requests that the server offers, at places drawn; folders that come to the workspace and leave it.",
  },
  run: (task) => tryServer(task),
};

/** `alsoAllowed` are folders beside the one that users would have allowed, for a test of what is found. */
export async function tryServer(
  task: Task,
  alsoAllowed: (place: StrangersFolder) => readonly string[] = () => [],
) {
  const place = strangersFolder();
  const running = startLanguageServer(place.work, { NETWRIGHT_TORTURE: SECRET });
  try {
    const initialized = await running.request("initialize", {
      processId: null,
      rootUri: uriOf(place.work),
      capabilities: {},
      initializationOptions: { allow: [place.allowed, ...alsoAllowed(place)] },
    });
    running.notify("initialized", {});
    return await tryCases(task, attempt(running, place, requestsOf(initialized)));
  } finally {
    running.stop();
    place.remove();
  }
}

const uriOf = (path: string) => pathToFileURL(path).href;

function attempt(
  running: LanguageServer,
  { work, allowed, second, swap }: StrangersFolder,
  requests: Requests,
): Attempt {
  const all = netTexts();
  let hasSecond = false;
  return async (random, number) => {
    const isLink = random.chance(0.5);
    swap(isLink);
    running.notify("workspace/didChangeWatchedFiles", {
      changes: [{ uri: uriOf(join(work, "swapped.csv")), type: 2 }],
    });
    if (random.chance(0.3)) {
      const folder = [{ uri: uriOf(second), name: "second" }];
      const event = hasSecond ? { added: [], removed: folder } : { added: folder, removed: [] };
      running.notify("workspace/didChangeWorkspaceFolders", { event });
      hasSecond = !hasSecond;
    }
    const uri = uriOf(join(work, random.chance(0.2) ? "sub/model.net" : `model-${number}.net`));
    running.received();
    const document = await edited(running, uri, () => drawText(all, random), random);
    for (let left = 5; left > 0; left--) {
      const range = rangeIn(document.text, random);
      const drawn = { ...document, textDocument: { uri }, position: range.start, range, random };
      const { method, params } = random.pick(requests)(drawn);
      const answer = await running.request(method, params);
      checkEdits(answer, [work, allowed, ...(hasSecond ? [second] : [])]);
    }
    running.notify("textDocument/didClose", { textDocument: { uri } });
    const received = running.received();
    const forbidden = [SECRET, "root:x:0", ...(hasSecond ? [] : [SECOND]), ...(isLink ? [SWAPPED] : [])];
    const told = forbidden.find((word) => received.includes(word));
    if (told !== undefined) throw new Error(`the server told of ${told}, which is outside of the workspace`);
    if ([ALLOWED, SECOND, SWAPPED].some((word) => received.includes(word))) return "what may be told is told";
    return received.includes('"NW0213"') || received.includes('"NW0610"')
      ? "files refused"
      : "nothing refused";
  };
}

/** A target that is no column makes the server name those that are. */
function drawText(all: ReadonlyMap<string, string>, random: Random): string {
  const [used, read] = [random.pick(USED), random.pick(random.chance(0.3) ? AT_TIMES : READ)].map((name) =>
    JSON.stringify(name),
  );
  const target = random.pick(["y", "nothing", "nothing"]);
  const body = random.chance(0.6)
    ? `data { source: ${read}, target: ${target} }\nmodel { dense(features, relu) -> dense(1) }\ntrain { loss: mse }\n`
    : changedNet(all, random);
  return `netwright 1\n${random.chance(0.5) ? `use ${used}\n` : ""}${body}`;
}

/** Opens the document and changes it up to three times, as a whole or in a part. */
async function edited(
  running: LanguageServer,
  uri: string,
  draw: () => string,
  random: Random,
): Promise<Pick<Drawn, "diagnostics"> & { readonly text: string }> {
  let [text, version] = [draw(), 1];
  let published = running.published({ uri, version });
  running.notify("textDocument/didOpen", { textDocument: { uri, languageId: "netwright", version, text } });
  let diagnostics = await published;
  for (let left = random.below(4); left > 0; left--) {
    version++;
    published = running.published({ uri, version });
    const isPart = random.chance(0.5);
    const range = rangeIn(text, random);
    const put = isPart ? random.pick(["", "\n", "{", '"', "use ", draw()]) : draw();
    text = isPart ? spliced(text, range, put) : put;
    const change = isPart ? { range, text: put } : { text };
    running.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [change] });
    diagnostics = await published;
  }
  return { text, diagnostics };
}

function rangeIn(text: string, random: Random): Drawn["range"] {
  const [one, other] = [placeIn(text, random), placeIn(text, random)];
  const isBehind = one.line > other.line || (one.line === other.line && one.character > other.character);
  return isBehind ? { start: other, end: one } : { start: one, end: other };
}

/** @throws where an answer holds changes of files outside of these folders */
function checkEdits(answer: unknown, folders: readonly string[]): void {
  for (const one of Array.isArray(answer) ? answer : [answer]) {
    const edit: unknown = one?.edit ?? one;
    if (typeof edit !== "object" || edit === null || !("changes" in edit)) continue;
    const outside = Object.keys(edit.changes ?? {}).find(
      (uri) => !folders.some((folder) => uri.startsWith(`${uriOf(folder)}/`)),
    );
    if (outside !== undefined) throw new Error(`an edit of ${outside}, which is outside of the workspace`);
  }
}
