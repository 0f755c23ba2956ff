// The messages of ONNX that are written here, with the numbers of their fields, from the published schema
// (https://github.com/onnx/onnx, onnx.proto3, IR 10). A message is a plain object; `encodeMessage` makes bytes of it.

import { BinaryWriter } from "@bufbuild/protobuf/wire";

/** https://onnx.ai/onnx/api/mapping.html; the types that occur. */
export const DATA_TYPES = { float: 1, int64: 7, string: 8, bool: 9, double: 11 } as const;
export type DataType = keyof typeof DATA_TYPES;

const ATTRIBUTE_TYPES = { float: 1, int: 2, string: 3, floats: 6, ints: 7, strings: 8 } as const;

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
  int(writer, 1, irVersion);
  text(writer, 2, producer.name);
  text(writer, 3, producer.version);
  text(writer, 6, doc);
  message(writer, 7, (inner) => writeGraph(inner, graph));
  message(writer, 8, (inner) => {
    text(inner, 1, "");
    int(inner, 2, opset);
  });
  for (const [key, value] of Object.entries(metadata))
    message(writer, 14, (inner) => {
      text(inner, 1, key);
      text(inner, 2, value);
    });
  return Uint8Array.from(writer.finish());
}

function writeGraph(writer: BinaryWriter, { name, nodes, initializers, inputs, outputs }: OnnxGraph): void {
  for (const node of nodes) message(writer, 1, (inner) => writeNode(inner, node));
  text(writer, 2, name);
  for (const tensor of initializers) message(writer, 5, (inner) => writeTensor(inner, tensor));
  for (const value of inputs) message(writer, 11, (inner) => writeValue(inner, value));
  for (const value of outputs) message(writer, 12, (inner) => writeValue(inner, value));
}

function writeNode(writer: BinaryWriter, { name, op, inputs, outputs, attributes }: OnnxNode): void {
  // An input that is left out is an empty name.
  for (const input of inputs) writer.tag(1, LENGTH).string(input);
  for (const output of outputs) writer.tag(2, LENGTH).string(output);
  text(writer, 3, name);
  text(writer, 4, op);
  for (const [key, attribute] of attributes)
    message(writer, 5, (inner) => {
      text(inner, 1, key);
      writeAttribute(inner, attribute);
    });
}

function writeAttribute(writer: BinaryWriter, attribute: Attribute): void {
  switch (attribute.kind) {
    case "float":
      writer.tag(2, FIXED32).float(attribute.value);
      break;
    case "int":
      writer.tag(3, VARINT).int64(attribute.value);
      break;
    case "string":
      writer.tag(4, LENGTH).string(attribute.value);
      break;
    case "floats":
      for (const value of attribute.value) writer.tag(7, FIXED32).float(value);
      break;
    case "ints":
      for (const value of attribute.value) writer.tag(8, VARINT).int64(value);
      break;
    case "strings":
      for (const value of attribute.value) writer.tag(9, LENGTH).string(value);
      break;
  }
  int(writer, 20, ATTRIBUTE_TYPES[attribute.kind]);
}

function writeTensor(writer: BinaryWriter, { name, shape, data }: OnnxTensor): void {
  for (const size of shape) writer.tag(1, VARINT).int64(size);
  int(writer, 2, DATA_TYPES[data.type]);
  if (data.type === "string") for (const value of data.values) writer.tag(6, LENGTH).string(value);
  text(writer, 8, name);
  if (data.type !== "string") writer.tag(9, LENGTH).bytes(rawBytes(data));
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
  text(writer, 1, name);
  message(writer, 2, (outer) =>
    message(outer, 1, (tensor) => {
      int(tensor, 1, DATA_TYPES[type]);
      message(tensor, 2, (sizes) => {
        for (const size of shape)
          message(sizes, 1, (inner) => {
            if (typeof size === "number") inner.tag(1, VARINT).int64(size);
            else text(inner, 2, size);
          });
      });
    }),
  );
  if (doc !== "") text(writer, 3, doc);
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
