// Protocol buffers as they are read: fields by number, without knowing their names. What a newer compiler adds is passed over.

export interface Field {
  readonly number: number;
  /** A number, or the bytes of a text, of a message or of packed numbers. */
  readonly value: number | Uint8Array;
}

const VARINT = 0;
const EIGHT_BYTES = 1;
const COUNTED = 2;
const FOUR_BYTES = 5;

/** @throws RangeError where the bytes are none */
export function fieldsOf(bytes: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = varintAt(bytes, at);
    const [number, kind] = [Math.floor(tag.value / 8), tag.value % 8];
    at = tag.next;
    if (kind === VARINT) {
      const { value, next } = varintAt(bytes, at);
      fields.push({ number, value });
      at = next;
      continue;
    }
    const size = kind === COUNTED ? varintAt(bytes, at) : { value: sizeOf(kind), next: at };
    at = size.next + size.value;
    if (at > bytes.length) throw new RangeError("a field is longer than its message");
    fields.push({ number, value: bytes.subarray(size.next, at) });
  }
  return fields;
}

/** Whole numbers of a repeated field, packed or one by one. */
export function numbersIn(fields: readonly Field[], number: number): readonly number[] {
  return fields.flatMap((field) => (field.number === number ? unpacked(field.value) : []));
}

/** The last one, as a whole number; 0 where there is none, as in all protocol buffers. */
export function numberIn(fields: readonly Field[], number: number): number {
  return numbersIn(fields, number).at(-1) ?? 0;
}

export function messagesIn(fields: readonly Field[], number: number): readonly (readonly Field[])[] {
  return bytesIn(fields, number).map(fieldsOf);
}

/** The last one; without fields where there is none. */
export function messageIn(fields: readonly Field[], number: number): readonly Field[] {
  return messagesIn(fields, number).at(-1) ?? [];
}

export function textIn(fields: readonly Field[], number: number): string {
  const bytes = bytesIn(fields, number).at(-1);
  return bytes === undefined ? "" : new TextDecoder().decode(bytes);
}

function bytesIn(fields: readonly Field[], number: number): readonly Uint8Array[] {
  return fields.flatMap((field) =>
    field.number === number && typeof field.value !== "number" ? [field.value] : [],
  );
}

function unpacked(value: number | Uint8Array): readonly number[] {
  if (typeof value === "number") return [value];
  const numbers: number[] = [];
  for (let at = 0; at < value.length; ) {
    const { value: each, next } = varintAt(value, at);
    numbers.push(each);
    at = next;
  }
  return numbers;
}

function sizeOf(kind: number): number {
  if (kind === EIGHT_BYTES) return 8;
  if (kind === FOUR_BYTES) return 4;
  throw new RangeError(`there are no fields of kind ${kind}`);
}

/** Exact below 2^53, which is more than anything that is counted here. */
function varintAt(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let [value, scale, at] = [0, 1, start];
  for (; ; scale *= 128) {
    const byte = bytes[at++];
    if (byte === undefined) throw new RangeError("a number ends with its message");
    value += (byte & 127) * scale;
    if (byte < 128) return { value, next: at };
  }
}
