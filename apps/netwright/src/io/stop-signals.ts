// What asks a process to stop in good order, by platform: a key of the user, the system, a terminal that closes.

/** On Windows nothing can send SIGTERM; there is Ctrl-Break, and SIGHUP comes when the console is closed. */
const ON_WINDOWS: readonly NodeJS.Signals[] = ["SIGINT", "SIGBREAK", "SIGHUP"];
const ELSEWHERE: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Tools that pass a signal on do it within this time. */
const ECHO_MS = 300;

/** The part of `process` that is needed. */
export interface SignalSource {
  readonly on: (signal: NodeJS.Signals, listener: () => void) => unknown;
  readonly off: (signal: NodeJS.Signals, listener: () => void) => unknown;
}

/** Calls the handler on each of them, and before it, for a closed terminal, `onHangUp`; gives the function that ends that. */
export function onStopSignal(
  source: SignalSource,
  platform: NodeJS.Platform,
  handler: () => void,
  onHangUp: () => void,
): () => void {
  const received = new Set<NodeJS.Signals>();
  let isReleased = false;
  // A closed terminal is told by the system and by the shell, at any distance: nobody asks twice by it.
  const onSignal = (signal: NodeJS.Signals) => {
    const isFirst = !received.has(signal);
    received.add(signal);
    if (isReleased || (signal === "SIGHUP" && !isFirst)) return;
    if (signal === "SIGHUP") onHangUp();
    handler();
  };
  const listeners = (platform === "win32" ? ON_WINDOWS : ELSEWHERE).map(
    (signal) => [signal, () => onSignal(signal)] as const,
  );
  for (const [signal, listener] of listeners) source.on(signal, listener);
  return () => {
    isReleased = true;
    for (const [signal, listener] of listeners) {
      if (!received.has(signal)) source.off(signal, listener);
      // What was sent once may come again, and must not end a process that is saying what it has saved: a key for a moment,
      // the message of a closed terminal at any time.
      else if (signal !== "SIGHUP") setTimeout(() => source.off(signal, listener), ECHO_MS).unref();
    }
  };
}
