// The messages of ONNX that are written and read here: the numbers of their fields, and those of types, from the published schema
// (https://github.com/onnx/onnx, onnx.proto3, IR 10).

export const MODEL = {
  irVersion: 1,
  producerName: 2,
  producerVersion: 3,
  doc: 6,
  graph: 7,
  opset: 8,
  metadata: 14,
} as const;

export const OPSET = { domain: 1, version: 2 } as const;

/** Of metadata, and of what says where data outside of the file is. */
export const ENTRY = { key: 1, value: 2 } as const;

export const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;

export const NODE = { input: 1, output: 2, name: 3, op: 4, attribute: 5, domain: 7 } as const;

export const ATTRIBUTE = {
  name: 1,
  float: 2,
  int: 3,
  string: 4,
  tensor: 5,
  floats: 7,
  ints: 8,
  strings: 9,
  type: 20,
} as const;

export const TENSOR = {
  dims: 1,
  type: 2,
  floats: 4,
  ints32: 5,
  strings: 6,
  ints64: 7,
  name: 8,
  raw: 9,
  doubles: 10,
  uints64: 11,
  external: 13,
  location: 14,
} as const;

export const VALUE = { name: 1, type: 2, doc: 3 } as const;

/** Of values that are tensors, which all are but for maps and sequences. */
export const TYPE = { tensor: 1 } as const;
export const TENSOR_TYPE = { element: 1, shape: 2 } as const;
export const SHAPE = { dim: 1 } as const;
export const DIM = { value: 1, name: 2 } as const;

/** https://onnx.ai/onnx/api/mapping.html */
export const ELEMENT_TYPES = {
  float: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  double: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
} as const;
export type ElementType = keyof typeof ELEMENT_TYPES;

export const ATTRIBUTE_TYPES = { float: 1, int: 2, string: 3, floats: 6, ints: 7, strings: 8 } as const;
