// The operations of `Lanes` emitted as WebAssembly SIMD: a formula becomes a function of memory addresses
// that handles four f32 at a time. A small emitter of its own, so that the formulas are tried on the
// instructions they promise to be, here and without any backend.

import type { Lanes } from "@netwright/ir/numerics";

/** The part of the host's WebAssembly that is used here. */
declare const WebAssembly: {
  readonly Memory: new (descriptor: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
};

/** The local variable that holds a v128. */
interface Local {
  readonly index: number;
}

type Formula<Arguments extends readonly Local[]> = (
  lanes: Lanes<Local, Local, Local>,
  ...inputs: Arguments
) => Local;

const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const I32_CONST = 0x41;
const SIMD = 0xfd;
const I32 = 0x7f;
const V128 = 0x7b;

/** Unsigned LEB128. */
function leb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const more = rest > 0x7f;
    bytes.push((rest & 0x7f) | (more ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return bytes;
}

function simd(opcode: number): number[] {
  return [SIMD, ...leb(opcode)];
}

/** Lanes that append instructions to `code`; every result goes to a new local. */
function emittingLanes(
  code: number[],
  firstLocal: number,
): { lanes: Lanes<Local, Local, Local>; count(): number } {
  let next = firstLocal;
  const store = (): Local => {
    const local = { index: next };
    next += 1;
    code.push(LOCAL_SET, ...leb(local.index));
    return local;
  };
  const operation =
    (opcode: number) =>
    (...inputs: Local[]): Local => {
      for (const { index } of inputs) code.push(LOCAL_GET, ...leb(index));
      code.push(...simd(opcode));
      return store();
    };
  const shift = (opcode: number) => (a: Local, count: number) => {
    code.push(LOCAL_GET, ...leb(a.index), I32_CONST, ...leb(count), ...simd(opcode));
    return store();
  };
  const constant = (words: Float32Array | Int32Array): Local => {
    code.push(...simd(0x0c), ...new Uint8Array(words.buffer));
    return store();
  };
  const lanes: Lanes<Local, Local, Local> = {
    f32: (value) => constant(new Float32Array(4).fill(value)),
    i32: (value) => constant(new Int32Array(4).fill(value)),
    add: operation(0xe4),
    subtract: operation(0xe5),
    multiply: operation(0xe6),
    divide: operation(0xe7),
    sqrt: operation(0xe3),
    abs: operation(0xe0),
    negate: operation(0xe1),
    floor: operation(0x68),
    min: operation(0xea),
    max: operation(0xeb),
    less: operation(0x43),
    equal: operation(0x41),
    and: operation(0x4e),
    or: operation(0x50),
    not: operation(0x4d),
    select: (condition, yes, no) => operation(0x52)(yes, no, condition),
    toBits: (a) => a,
    fromBits: (a) => a,
    toF32: operation(0xfa),
    addI32: operation(0xae),
    subtractI32: operation(0xb1),
    multiplyI32: operation(0xb5),
    andI32: operation(0x4e),
    orI32: operation(0x50),
    shiftLeft: shift(0xab),
    shiftRight: shift(0xac),
  };
  return { lanes, count: () => next - firstLocal };
}

function section(id: number, content: number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

/** The module: imports memory "m" "m", exports "f", whose parameters are the inputs' addresses and the result's. */
function moduleBytes(formula: Formula<Local[]>, inputCount: number): Uint8Array {
  const parameters = inputCount + 1;
  const code: number[] = [];
  const emitting = emittingLanes(code, parameters + inputCount);
  const inputs = Array.from({ length: inputCount }, (_, input) => {
    // v128.load, without an offset, aligned to 16 bytes.
    code.push(LOCAL_GET, input, ...simd(0x00), 4, 0, LOCAL_SET, parameters + input);
    return { index: parameters + input };
  });
  const result = formula(emitting.lanes, ...inputs);
  // v128.store
  code.push(LOCAL_GET, inputCount, LOCAL_GET, ...leb(result.index), ...simd(0x0b), 4, 0, 0x0b);

  const body = [1, ...leb(inputCount + emitting.count()), V128, ...code];
  const type = [0x60, parameters, ...new Array<number>(parameters).fill(I32), 0];
  const name = (text: string): number[] => [text.length, text.charCodeAt(0)];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, ...type]),
    ...section(2, [1, ...name("m"), ...name("m"), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name("f"), 0, 0]),
    ...section(10, [1, ...leb(body.length), ...body]),
  ]);
}

/** The formula over arrays of one length, a multiple of four, by WebAssembly SIMD. */
export function runOnWasm(formula: Formula<Local[]>, ...inputs: Float32Array[]): Float32Array {
  const length = inputs[0]?.length ?? 0;
  const bytes = length * 4;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((bytes * (inputs.length + 1)) / 65536) });
  const module = new WebAssembly.Module(moduleBytes(formula, inputs.length));
  const { f } = new WebAssembly.Instance(module, { m: { m: memory } }).exports;
  if (typeof f !== "function") throw new Error("the module exports no function f");
  inputs.forEach((input, index) => {
    new Float32Array(memory.buffer, index * bytes, length).set(input);
  });
  for (let offset = 0; offset < bytes; offset += 16) {
    f(...inputs.map((_, index) => index * bytes + offset), inputs.length * bytes + offset);
  }
  return new Float32Array(memory.buffer, inputs.length * bytes, length);
}
