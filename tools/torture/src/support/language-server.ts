// The language server as an editor has it: a process, and the protocol over its standard input and output.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../../../apps/netwright/dist/main.js", import.meta.url));

/** An answer, or what the server says of itself, comes within these milliseconds also on a busy machine. */
const PATIENCE = 30_000;

export interface LanguageServer {
  /** The result; throws where it is an error, or does not come. */
  readonly request: (method: string, params: object) => Promise<unknown>;
  readonly notify: (method: string, params: object) => void;
  /** The problems of this version of a document, from now on. */
  readonly published: (document: {
    readonly uri: string;
    readonly version: number;
  }) => Promise<readonly unknown[]>;
  /** All that was received since the last time, as text. */
  readonly received: () => string;
  readonly stop: () => void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string; readonly code: number };
}

/** The editor took it back or the text has changed: no failure of the server. */
const HARMLESS: ReadonlySet<number> = new Set([-32800, -32801, -32803]);

/** With `env` in its environment, beside what is in that of this process. */
export function startLanguageServer(folder: string, env: NodeJS.ProcessEnv = {}): LanguageServer {
  const options = { cwd: folder, stdio: "pipe", env: { ...process.env, ...env } } as const;
  const child = spawn(process.execPath, [MAIN, "lsp", "--stdio"], options);
  const waiting = new Set<{
    readonly take: (message: Message) => boolean;
    readonly fail: (why: Error) => void;
  }>();
  let buffer: Buffer = Buffer.alloc(0);
  let [text, errors, number] = ["", "", 0];
  child.stderr.on("data", (data) => {
    errors += String(data);
  });
  child.once("close", (code) => {
    for (const one of waiting) one.fail(new Error(`the server ended with ${code}: ${errors}`));
    waiting.clear();
  });
  child.stdin.on("error", () => {});
  child.stdout.on("data", (part: Buffer) => {
    buffer = Buffer.concat([buffer, part]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(buffer.toString("latin1", 0, 60));
      const end = head === null ? 0 : head[0].length + Number(head[1]);
      if (head === null || buffer.length < end) return;
      const body = buffer.toString("utf8", head[0].length, end);
      buffer = buffer.subarray(end);
      text += body;
      const message: Message = JSON.parse(body);
      for (const one of waiting) if (one.take(message)) waiting.delete(one);
    }
  });
  const until = (wanted: (message: Message) => boolean, what: string): Promise<Message> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(entry);
        reject(new Error(`${what} did not come`));
      }, PATIENCE);
      const entry = {
        take: (message: Message) => {
          if (!wanted(message)) return false;
          clearTimeout(timer);
          resolve(message);
          return true;
        },
        fail: (why: Error) => {
          clearTimeout(timer);
          reject(why);
        },
      };
      waiting.add(entry);
    });
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  return {
    async request(method, params) {
      const id = ++number;
      const answer = until(
        (message) => message.id === id && message.method === undefined,
        `an answer to ${method}`,
      );
      send({ id, method, params });
      const { result, error } = await answer;
      if (error !== undefined && !HARMLESS.has(error.code)) throw new Error(`${method}: ${error.message}`);
      return result;
    },
    notify: (method, params) => send({ method, params }),
    async published({ uri, version }) {
      const isIt = (params: unknown): params is { readonly diagnostics: readonly unknown[] } =>
        typeof params === "object" &&
        params !== null &&
        "uri" in params &&
        params.uri === uri &&
        "version" in params &&
        params.version === version;
      const { params } = await until(
        (message) => message.method === "textDocument/publishDiagnostics" && isIt(message.params),
        `problems of version ${version} of ${uri}`,
      );
      return isIt(params) ? params.diagnostics : [];
    },
    received: () => {
      const all = text;
      text = "";
      return all;
    },
    stop: () => child.kill("SIGKILL"),
  };
}
