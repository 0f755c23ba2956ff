// The language server of the extension, a process of its own that the editor starts and talks to over stdio.

import { serve } from "@netwright/lsp";
import { editorEnvironment } from "netwright/editor";
import { StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";

// The bundle is CommonJS, which has no `await` at its top.
void serve(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
  editorEnvironment(),
).then((code) => process.exit(code));
