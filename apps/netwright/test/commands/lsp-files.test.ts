// What a document names, the language server opens without anybody asking: over the protocol, in a process of its own,
// which goes on answering whatever stands in the folder.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { temporaryFolder } from "../support/project.ts";

jest.setTimeout(60_000);

const bundle = temporaryFolder();
beforeAll(() => {
  execFileSync(process.execPath, [fileURLToPath(new URL("../../bundle.mjs", import.meta.url)), bundle]);
});

const top = realpathSync(mkdtempSync(join(tmpdir(), "netwright-lsp-")));
const root = join(top, "work");
const SECRET = "token_5f2c";
afterAll(() => rmSync(top, { recursive: true, force: true }));

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly diagnostics?: readonly Problem[] };
  readonly result?: unknown;
}

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

const open: ChildProcess[] = [];
afterEach(() => {
  for (const child of open.splice(0)) child.kill("SIGKILL");
});

/** Opens `text` as `name` in the folder, asks for a hover, and gives the problems, all that came, and the time it took. */
async function served(text: string, params: object = {}, name = "model.net") {
  const child = spawn(process.execPath, [join(bundle, "main.js"), "lsp", "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  open.push(child);
  let received = Buffer.alloc(0);
  const messages: Message[] = [];
  let wake = () => {};
  child.stdout.on("data", (part: Buffer) => {
    received = Buffer.concat([received, part]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(received.toString("latin1", 0, 60));
      const end = head === null ? 0 : head[0].length + Number(head[1]);
      if (head === null || received.length < end) break;
      messages.push(JSON.parse(received.toString("utf8", head[0].length, end)));
      received = received.subarray(end);
    }
    wake();
  });
  const send = (message: object) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const until = async (wanted: (message: Message) => boolean): Promise<Message> => {
    const limit = performance.now() + 30_000;
    for (;;) {
      const found = messages.find(wanted);
      if (found !== undefined) return found;
      if (performance.now() > limit) throw new Error(`no answer, but ${JSON.stringify(messages)}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 1000).unref();
      });
    }
  };
  const uri = pathToFileURL(join(root, name)).href;
  const initialize = { processId: null, rootUri: pathToFileURL(root).href, capabilities: {}, ...params };
  send({ id: 1, method: "initialize", params: initialize });
  await until(({ id }) => id === 1);
  send({ method: "initialized", params: {} });
  send({
    method: "textDocument/didOpen",
    params: { textDocument: { uri, languageId: "netwright", version: 1, text } },
  });
  const published = await until(({ method }) => method === "textDocument/publishDiagnostics");
  const at = { textDocument: { uri }, position: { line: 3, character: 12 } };
  send({ id: 2, method: "textDocument/hover", params: at });
  await until(({ id }) => id === 2);
  send({ id: 3, method: "textDocument/completion", params: at });
  await until(({ id }) => id === 3);
  return { problems: published.params?.diagnostics ?? [], all: JSON.stringify(messages) };
}

const using = (path: string) =>
  `netwright 1\nuse ${JSON.stringify(path)}\nmodel {\n  input(8)\n  dense(1)\n}\n`;
const reading = (path: string) =>
  `netwright 1\ndata {\n  source: ${JSON.stringify(path)}\n  target: [y]\n}\nmodel { dense(1) }\n`;

beforeAll(() => {
  mkdirSync(join(root, "sub"), { recursive: true });
  mkdirSync(join(root, "folder.net"));
  mkdirSync(join(top, "outside"));
  writeFileSync(
    join(top, "outside/secret.net"),
    `netwright 1\n${SECRET} = 1\nblock shared() { dense(${SECRET}) }\n`,
  );
  writeFileSync(join(top, "outside/secret.csv"), `${SECRET},y\n1,2\n`);
  writeFileSync(join(root, ".env"), `${SECRET}=1\n`);
  writeFileSync(join(root, "env.txt"), `${SECRET}=1\n`);
  for (const [name, target] of [
    ["link.net", "../outside/secret.net"],
    ["link.csv", "../outside/secret.csv"],
    ["env.net", ".env"],
    ["zero.net", "/dev/zero"],
    ["zero.csv", "/dev/zero"],
    ["tty.csv", "/dev/tty"],
    ["self.net", "self.net"],
  ] as const)
    symlinkSync(target, join(root, name));
  symlinkSync("../../outside", join(root, "sub/away"));
  for (const name of ["pipe.net", "pipe.csv"]) execFileSync("mkfifo", [join(root, name)]);
  for (const name of ["huge.net", "huge.csv"]) {
    writeFileSync(join(root, name), name.endsWith("csv") ? "a,y\n1,2\n" : "netwright 1\n");
    truncateSync(join(root, name), 8 * 2 ** 30);
  }
  linkSync(join(root, "env.txt"), join(root, "hard.txt"));
});

const posix = process.platform === "win32" ? describe.skip : describe;

posix("`use` is refused at its place, and nothing of the file is told", () => {
  test.each([
    ["pipe.net", /it is a pipe/],
    ["zero.net", /outside/],
    ["/dev/zero", /outside/],
    ["/dev/zero.net", /outside/],
    ["/etc/passwd", /outside/],
    ["folder.net", /it is a directory/],
    ["link.net", /link to what is outside/],
    ["sub/away/secret.net", /outside/],
    ["../outside/secret.net", /outside/],
    ["env.net", /no `\.net` file/],
    [".env", /no `\.net` file/],
    ["hard.txt", /no `\.net` file/],
    ["self.net", /ELOOP|cannot be read/],
    ["huge.net", /more than 4,194,304 bytes/],
    ["absent.net", /no such file/],
    [`${"x".repeat(5000)}.net`, /too long/],
  ])("%j", async (path, reason) => {
    const { problems, all } = await served(using(path));
    const problem = problems.find(({ code }) => code === "NW0213");
    expect(problem?.message).toMatch(reason);
    expect(problem?.range.start.line).toBe(1);
    expect(all).not.toContain(SECRET);
  });
});

posix("`source` is refused at its place, and nothing of the file is told", () => {
  test.each([
    ["pipe.csv", /it is a pipe/],
    ["zero.csv", /outside/],
    ["/dev/zero", /outside/],
    ["tty.csv", /outside/],
    ["sub", /it is a directory/],
    ["link.csv", /link to what is outside/],
    ["sub/away/secret.csv", /outside/],
    ["../outside/secret.csv", /outside/],
    [join(top, "outside/secret.csv"), /outside/],
    ["absent.csv", /no such file/],
  ])("%j", async (path, reason) => {
    const { problems, all } = await served(reading(path));
    const problem = problems.find(({ code }) => code === "NW0610");
    expect(problem?.message).toMatch(reason);
    expect(problem?.range.start.line).toBe(2);
    expect(all).not.toContain(SECRET);
  });

  test("of a table of any size the beginning is read", async () => {
    const { all } = await served(reading("huge.csv"));
    expect(all).not.toContain("NW0610");
  });
});

posix("folders that are the workspace's, or allowed, are open", () => {
  test("a file of the workspace from a folder in it", async () => {
    writeFileSync(join(root, "table.csv"), "a,y\n1,2\n3,4\n");
    const { problems } = await served(reading("../table.csv"), {}, "sub/model.net");
    expect(problems).toEqual([]);
    const alone = await served(reading("../table.csv"), { rootUri: null }, "sub/model.net");
    expect(alone.problems.map(({ code }) => code)).toEqual(["NW0610"]);
  });

  test("by the option of the editor", async () => {
    const { all } = await served(reading("../outside/secret.csv"), {
      initializationOptions: { allow: [join(top, "outside")] },
    });
    expect(all).not.toContain("NW0610");
    const wrong = await served(using("../outside/secret.net"), { initializationOptions: { allow: "/" } });
    expect(wrong.problems.map(({ code }) => code)).toContain("NW0213");
  });
});

test("names of columns are shown as they can be seen", async () => {
  writeFileSync(join(root, "hostile.csv"), '"a\u001b[31m\u202e",y\n1,2\n3,4\n');
  const { problems } = await served(reading("hostile.csv").replace("[y]", "[z]"));
  expect(problems.map(({ code }) => code)).toContain("NW0601");
  for (const { message } of problems) expect(message).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
});
