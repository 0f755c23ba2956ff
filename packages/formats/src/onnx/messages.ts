// The messages of ONNX that are written here. A message is a plain object; `encodeModel` makes bytes of it.

import { BinaryWriter } from "@bufbuild/protobuf/wire";
import {
  ATTRIBUTE,
  ATTRIBUTE_TYPES,
  DIM,
  ELEMENT_TYPES,
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
} from "./fields.ts";

/** The types that are written. */
export type DataType = "float" | "int64" | "string" | "bool" | "double";

export type Attribute =
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "floats"; readonly value: readonly number[] }
  | { readonly kind: "ints"; readonly value: readonly number[] }
  | { readonly kind: "strings"; readonly value: readonly string[] };

export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** Row-major. */
export type OnnxData =
  | { readonly type: "float"; readonly values: Float32Array }
  | { readonly type: "double"; readonly values: Float64Array }
  | { readonly type: "int64"; readonly values: readonly number[] }
  | { readonly type: "bool"; readonly values: readonly boolean[] }
  | { readonly type: "string"; readonly values: readonly string[] };

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: OnnxData;
}

export interface OnnxValue {
  readonly name: string;
  readonly type: DataType;
  /** A text is a size that is not known. */
  readonly shape: readonly (number | string)[];
  readonly doc: string;
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxModel {
  readonly irVersion: number;
  readonly opset: number;
  readonly producer: { readonly name: string; readonly version: string };
  readonly doc: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly graph: OnnxGraph;
}

export function encodeModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const { irVersion, opset, producer, doc, metadata, graph } = model;
  const writer = new BinaryWriter();
  int(writer, MODEL.irVersion, irVersion);
  text(writer, MODEL.producerName, producer.name);
  text(writer, MODEL.producerVersion, producer.version);
  text(writer, MODEL.doc, doc);
  message(writer, MODEL.graph, (inner) => writeGraph(inner, graph));
  message(writer, MODEL.opset, (inner) => {
    text(inner, OPSET.domain, "");
    int(inner, OPSET.version, opset);
  });
  for (const [key, value] of Object.entries(metadata))
    message(writer, MODEL.metadata, (inner) => {
      text(inner, ENTRY.key, key);
      text(inner, ENTRY.value, value);
    });
  return Uint8Array.from(writer.finish());
}

function writeGraph(writer: BinaryWriter, { name, nodes, initializers, inputs, outputs }: OnnxGraph): void {
  for (const node of nodes) message(writer, GRAPH.node, (inner) => writeNode(inner, node));
  text(writer, GRAPH.name, name);
  for (const tensor of initializers)
    message(writer, GRAPH.initializer, (inner) => writeTensor(inner, tensor));
  for (const value of inputs) message(writer, GRAPH.input, (inner) => writeValue(inner, value));
  for (const value of outputs) message(writer, GRAPH.output, (inner) => writeValue(inner, value));
}

function writeNode(writer: BinaryWriter, { name, op, inputs, outputs, attributes }: OnnxNode): void {
  // An input that is left out is an empty name.
  for (const input of inputs) writer.tag(NODE.input, LENGTH).string(input);
  for (const output of outputs) writer.tag(NODE.output, LENGTH).string(output);
  text(writer, NODE.name, name);
  text(writer, NODE.op, op);
  for (const [key, attribute] of attributes)
    message(writer, NODE.attribute, (inner) => {
      text(inner, ATTRIBUTE.name, key);
      writeAttribute(inner, attribute);
    });
}

function writeAttribute(writer: BinaryWriter, attribute: Attribute): void {
  switch (attribute.kind) {
    case "float":
      writer.tag(ATTRIBUTE.float, FIXED32).float(attribute.value);
      break;
    case "int":
      writer.tag(ATTRIBUTE.int, VARINT).int64(attribute.value);
      break;
    case "string":
      writer.tag(ATTRIBUTE.string, LENGTH).string(attribute.value);
      break;
    case "floats":
      for (const value of attribute.value) writer.tag(ATTRIBUTE.floats, FIXED32).float(value);
      break;
    case "ints":
      for (const value of attribute.value) writer.tag(ATTRIBUTE.ints, VARINT).int64(value);
      break;
    case "strings":
      for (const value of attribute.value) writer.tag(ATTRIBUTE.strings, LENGTH).string(value);
      break;
  }
  int(writer, ATTRIBUTE.type, ATTRIBUTE_TYPES[attribute.kind]);
}

function writeTensor(writer: BinaryWriter, { name, shape, data }: OnnxTensor): void {
  for (const size of shape) writer.tag(TENSOR.dims, VARINT).int64(size);
  int(writer, TENSOR.type, ELEMENT_TYPES[data.type]);
  if (data.type === "string")
    for (const value of data.values) writer.tag(TENSOR.strings, LENGTH).string(value);
  text(writer, TENSOR.name, name);
  if (data.type !== "string") writer.tag(TENSOR.raw, LENGTH).bytes(rawBytes(data));
}

/** Little-endian, as the format wants it on every machine. */
function rawBytes(data: Exclude<OnnxData, { readonly type: "string" }>): Uint8Array {
  const { length } = data.values;
  switch (data.type) {
    case "float":
      return bytesOf(4 * length, (view) => {
        data.values.forEach((value, i) => {
          view.setFloat32(4 * i, value, true);
        });
      });
    case "double":
      return bytesOf(8 * length, (view) => {
        data.values.forEach((value, i) => {
          view.setFloat64(8 * i, value, true);
        });
      });
    case "int64":
      return bytesOf(8 * length, (view) => {
        data.values.forEach((value, i) => {
          view.setBigInt64(8 * i, BigInt(value), true);
        });
      });
    case "bool":
      return Uint8Array.from(data.values, Number);
  }
}

function bytesOf(length: number, fill: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length);
  fill(new DataView(bytes.buffer));
  return bytes;
}

function writeValue(writer: BinaryWriter, { name, type, shape, doc }: OnnxValue): void {
  text(writer, VALUE.name, name);
  message(writer, VALUE.type, (outer) =>
    message(outer, TYPE.tensor, (tensor) => {
      int(tensor, TENSOR_TYPE.element, ELEMENT_TYPES[type]);
      message(tensor, TENSOR_TYPE.shape, (sizes) => {
        for (const size of shape)
          message(sizes, SHAPE.dim, (inner) => {
            if (typeof size === "number") inner.tag(DIM.value, VARINT).int64(size);
            else text(inner, DIM.name, size);
          });
      });
    }),
  );
  if (doc !== "") text(writer, VALUE.doc, doc);
}

const [VARINT, LENGTH, FIXED32] = [0, 2, 5];

function message(writer: BinaryWriter, field: number, write: (inner: BinaryWriter) => void): void {
  writer.tag(field, LENGTH).fork();
  write(writer);
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, LENGTH).string(value);
}

function int(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, VARINT).int64(value);
}
