// Everything a command has of the outside world but files. `process-io.ts` makes it of the process; tests make
// their own.

export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
};

export interface Io {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Read to its end when `-` is given for an input file. */
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the process began. */
  readonly now: () => number;
  /** Calls the handler on an interrupt (Ctrl-C), a request to terminate or a closed terminal; gives the function that ends that. */
  readonly onInterrupt: (handler: () => void) => () => void;
  /** Ends the process at once. */
  readonly quit: (code: number) => void;
  /** Where else a run may be saved, when it cannot be where it was to be. */
  readonly folders: { readonly home: string; readonly temporary: string };
  /** Absent where there are none. */
  readonly workers?: Workers;
  /** How this command is called, for commands that a person may copy: `netwright`, `npx netwright`. */
  readonly command: string;
  /** For the run record: `{ node: "20.19.0" }`. */
  readonly platform: Readonly<Record<string, string>>;
}

/** Threads of this process's own. */
export interface Workers {
  /** The program that they run: that of this process. */
  readonly script: string;
  /** Seconds of work that have to wait for one to be worth its start. */
  readonly worth: number;
}
