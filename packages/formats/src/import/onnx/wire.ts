// Fields of a message on the wire.

import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { ENTRY } from "../../onnx/fields.ts";

type Read = (reader: BinaryReader, wire: WireType) => void;
type Fields = Readonly<Record<number, Read>>;

/** All fields of a message; those that are not asked for are passed over. */
export function through(reader: BinaryReader, fields: Fields): void {
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const read = fields[field];
    if (read === undefined) reader.skip(wire, field);
    else read(reader, wire);
  }
}

export function inside(reader: BinaryReader, fields: Fields): void {
  through(new BinaryReader(reader.bytes()), fields);
}

export function whole(reader: BinaryReader): number {
  return Number(reader.int64());
}

/** A repeated number, each by itself or all of them packed. */
export function several(into: number[], one: (reader: BinaryReader) => number): Read {
  return (reader, wire) => {
    if (wire !== WireType.LengthDelimited) {
      into.push(one(reader));
      return;
    }
    const packed = new BinaryReader(reader.bytes());
    while (packed.pos < packed.len) into.push(one(packed));
  };
}

export function entryIn(reader: BinaryReader): readonly [string, string] {
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
