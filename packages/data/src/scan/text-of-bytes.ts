// Bytes as text, one value at a time.

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export function textOfBytes(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** Whether there is nothing but blanks of any kind. */
export function isBlankText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte > 127) return textOfBytes(bytes, start, end).trim() === "";
    if (byte !== 32 && (byte < 9 || byte > 13)) return false;
  }
  return true;
}
