// Every format of other tools that is read, by name. One more is a folder, a row here, a section of docs/import.md and a judge.

import type { ReadForeign } from "./foreign-model.ts";

export interface Reader {
  /** In messages: "Keras". */
  readonly title: string;
  /** Of names of files, in small letters. */
  readonly endings: readonly string[];
  /** Whether a file of any name begins like one. */
  readonly begins: (bytes: Uint8Array) => boolean;
  /** The names of the files beside it that belong to it; null where it stands alone. */
  readonly beside: ((bytes: Uint8Array) => Promise<readonly string[]>) | null;
  /** The reader, loaded when it is used. */
  readonly load: () => Promise<ReadForeign>;
}

export const readers = {
  keras: {
    title: "Keras",
    endings: [".keras", ".h5", ".hdf5"],
    begins: (bytes) => startsWith(bytes, [0x50, 0x4b, 3, 4]) || startsWith(bytes, [0x89, 0x48, 0x44, 0x46]),
    beside: null,
    load: async () => (await import("./keras/read.ts")).readKeras,
  },
  tfjs: {
    title: "TensorFlow.js",
    endings: [".json"],
    begins: (bytes) => startsWith(bytes, [0x7b]),
    beside: async (bytes) => (await import("./tfjs/manifest.ts")).weightFiles(bytes),
    load: async () => (await import("./tfjs/read.ts")).readTfjs,
  },
  onnx: {
    title: "ONNX",
    endings: [".onnx"],
    // The version of the format, which is the first field that everyone writes.
    begins: (bytes) => startsWith(bytes, [0x08]),
    beside: async (bytes) => (await import("./onnx/outside.ts")).outsideFiles(bytes),
    load: async () => (await import("./onnx/read.ts")).readOnnx,
  },
  safetensors: {
    title: "safetensors",
    endings: [".safetensors"],
    // The header, which is JSON, behind its length.
    begins: (bytes) => bytes[8] === 0x7b,
    beside: null,
    load: async () => (await import("./safetensors/read.ts")).readSafetensorsModel,
  },
} as const satisfies Readonly<Record<string, Reader>>;

export type ReaderName = keyof typeof readers;

function startsWith(bytes: Uint8Array, sign: readonly number[]): boolean {
  return sign.every((byte, i) => bytes[i] === byte);
}

/** The format of a file, by the ending of its name, or else by how it begins; null for what nothing reads. */
export function readerOf(file: string, bytes: Uint8Array): ReaderName | null {
  const name = file.toLowerCase();
  const known = Object.entries(readers) as readonly (readonly [ReaderName, Reader])[];
  const named = known.find(([, { endings }]) => endings.some((ending) => name.endsWith(ending)));
  return (named ?? known.find(([, { begins }]) => begins(bytes)))?.[0] ?? null;
}
