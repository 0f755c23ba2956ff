// Files of models that no reader takes, though the program that wrote them writes a format that is read: how to have it.

import { readerOf } from "./table.ts";

export interface NotRead {
  /** Sentences: what the file is, and what to do. */
  readonly says: string;
  /** Whether it can be nothing else; others give their files the ending, too. */
  readonly isCertain: boolean;
}

interface Kind {
  /** Of names of files, in small letters. */
  readonly endings: readonly string[];
  /** Those that files of formats that are read have as well: what a file begins with goes before. */
  readonly shared: readonly string[];
  /** What comes behind "it is". */
  readonly what: string;
  readonly remedy: string;
}

const TORCH: Kind = {
  endings: [".pt", ".pth"],
  shared: [".ckpt"],
  what: "a file of PyTorch, whose network is code of Python",
  remedy:
    'Write the network as ONNX, `torch.onnx.export(model, (x,), "model.onnx")`, or its tensors for a `.net` file, `safetensors.torch.save_file(model.state_dict(), "model.safetensors")`.',
};

const PICKLE: Kind = {
  endings: [".pkl", ".pickle", ".joblib"],
  shared: [],
  what: "a pickle, which runs code of Python when it is opened",
  remedy: "Write the model as ONNX: of scikit-learn with `skl2onnx.to_onnx(model, X[:1])`.",
};

const TENSORFLOW: Kind = {
  endings: [".tflite"],
  shared: [".pb"],
  what: "a graph of TensorFlow, which has operations and no layers",
  remedy: 'Save the model of Keras that it was made of, `model.save("model.keras")`.',
};

const TABLE: Kind = {
  endings: [".csv", ".tsv", ".xlsx", ".ods", ".parquet", ".feather", ".arrow"],
  shared: [],
  what: "a table and no model",
  remedy: "`netwright init` writes a first `.net` file for it.",
};

const KINDS = [TORCH, PICKLE, TENSORFLOW, TABLE];

/** What the file is or most likely is; null for all others. */
export function notRead(file: string, bytes: Uint8Array): NotRead | null {
  const name = file.toLowerCase();
  const named = (list: "endings" | "shared") =>
    KINDS.find((kind) => kind[list].some((ending) => name.endsWith(ending)));
  const known = named("endings") ?? bySign(name, bytes);
  if (known !== undefined) return { says: `It is ${known.what}. ${known.remedy}`, isCertain: true };
  const likely = readerOf(file, bytes) === null ? named("shared") : undefined;
  return likely === undefined
    ? null
    : { says: `Most likely it is ${likely.what}. ${likely.remedy}`, isCertain: false };
}

function bySign(name: string, bytes: Uint8Array): Kind | undefined {
  // The first file in the zip of `torch.save`, below a folder of any name.
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 300));
  if (start.startsWith("PK\u0003\u0004") && start.includes("/data.pkl")) return TORCH;
  // The version of a SavedModel is 1; ONNX begins in the same way, with a larger one since its first release.
  return name.endsWith(".pb") && bytes[0] === 8 && bytes[1] === 1 ? TENSORFLOW : undefined;
}
