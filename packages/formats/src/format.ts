// What a format is: one that writes a model as files, and says what it cannot write. Bytes come out; who puts them anywhere is
// the caller.

import type { PortableModel } from "./model/portable-model.ts";
import type { DialectName } from "./sql/dialect-names.ts";

export interface FormatFile {
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** What of a model stands in the way of a format, or what stands in the way of writing it. What helps against it goes by this. */
export type Refused =
  | "column"
  | "input"
  | "window"
  /** As a whole: what it takes. */
  | "network"
  | "layer"
  /** Of no layer. */
  | "operation"
  /** Of numbers, in the precision that was asked for. */
  | "function"
  | "members"
  | "passes"
  | "loss"
  | "prediction"
  | "spread"
  | "threshold"
  | "target"
  /** What would be written is more than its reader takes. */
  | "size"
  /** What writes it is not installed. */
  | "library";

/** What a model has that the format does not carry. */
export interface Refusal {
  readonly of: Refused;
  /** As a sentence begins: "Column `note`", "Layer `members_1`". */
  readonly what: string;
  /** As it goes on: "is encoded by `bag_of_words`, which no step of the format computes". */
  readonly why: string;
}

export type Written =
  | { readonly files: readonly FormatFile[] }
  /** All that stands in the way, and no file. */
  | { readonly refused: readonly Refusal[] };

/** What can be asked of a format; each says which of it it takes. */
export interface FormatOptions {
  /** One matrix that is scaled and coded already goes in, in place of the columns of a table. */
  readonly rawInput?: boolean;
  /** Numbers of the network in 32 bits, as Netwright has them, or in 64. Default: `float`. */
  readonly precision?: "float" | "double";
  /** The database that a query is for. */
  readonly dialect?: DialectName;
  /** Rows that each function of `stablehlo` takes, by default the batch of training; that a workbook has to fill in, by default 1,000. */
  readonly rows?: number;
}

export type WriteFormat = (model: PortableModel, options: FormatOptions) => Written | Promise<Written>;

export interface Format {
  /** What is written, in a sentence for `--help` and for lists. */
  readonly about: string;
  /** The files, with NAME for that of the model. */
  readonly files: readonly string[];
  /** Where it is described, from the docs on. */
  readonly page: string;
  readonly options: readonly (keyof FormatOptions)[];
  /** What reads it: what `npm run judges` has it judged by; null where nothing does. */
  readonly judge: string | null;
  /** The writer, loaded when it is used. */
  readonly load: () => Promise<WriteFormat>;
}

export function textFile(name: string, text: string): FormatFile {
  return { name, content: new TextEncoder().encode(text) };
}
