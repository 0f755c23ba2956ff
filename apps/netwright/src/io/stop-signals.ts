// What asks a process to stop in good order, by platform: a key of the user, the system, a terminal that closes.

/** On Windows nothing can send SIGTERM; there is Ctrl-Break, and SIGHUP comes when the console is closed. */
const ON_WINDOWS: readonly NodeJS.Signals[] = ["SIGINT", "SIGBREAK", "SIGHUP"];
const ELSEWHERE: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

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
  let hungUp = false;
  // A closed terminal is told by the system and by the shell, at any distance: nobody asks twice by it.
  const onFirstHangUp = () => {
    if (hungUp) return;
    hungUp = true;
    onHangUp();
    handler();
  };
  const listeners = (platform === "win32" ? ON_WINDOWS : ELSEWHERE).map(
    (signal) => [signal, signal === "SIGHUP" ? onFirstHangUp : handler] as const,
  );
  for (const [signal, listener] of listeners) source.on(signal, listener);
  return () => {
    // The second message of the same terminal must not end a process that is saving.
    const done = listeners.filter(([signal]) => !(signal === "SIGHUP" && hungUp));
    for (const [signal, listener] of done) source.off(signal, listener);
  };
}
