// A server on a pair of message streams, from its first message to its last.

import {
  createConnection,
  createProtocolConnection,
  type MessageReader,
  type MessageWriter,
} from "vscode-languageserver";
import type { Environment } from "./environment.ts";
import { startServer } from "./server.ts";

/**
 * Serves until the client says `exit` or its end of the streams closes. Gives the exit code that the protocol
 * asks for: 0 when the client had asked for a shutdown before, 1 when it had not.
 */
export function serve(
  reader: MessageReader,
  writer: MessageWriter,
  environment: Environment,
): Promise<0 | 1> {
  return new Promise((resolve) => {
    const end = (): void => resolve(watchDog.shutdownReceived ? 0 : 1);
    // The library's own for Node ends the process, which is not for a library to decide.
    const watchDog = { shutdownReceived: false, initialize: () => {}, exit: end };
    reader.onClose(end);
    const connection = createConnection(
      (logger) => createProtocolConnection(reader, writer, logger),
      watchDog,
    );
    startServer(connection, environment);
  });
}
