// `netwright lsp --stdio`: the language server, for editors. Standard output belongs to the protocol.

import { Readable, Writable } from "node:stream";
import { Command } from "commander";
import type { Io } from "../io/io.ts";
import { EXIT } from "../usage/exit-code.ts";
import type { Perform } from "../usage/perform.ts";
import { done } from "../usage/result.ts";

export function lspCommand(perform: Perform): Command {
  const command = new Command("lsp")
    .description(
      "Runs the language server, for editors: `netwright help docs/editor.md` says how to set one up",
    )
    .option("--stdio", "talks over standard input and output; there is no other way")
    // Editors built on Microsoft's client pass it to every server.
    .option("--clientProcessId <pid>", "the editor's process; its end is seen without it");
  return command.action(() =>
    perform({ format: "text", color: false }, async ({ io }) => {
      const code = await listen(io);
      return done("", {}, code === 0 ? EXIT.ok : EXIT.error);
    }),
  );
}

async function listen({ stdin, stdout }: Io): Promise<0 | 1> {
  // Large, and not for whoever only asks for the help.
  const { serve } = await import("@netwright/lsp");
  const { editorEnvironment } = await import("netwright/editor");
  const { StreamMessageReader, StreamMessageWriter } = await import("vscode-languageserver/node");
  const output = new Writable({
    write: (chunk, _, next) => {
      stdout.write(chunk, (error) => next(error));
    },
  });
  return serve(
    new StreamMessageReader(Readable.from(stdin)),
    new StreamMessageWriter(output),
    editorEnvironment(),
  );
}
