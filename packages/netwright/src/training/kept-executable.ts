// The executable of one training for the next: those of a study often differ in their seeds and rows alone, and compiling
// takes longer than a small training. A training draws all of its state anew, so it does not matter what was there.

import type { Backend, Executable } from "@netwright/runtime";

/** What an executable was made of. */
export interface MadeOf {
  /** Of the program. */
  readonly ir: string;
  readonly backend: Backend;
  readonly threads: number | undefined;
}

/** Holds one, the last; it belongs to whoever has taken it until it is put back. */
export interface KeptExecutable {
  /** Null where there is none of the same. */
  readonly take: (wanted: MadeOf) => Executable | null;
  readonly put: (made: MadeOf, executable: Executable) => void;
  readonly dispose: () => void;
}

export function keptExecutable(): KeptExecutable {
  let kept: { readonly made: MadeOf; readonly executable: Executable } | null = null;
  const dispose = () => {
    kept?.executable.dispose();
    kept = null;
  };
  return {
    take: ({ ir, backend, threads }) => {
      const made = kept?.made;
      const isSame = made?.ir === ir && made.backend === backend && made.threads === threads;
      if (kept === null || !isSame) {
        // There may be memory for one alone.
        dispose();
        return null;
      }
      const { executable } = kept;
      kept = null;
      return executable;
    },
    put: (made, executable) => {
      dispose();
      kept = { made, executable };
    },
    dispose,
  };
}
