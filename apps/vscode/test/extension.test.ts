// The packed extension: what a `.vsix` must hold, and its bundled server at work, over the protocol.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { strFromU8, unzipSync } from "fflate";
import type { CompletionItem, Hover, PublishDiagnosticsParams } from "vscode-languageserver-protocol";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { extensionFiles } from "../src/build/extension-files.ts";
import { type Manifest, packVsix } from "../src/build/vsix.ts";

let folder: string;
let manifest: Manifest & Record<string, unknown>;
let entries: Record<string, Uint8Array>;
let packed: Uint8Array;

beforeAll(async () => {
  const extension = await extensionFiles();
  packed = packVsix(extension.manifest, extension.files);
  // The zip library takes bytes of its own realm only.
  entries = unzipSync(new Uint8Array(packed));
  manifest = JSON.parse(text("extension/package.json"));
  folder = mkdtempSync(join(tmpdir(), "netwright-vsix-"));
  for (const [path, bytes] of Object.entries(entries)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function text(path: string): string {
  const bytes = entries[path];
  if (bytes === undefined) throw new Error(`${path} is not in the package`);
  return strFromU8(bytes);
}

describe("the package", () => {
  test("holds the manifest, the list of types, and every file that these name", () => {
    const xml = text("extension.vsixmanifest");
    expect(xml).toContain(`Id="netwright" Version="${manifest.version}" Publisher="netwright"`);
    const assets = [...xml.matchAll(/ Path="([^"]+)"/g)].map(([, path]) => path);
    expect(assets).toEqual([
      "extension/package.json",
      "extension/README.md",
      "extension/CHANGELOG.md",
      "extension/LICENSE.txt",
    ]);
    const named = [...JSON.stringify(manifest).matchAll(/"\.\/([^"]+)"/g)].map(
      ([, path]) => `extension/${path}`,
    );
    expect(named).toContain("extension/dist/extension.js");
    for (const path of [...assets, ...named]) expect(Object.keys(entries)).toContain(path);
    const types = text("[Content_Types].xml");
    for (const path of Object.keys(entries)) {
      if (path === "[Content_Types].xml") continue;
      expect(types).toContain(`Extension="${path.slice(path.lastIndexOf("."))}"`);
    }
  });

  test("has the version of the rest and names the licenses of what it bundles", () => {
    const own = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    expect(manifest.version).toBe(own.version);
    const bundled = text("extension/THIRD-PARTY-NOTICES.txt");
    for (const name of ["vscode-languageclient", "vscode-languageserver", "vscode-jsonrpc", "chevrotain"]) {
      expect(bundled).toContain(`\n${name} `);
    }
  });

  test("is the same, to the byte, when it is made again", async () => {
    const again = await extensionFiles();
    expect(Buffer.from(packVsix(again.manifest, again.files)).equals(Buffer.from(packed))).toBe(true);
  });

  test("declares each command that it registers", () => {
    const bundle = text("extension/dist/extension.js");
    const { commands } = JSON.parse(text("extension/package.json")).contributes;
    for (const { command } of commands) expect(bundle).toContain(`"${command}"`);
    expect(commands).toHaveLength(2);
  });
});

describe("its server", () => {
  let server: ChildProcess;
  let connection: ProtocolConnection;
  const published: PublishDiagnosticsParams[] = [];

  beforeAll(async () => {
    server = spawn(process.execPath, [join(folder, "extension/dist/server.js")], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    if (server.stdout === null || server.stdin === null) throw new Error("no streams");
    connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      published.push(params);
    });
    connection.listen();
    await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
  }, 30_000);
  afterAll(async () => {
    const ended = new Promise((resolve) => server.on("exit", resolve));
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    expect(await ended).toBe(0);
    connection.dispose();
  });

  test("knows the real catalog and reads the header of the data from disk", async () => {
    const example = fileURLToPath(new URL("../../../examples/concrete/concrete.net", import.meta.url));
    const uri = pathToFileURL(example).href;
    const source = readFileSync(example, "utf8");
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "netwright", version: 1, text: source },
    });
    const lines = source.split("\n");
    const line = lines.findIndex((one) => one.includes("dense(width"));
    const hover = await connection.sendRequest<Hover>("textDocument/hover", {
      textDocument: { uri },
      position: { line, character: (lines[line] ?? "").indexOf("dense") },
    });
    expect(JSON.stringify(hover.contents)).toContain("Shape: [8] -> [512], 4,608 parameters");
    const target = lines.findIndex((one) => one.includes("target:"));
    const columns = await connection.sendRequest<CompletionItem[]>("textDocument/completion", {
      textDocument: { uri },
      position: { line: target, character: (lines[target] ?? "").length },
    });
    expect(columns.map(({ label }) => label)).toContain("BlastFurnaceSlag");
    expect(published).toEqual([{ uri, version: 1, diagnostics: [] }]);
  });
});
