// The bytes of a function's body, in which some addresses are still open: the same code serves several functions that
// differ in nothing but where their arrays lie. An open address is given as a number that no address can be; there is
// room for the longest in the bytes, so that nothing has to move when the body goes into a module.

import type { ByteWriter } from "./byte-writer.ts";

/** Far beyond 32 bits, so nothing else that is written is taken for one; numbers up to 2^53 are exact. */
const SYMBOL = 2 ** 40;
/** The least number that stands for an address. */
export const FIRST_OPEN = SYMBOL;

export interface OpenAddress {
  /** Where its room begins, in bytes behind the header. */
  readonly at: number;
  /** Of an i32.const; the offset of a load or store is unsigned. */
  readonly signed: boolean;
  readonly symbol: number;
  readonly addend: number;
  /** Index of the local to which it is added, where code that is repeated moves it. */
  readonly along: number | undefined;
}

export interface FunctionBody {
  readonly bytes: Uint8Array;
  /** How many of them come before the code, and declare its locals. */
  readonly header: number;
  /** In order of place. */
  readonly open: readonly OpenAddress[];
}

/** Stands for an address, from symbol 0 on; constants may be added. */
export function openAddress(symbol: number): number {
  return (symbol + 1) * SYMBOL;
}

/** What a number from `FIRST_OPEN` on means, where its room begins at `at`. */
export function openAddressOf(value: number, at: number, signed: boolean, along?: number): OpenAddress {
  const symbol = Math.floor(value / SYMBOL) - 1;
  return { at, signed, symbol, addend: value - openAddress(symbol), along };
}

/**
 * Appends the body with its length. `addresses`: of the symbols, in order; undefined for those that the code does not have.
 *
 * @throws Error where it has one
 */
export function writeBody(
  writer: ByteWriter,
  { bytes, header, open }: FunctionBody,
  addresses: readonly (number | undefined)[],
): void {
  writer.u32(bytes.length);
  const start = writer.length + header;
  writer.bytes(bytes);
  open.forEach(({ at, signed, symbol, addend }) => {
    const address = addresses[symbol];
    if (address === undefined) throw new Error(`there is no address for symbol ${symbol}`);
    writer.putNumber(start + at, address + addend, signed);
  });
}
