// What a new thing needs, as data: files of its own, and lines in tables that stand. Whoever writes them decides where.

export type Edit =
  | { readonly kind: "create"; readonly path: string; readonly text: string }
  /** A name in `const NAME = byName([...])` or another list, and its import. */
  | {
      readonly kind: "list";
      readonly path: string;
      readonly list: string;
      readonly item: string;
      readonly from: string;
    }
  /** A row before the end of the object that begins with `object`, and what it imports. */
  | {
      readonly kind: "row";
      readonly path: string;
      readonly object: string;
      readonly row: string;
      readonly imports?: string;
    };

export interface Scaffold {
  readonly edits: readonly Edit[];
  /** What a person does next, in order. */
  readonly next: readonly string[];
}

/** The spellings of a name such as `batch_norm`. */
export interface Names {
  /** `batch_norm` */
  readonly name: string;
  /** `batchNorm` */
  readonly camel: string;
  /** `batch-norm` */
  readonly file: string;
}

const NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/** Undefined for what is no name of the language. */
export function namesOf(name: string): Names | undefined {
  if (!NAME.test(name)) return undefined;
  return {
    name,
    camel: name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    file: name.replaceAll("_", "-"),
  };
}
