// The bytes of an ONNX file as plain objects. Only the wire is read here: what numbers of a tensor mean is `constant.ts`, and what
// nodes mean is further on.

import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import {
  ATTRIBUTE,
  DIM,
  ENTRY,
  GRAPH,
  MODEL,
  NODE,
  OPSET,
  SHAPE,
  TENSOR,
  TENSOR_TYPE,
  TYPE,
  VALUE,
} from "../../onnx/fields.ts";

export interface FileTensor {
  readonly name: string;
  /** As stated: not yet held to the numbers that are there. */
  readonly dims: readonly number[];
  /** A number of `ELEMENT_TYPES`. */
  readonly type: number;
  readonly raw: Uint8Array | null;
  /** Of typed fields, whichever of them has any. */
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
  /** By their keys (`location`, `offset`, `length`); null where the data is in the file itself. */
  readonly external: ReadonlyMap<string, string> | null;
}

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

export interface FileValue {
  readonly name: string;
  /** A number of `ELEMENT_TYPES`; 0 of what is no tensor. */
  readonly type: number;
  /** A text is a size that is not stated; null where no sizes are. */
  readonly shape: readonly (number | string)[] | null;
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

type Read = (reader: BinaryReader, wire: WireType) => void;
type Fields = Readonly<Record<number, Read>>;

/** All fields of a message; those that are not asked for are passed over. */
function through(reader: BinaryReader, fields: Fields): void {
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const read = fields[field];
    if (read === undefined) reader.skip(wire, field);
    else read(reader, wire);
  }
}

function inside(reader: BinaryReader, fields: Fields): void {
  through(new BinaryReader(reader.bytes()), fields);
}

function whole(reader: BinaryReader): number {
  return Number(reader.int64());
}

/** A repeated number, each by itself or all of them packed. */
function several(into: number[], one: (reader: BinaryReader) => number): Read {
  return (reader, wire) => {
    if (wire !== WireType.LengthDelimited) {
      into.push(one(reader));
      return;
    }
    const packed = new BinaryReader(reader.bytes());
    while (packed.pos < packed.len) into.push(one(packed));
  };
}

function entryIn(reader: BinaryReader): readonly [string, string] {
  let [key, value] = ["", ""];
  inside(reader, {
    [ENTRY.key]: (inner) => {
      key = inner.string();
    },
    [ENTRY.value]: (inner) => {
      value = inner.string();
    },
  });
  return [key, value];
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

function tensorIn(reader: BinaryReader): FileTensor {
  let [name, type, isOutside] = ["", 0, false];
  let raw: Uint8Array | null = null;
  const dims: number[] = [];
  const numbers: number[] = [];
  const texts: string[] = [];
  const places = new Map<string, string>();
  inside(reader, {
    [TENSOR.dims]: several(dims, whole),
    [TENSOR.type]: (inner) => {
      type = inner.int32();
    },
    [TENSOR.floats]: several(numbers, (inner) => inner.float()),
    [TENSOR.ints32]: several(numbers, (inner) => inner.int32()),
    [TENSOR.strings]: (inner) => {
      texts.push(inner.string());
    },
    [TENSOR.ints64]: several(numbers, whole),
    [TENSOR.name]: (inner) => {
      name = inner.string();
    },
    [TENSOR.raw]: (inner) => {
      raw = inner.bytes();
    },
    [TENSOR.doubles]: several(numbers, (inner) => inner.double()),
    [TENSOR.uints64]: several(numbers, (inner) => Number(inner.uint64())),
    [TENSOR.external]: (inner) => {
      places.set(...entryIn(inner));
    },
    [TENSOR.location]: (inner) => {
      isOutside = inner.int32() === 1;
    },
  });
  return { name, dims, type, raw, numbers, texts, external: isOutside ? places : null };
}

function valueIn(reader: BinaryReader): FileValue {
  let [name, type] = ["", 0];
  let shape: readonly (number | string)[] | null = null;
  inside(reader, {
    [VALUE.name]: (inner) => {
      name = inner.string();
    },
    [VALUE.type]: (outer) => {
      inside(outer, {
        [TYPE.tensor]: (tensor) => {
          inside(tensor, {
            [TENSOR_TYPE.element]: (inner) => {
              type = inner.int32();
            },
            [TENSOR_TYPE.shape]: (inner) => {
              shape = shapeIn(inner);
            },
          });
        },
      });
    },
  });
  return { name, type, shape };
}

function shapeIn(reader: BinaryReader): readonly (number | string)[] {
  const shape: (number | string)[] = [];
  inside(reader, {
    [SHAPE.dim]: (outer) => {
      let size: number | string = "";
      inside(outer, {
        [DIM.value]: (inner) => {
          size = whole(inner);
        },
        [DIM.name]: (inner) => {
          size = inner.string();
        },
      });
      shape.push(size);
    },
  });
  return shape;
}
