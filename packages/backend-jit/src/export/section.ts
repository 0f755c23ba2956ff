// A custom section behind the others of a module: engines pass over it, tools and callers read it.

import { ByteWriter } from "../wasm/byte-writer.ts";

const CUSTOM = 0;

export function withSection(module: Uint8Array, name: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const content = new ByteWriter();
  content.name(name);
  content.bytes(payload);
  const writer = new ByteWriter();
  writer.bytes(module);
  writer.byte(CUSTOM);
  writer.sized(content);
  return new Uint8Array(writer.view());
}
