// Text that can be written back without loss: bytes that are no UTF-8 are not quietly replaced.

import { readFileSync } from "node:fs";

const REPLACEMENT = "\ufffd";

/** Whether `text`, read from the file, is what the file holds. */
export function isExactly(file: string, text: string): boolean {
  return !text.includes(REPLACEMENT) || Buffer.from(text, "utf8").equals(readFileSync(file));
}

export async function readBytes(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** With its byte order mark, if it has one; null when it is no UTF-8. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
