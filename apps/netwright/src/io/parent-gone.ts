// A command that npx has started and whose parent is gone. npm passes SIGTERM on to the shell between itself and the command,
// and the shell ends without a word to the command, which nobody would then ask to stop.

/** The part of `process` that is needed. */
export interface Child {
  /** Of the parent, or of who takes in a process without one. */
  readonly ppid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const EVERY_MS = 500;

/**
 * Calls the handler once, when the parent is another one than `parent`; gives the function that ends that. A script of npm may
 * leave a command behind on purpose, so only npx is looked at.
 */
export function onParentGone(child: Child, parent: number, handler: () => void): () => void {
  if (child.env["npm_command"] !== "exec") return () => {};
  const timer = setInterval(() => {
    if (child.ppid === parent) return;
    clearInterval(timer);
    handler();
  }, EVERY_MS);
  // A command that has nothing else to do ends.
  timer.unref();
  return () => clearInterval(timer);
}
