// What is loaded when it is first needed by code that cannot wait: it throws, and whoever can wait does and begins again.
// So a table of text loads nothing, and all of reading stays a function.

export class NotYetLoaded extends Error {
  readonly load: () => Promise<void>;
  constructor(load: () => Promise<void>) {
    super("a reader is used before it is loaded");
    this.name = "NotYetLoaded";
    this.load = load;
  }
}

/** A function that gives what `load` has brought. @throws NotYetLoaded before */
export function loadedOnUse<T>(load: () => Promise<T>): () => T {
  let loaded: { readonly value: T } | undefined;
  return () => {
    if (loaded !== undefined) return loaded.value;
    throw new NotYetLoaded(async () => {
      loaded = { value: await load() };
    });
  };
}

/** What `use` gives, once all is loaded that it needs. */
export async function whenLoaded<T>(use: () => T): Promise<T> {
  for (;;) {
    try {
      return use();
    } catch (error) {
      if (!(error instanceof NotYetLoaded)) throw error;
      await error.load();
    }
  }
}
