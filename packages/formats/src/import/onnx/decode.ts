// The bytes of an ONNX file as plain objects. Only the wire is read here: what numbers of a tensor mean is `constant.ts`, and what
// nodes mean is further on.

import { BinaryReader } from "@bufbuild/protobuf/wire";
import { ATTRIBUTE, GRAPH, MODEL, NODE, OPSET } from "../../onnx/fields.ts";
import { type FileTensor, type FileValue, tensorIn, valueIn } from "./decode-values.ts";
import { entryIn, inside, several, through, whole } from "./wire.ts";

export interface FileAttribute {
  readonly name: string;
  readonly float: number;
  readonly int: number;
  readonly text: string;
  readonly floats: readonly number[];
  readonly ints: readonly number[];
  readonly texts: readonly string[];
  readonly tensor: FileTensor | null;
}

export interface FileNode {
  readonly name: string;
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, FileAttribute>;
}

export interface FileGraph {
  readonly name: string;
  readonly nodes: readonly FileNode[];
  readonly initializers: readonly FileTensor[];
  readonly inputs: readonly FileValue[];
  readonly outputs: readonly FileValue[];
}

export interface FileModel {
  readonly producer: { readonly name: string; readonly version: string };
  /** Versions of the sets of operations, by their domain; "" is that of ai.onnx. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly graph: FileGraph;
}

/** Whether it is one of the decoder, which has no class of its own: `Error`, or `RangeError` past the end. Any other is a fault of ours. */
export function isDamage(error: unknown): boolean {
  return error instanceof Error && !(error instanceof TypeError || error instanceof ReferenceError);
}

/** @throws Error for bytes that are no message, or one without a graph */
export function decodeModel(bytes: Uint8Array): FileModel {
  let [name, version] = ["", ""];
  const opsets = new Map<string, number>();
  const metadata = new Map<string, string>();
  let graph: FileGraph | null = null;
  through(new BinaryReader(bytes), {
    [MODEL.producerName]: (reader) => {
      name = reader.string();
    },
    [MODEL.producerVersion]: (reader) => {
      version = reader.string();
    },
    [MODEL.graph]: (reader) => {
      graph = graphIn(reader);
    },
    [MODEL.opset]: (reader) => {
      let [domain, own] = ["", 0];
      inside(reader, {
        [OPSET.domain]: (inner) => {
          domain = inner.string();
        },
        [OPSET.version]: (inner) => {
          own = whole(inner);
        },
      });
      opsets.set(domain === "ai.onnx" ? "" : domain, own);
    },
    [MODEL.metadata]: (reader) => {
      metadata.set(...entryIn(reader));
    },
  });
  if (graph === null) throw new Error("no graph");
  return { producer: { name, version }, opsets, metadata, graph };
}

function graphIn(reader: BinaryReader): FileGraph {
  let name = "";
  const nodes: FileNode[] = [];
  const initializers: FileTensor[] = [];
  const inputs: FileValue[] = [];
  const outputs: FileValue[] = [];
  inside(reader, {
    [GRAPH.node]: (inner) => {
      nodes.push(nodeIn(inner));
    },
    [GRAPH.name]: (inner) => {
      name = inner.string();
    },
    [GRAPH.initializer]: (inner) => {
      initializers.push(tensorIn(inner));
    },
    [GRAPH.input]: (inner) => {
      inputs.push(valueIn(inner));
    },
    [GRAPH.output]: (inner) => {
      outputs.push(valueIn(inner));
    },
  });
  return { name, nodes, initializers, inputs, outputs };
}

function nodeIn(reader: BinaryReader): FileNode {
  let [name, op, domain] = ["", "", ""];
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, FileAttribute>();
  inside(reader, {
    [NODE.input]: (inner) => {
      inputs.push(inner.string());
    },
    [NODE.output]: (inner) => {
      outputs.push(inner.string());
    },
    [NODE.name]: (inner) => {
      name = inner.string();
    },
    [NODE.op]: (inner) => {
      op = inner.string();
    },
    [NODE.attribute]: (inner) => {
      const attribute = attributeIn(inner);
      attributes.set(attribute.name, attribute);
    },
    [NODE.domain]: (inner) => {
      domain = inner.string();
    },
  });
  return { name, op, domain: domain === "ai.onnx" ? "" : domain, inputs, outputs, attributes };
}

/** A graph inside of a node, of `If` and `Loop`, is passed over, so that nothing here goes deeper than the schema. */
function attributeIn(reader: BinaryReader): FileAttribute {
  let [name, text, float, int] = ["", "", 0, 0];
  const floats: number[] = [];
  const ints: number[] = [];
  const texts: string[] = [];
  let tensor: FileTensor | null = null;
  inside(reader, {
    [ATTRIBUTE.name]: (inner) => {
      name = inner.string();
    },
    [ATTRIBUTE.float]: (inner) => {
      float = inner.float();
    },
    [ATTRIBUTE.int]: (inner) => {
      int = whole(inner);
    },
    [ATTRIBUTE.string]: (inner) => {
      text = inner.string();
    },
    [ATTRIBUTE.tensor]: (inner) => {
      tensor = tensorIn(inner);
    },
    [ATTRIBUTE.floats]: several(floats, (inner) => inner.float()),
    [ATTRIBUTE.ints]: several(ints, whole),
    [ATTRIBUTE.strings]: (inner) => {
      texts.push(inner.string());
    },
  });
  return { name, float, int, text, floats, ints, texts, tensor };
}
