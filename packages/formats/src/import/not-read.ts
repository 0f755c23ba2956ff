// Files of models that no reader takes, though the program that wrote them writes a format that is read: how to have it.

interface Kind {
  /** Of names of files, in small letters. */
  readonly endings: readonly string[];
  /** Sentences: what the file is, and what to do. */
  readonly says: string;
}

const TORCH: Kind = {
  endings: [".pt", ".pth", ".ckpt"],
  says: 'It is a file of PyTorch, whose network is code of Python. Write the network as ONNX, `torch.onnx.export(model, (x,), "model.onnx")`, or its tensors for a `.net` file, `safetensors.torch.save_file(model.state_dict(), "model.safetensors")`.',
};

const PICKLE: Kind = {
  endings: [".pkl", ".pickle", ".joblib"],
  says: "It is a pickle, which runs code of Python when it is opened. Write the model as ONNX: of scikit-learn with `skl2onnx.to_onnx(model, X[:1])`.",
};

const TENSORFLOW: Kind = {
  endings: [".pb", ".tflite"],
  says: 'It is a graph of TensorFlow, which has operations and no layers. Save the model of Keras that it was made of, `model.save("model.keras")`.',
};

const TABLE: Kind = {
  endings: [".csv", ".tsv", ".xlsx", ".ods", ".parquet", ".feather", ".arrow"],
  says: "It is a table and no model: `netwright init` writes a first `.net` file for it.",
};

/** What the file evidently is; null for all others. */
export function notRead(file: string, bytes: Uint8Array): string | null {
  const name = file.toLowerCase();
  const named = [TORCH, PICKLE, TENSORFLOW, TABLE].find(({ endings }) =>
    endings.some((ending) => name.endsWith(ending)),
  );
  // The first file in the zip of `torch.save`, below a folder of any name.
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 300));
  const isOfTorch = start.startsWith("PK\u0003\u0004") && start.includes("/data.pkl");
  return (named ?? (isOfTorch ? TORCH : undefined))?.says ?? null;
}
