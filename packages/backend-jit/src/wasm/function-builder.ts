// Writes the body of one function, instruction by instruction, in WebAssembly's stack order. Every method
// returns the builder, so that a line of code can be a line of WebAssembly:
//   fn.get(a).get(b).op("f32x4.mul").set(c)
// Types are checked as the code is written. Control flow is structured by callbacks.

import { at } from "@netwright/ir";
import { ByteWriter } from "./byte-writer.ts";
import { FIRST_OPEN, type FunctionBody, type OpenAddress, openAddressOf } from "./function-body.ts";
import type { AccessInstruction } from "./instructions/instruction.ts";
import { accessInstructions, laneAccessInstructions } from "./instructions/memory.ts";
import { relaxedInstructions } from "./instructions/relaxed.ts";
import { scalarInstructions } from "./instructions/scalar.ts";
import { laneInstructions, simdInstructions } from "./instructions/simd.ts";
import { OperandStack } from "./operand-stack.ts";
import { type FunctionType, type ValueType, valueTypeCode } from "./value-type.ts";

const plainInstructions = { ...scalarInstructions, ...simdInstructions, ...relaxedInstructions };

export type PlainName = keyof typeof plainInstructions;
export type AccessName = keyof typeof accessInstructions;
export type LaneName = keyof typeof laneInstructions;
export type LaneAccessName = keyof typeof laneAccessInstructions;

export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

/** A place to branch to: the end of a block, the start of a loop. */
export interface Label {
  /** How many frames were open when this one was opened. */
  readonly level: number;
}

/** A function of the module that can be called. */
export interface FunctionRef {
  readonly index: number;
  readonly name: string;
  readonly type: FunctionType;
}

/** A piece of code that `again` can write another time. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** Where the index of the piece's variable stands. */
  readonly uses: readonly number[];
  /** The open addresses in it, as positions in the list of all. */
  readonly open: { readonly from: number; readonly to: number };
}

/** The bytes of the first lane as a word, and what to add to them for the next. */
const LANE_BYTES = 0x03020100;
const EACH_BYTE = 0x04040404;

const none: readonly ValueType[] = [];

/** Its fields are `private` and not `#` for the reason that `OperandStack` has. */
export class FunctionBuilder {
  readonly params: readonly Local[];
  readonly type: FunctionType;
  private readonly code: ByteWriter;
  /** Undefined where the engine alone checks the types. */
  private readonly stack: OperandStack | undefined;
  /** How many frames are open. */
  private depth = 1;
  private readonly declared: ValueType[] = [];
  private readonly released = new Map<ValueType, Local[]>();
  /** Locals that hold a constant from the start of the function on, by its bits. */
  private readonly constants = new Map<number, Local>();
  /** For each open scope, the locals taken in it. */
  private readonly scopes: Local[][] = [];
  private readonly open: OpenAddress[] = [];
  /** The piece that is being written, if it is to be repeated. */
  private variable: Local | undefined;
  private uses: number[] = [];

  /** `code`: an empty writer, free again after `finish`. */
  constructor(name: string, type: FunctionType, code = new ByteWriter(), checked = true) {
    this.type = type;
    this.code = code;
    this.params = type.params.map((param, index) => ({ index, type: param }));
    this.stack = checked ? new OperandStack(name) : undefined;
    this.stack?.enter(type.results, type.results);
  }

  /** A parameter by position. */
  param(position: number): Local {
    const local = this.params[position];
    if (local === undefined) throw new Error(`there is no parameter ${position}`);
    return local;
  }

  /** A local variable, new or released before; a reused one holds an old value, so set it before reading. */
  local(type: ValueType): Local {
    let local = this.released.get(type)?.pop();
    if (local === undefined) {
      local = { index: this.params.length + this.declared.length, type };
      this.declared.push(type);
    }
    this.scopes[this.scopes.length - 1]?.push(local);
    return local;
  }

  locals(type: ValueType, count: number): Local[] {
    const taken: Local[] = [];
    for (let i = 0; i < count; i++) taken.push(this.local(type));
    return taken;
  }

  /** Runs `body`; the locals it has taken may be reused afterwards. */
  scope<T>(body: () => T): T {
    const taken: Local[] = [];
    this.scopes.push(taken);
    const result = body();
    this.scopes.pop();
    for (let i = taken.length - 1; i >= 0; i--) this.release(at(taken, i));
    return result;
  }

  private release(local: Local): void {
    const free = this.released.get(local.type);
    if (free === undefined) this.released.set(local.type, [local]);
    else free.push(local);
  }

  /**
   * A local that has these 32 bits in every lane, set once at the start of the function: engines build a vector
   * constant anew wherever it stands in the code. Not to be changed.
   */
  constantLanes(bits: number): Local {
    const known = this.constants.get(bits);
    if (known !== undefined) return known;
    const local: Local = { index: this.params.length + this.declared.length, type: "v128" };
    this.declared.push("v128");
    this.constants.set(bits, local);
    return local;
  }

  get(local: Local): this {
    this.stack?.push(local.type);
    if (local === this.variable) this.uses.push(this.code.length + 1);
    this.code.byteAndU32(0x20, local.index);
    return this;
  }

  set(local: Local): this {
    this.stack?.pop("local.set", local.type);
    this.code.byteAndU32(0x21, local.index);
    return this;
  }

  tee(local: Local): this {
    this.stack?.pop("local.tee", local.type);
    this.stack?.push(local.type);
    this.code.byteAndU32(0x22, local.index);
    return this;
  }

  /** A constant, which may be an open address. */
  i32(value: number): this {
    this.stack?.push("i32");
    if (value >= FIRST_OPEN) {
      this.code.byte(0x41);
      this.leaveOpen(value, true);
    } else this.code.byteAndS32(0x41, value);
    return this;
  }

  private leaveOpen(value: number, signed: boolean, along?: Local): void {
    this.open.push(openAddressOf(value, this.code.length, signed, along?.index));
    this.code.openNumber();
  }

  private access(name: string, instruction: AccessInstruction, offset: number, along?: Local): void {
    const { code, align, takes, gives } = instruction;
    this.stack?.exchange(name, takes, gives);
    if (offset >= FIRST_OPEN) {
      this.code.instruction(code);
      this.code.byte(align);
      this.leaveOpen(offset, false, along);
    } else this.code.access(code, align, offset);
  }

  /** Writes a piece of code that leaves the stack as it finds it and reads `variable`, to be repeated by `again`. */
  piece(variable: Local, body: () => void): Piece {
    const from = this.code.length;
    const open = this.open.length;
    this.variable = variable;
    this.uses = [];
    body();
    this.variable = undefined;
    return { from, to: this.code.length, uses: this.uses, open: { from: open, to: this.open.length } };
  }

  /** The piece with another variable, and each open address moved by what `moved` says of the local it goes along. */
  again({ from, to, uses, open }: Piece, variable: Local, moved: ReadonlyMap<Local, number>): this {
    const byIndex = new Map<number, number>();
    moved.forEach((bytes, { index }) => {
      byIndex.set(index, bytes);
    });
    let next = open.from;
    let start = from;
    const copyTo = (end: number): void => {
      const shift = this.code.length - start;
      for (; next < open.to; next++) {
        const each = at(this.open, next);
        if (each.at >= end) break;
        const bytes = (each.along === undefined ? undefined : byIndex.get(each.along)) ?? 0;
        this.open.push({ ...each, at: each.at + shift, addend: each.addend + bytes });
      }
      this.code.again(start, end);
    };
    for (const use of uses) {
      copyTo(use);
      this.code.u32(variable.index);
      start = use + this.code.lengthAt(use);
    }
    copyTo(to);
    return this;
  }

  i64(value: bigint): this {
    this.stack?.push("i64");
    this.code.byte(0x42);
    this.code.s64(value);
    return this;
  }

  f32(value: number): this {
    this.stack?.push("f32");
    this.code.byte(0x43);
    this.code.f32(value);
    return this;
  }

  f64(value: number): this {
    this.stack?.push("f64");
    this.code.byte(0x44);
    this.code.f64(value);
    return this;
  }

  private vector(bytes: ArrayBuffer): this {
    this.stack?.push("v128");
    this.code.byteAndU32(0xfd, 12);
    this.code.bytes(new Uint8Array(bytes));
    return this;
  }

  /** A constant vector of four f32: one number for all lanes, or four. */
  f32x4(a: number, b = a, c = a, d = a): this {
    const view = new DataView(new ArrayBuffer(16));
    [a, b, c, d].forEach((value, i) => {
      view.setFloat32(4 * i, value, true);
    });
    return this.vector(view.buffer);
  }

  /** A constant vector of four i32: one number for all lanes, or four. */
  i32x4(a: number, b = a, c = a, d = a): this {
    const view = new DataView(new ArrayBuffer(16));
    [a, b, c, d].forEach((value, i) => {
      view.setInt32(4 * i, value, true);
    });
    return this.vector(view.buffer);
  }

  /** A constant vector of two f64: one number for both lanes, or two. */
  f64x2(a: number, b = a): this {
    const view = new DataView(new ArrayBuffer(16));
    view.setFloat64(0, a, true);
    view.setFloat64(8, b, true);
    return this.vector(view.buffer);
  }

  /** An instruction without immediates. */
  op(name: PlainName): this {
    const { code, takes, gives } = plainInstructions[name];
    this.stack?.exchange(name, takes, gives);
    this.code.instruction(code);
    return this;
  }

  /**
   * A load, store or atomic at the address on the stack plus `offset` bytes, which may be an open address. `along` is
   * for pieces that are repeated: the local whose offset this is.
   */
  mem(name: AccessName, offset = 0, along?: Local): this {
    this.access(name, accessInstructions[name], offset, along);
    return this;
  }

  /** A load or store of one lane: takes an address and a vector. */
  memLane(name: LaneAccessName, offset: number, lane: number, along?: Local): this {
    const instruction = laneAccessInstructions[name];
    this.access(name, instruction, offset, along);
    return this.writeLane(name, lane, instruction.lanes);
  }

  private writeLane(name: string, lane: number, lanes: number): this {
    if (lane < 0 || lane >= lanes) throw new Error(`${name} has lanes 0 to ${lanes - 1}, got ${lane}`);
    this.code.byte(lane);
    return this;
  }

  lane(name: LaneName, lane: number): this {
    const { code, takes, gives, lanes } = laneInstructions[name];
    this.stack?.exchange(name, takes, gives);
    this.code.instruction(code);
    return this.writeLane(name, lane, lanes);
  }

  /** Picks four 32-bit lanes of two vectors: 0 to 3 are the first's, 4 to 7 the second's. */
  shuffle(a: number, b: number, c: number, d: number): this {
    this.stack?.take("i8x16.shuffle", ["v128", "v128"]);
    this.stack?.push("v128");
    this.code.byteAndU32(0xfd, 13);
    this.code.word(LANE_BYTES + a * EACH_BYTE);
    this.code.word(LANE_BYTES + b * EACH_BYTE);
    this.code.word(LANE_BYTES + c * EACH_BYTE);
    this.code.word(LANE_BYTES + d * EACH_BYTE);
    return this;
  }

  /** condition ? first : second, with first, second and the i32 condition on the stack in this order. */
  select(type: ValueType): this {
    this.stack?.take("select", [type, type, "i32"]);
    this.stack?.push(type);
    this.code.byte(0x1b);
    return this;
  }

  drop(type: ValueType): this {
    this.stack?.pop("drop", type);
    this.code.byte(0x1a);
    return this;
  }

  /** Copies bytes; takes destination, source, count. The ranges may overlap. */
  memoryCopy(): this {
    this.stack?.take("memory.copy", ["i32", "i32", "i32"]);
    this.code.bytes([0xfc, 10, 0, 0]);
    return this;
  }

  /** Fills bytes; takes destination, byte value, count. */
  memoryFill(): this {
    this.stack?.take("memory.fill", ["i32", "i32", "i32"]);
    this.code.bytes([0xfc, 11, 0]);
    return this;
  }

  atomicFence(): this {
    this.code.bytes([0xfe, 3, 0]);
    return this;
  }

  call(target: FunctionRef): this {
    this.stack?.take(`call of "${target.name}"`, target.type.params);
    this.stack?.give(target.type.results);
    this.code.byteAndU32(0x10, target.index);
    return this;
  }

  private enter(opcode: number, branch: readonly ValueType[], result: ValueType | undefined): Label {
    const label = { level: this.depth++ };
    this.stack?.enter(branch, result === undefined ? none : [result]);
    this.code.byte(opcode);
    this.code.byte(result === undefined ? 0x40 : valueTypeCode[result]);
    return label;
  }

  private close(what: string): this {
    this.stack?.leave(what);
    this.depth--;
    this.code.byte(0x0b);
    return this;
  }

  /** A branch to the label goes behind the block. */
  block(body: (label: Label) => void, result?: ValueType): this {
    body(this.enter(0x02, result === undefined ? none : [result], result));
    return this.close("block");
  }

  /** A branch to the label repeats the loop; without one it ends. */
  loop(body: (label: Label) => void): this {
    body(this.enter(0x03, none, undefined));
    return this.close("loop");
  }

  /** Takes an i32 condition. With a `result`, both sides must leave one. */
  ifElse(then: () => void, otherwise?: () => void, result?: ValueType): this {
    this.stack?.pop("if", "i32");
    this.enter(0x04, result === undefined ? none : [result], result);
    then();
    if (otherwise !== undefined) {
      this.stack?.leave("then");
      if (result !== undefined) this.stack?.pop("else", result);
      this.stack?.enter(result === undefined ? none : [result], result === undefined ? none : [result]);
      this.code.byte(0x05);
      otherwise();
    }
    return this.close("if");
  }

  private depthOf(what: string, label: Label): number {
    const depth = this.depth - 1 - label.level;
    if (depth < 0) throw new Error(`${what} goes to a label that has ended`);
    this.stack?.branch(what, depth);
    return depth;
  }

  br(label: Label): this {
    const depth = this.depthOf("br", label);
    this.code.byteAndU32(0x0c, depth);
    this.stack?.stop();
    return this;
  }

  /** Branches if the i32 on the stack is not 0. */
  brIf(label: Label): this {
    this.stack?.pop("br_if", "i32");
    const depth = this.depthOf("br_if", label);
    this.code.byteAndU32(0x0d, depth);
    return this;
  }

  return(): this {
    this.stack?.take("return", this.type.results);
    this.stack?.stop();
    this.code.byte(0x0f);
    return this;
  }

  unreachable(): this {
    this.stack?.stop();
    this.code.byte(0x00);
    return this;
  }

  /** Ends the function. */
  finish(): FunctionBody {
    this.close("the end of the function");
    // Behind the code for now: what is declared is known at its end.
    const { code } = this;
    const end = code.length;
    const runs: { readonly type: ValueType; count: number }[] = [];
    this.declared.forEach((type) => {
      const last = runs[runs.length - 1];
      if (last?.type === type) last.count++;
      else runs.push({ type, count: 1 });
    });
    code.u32(runs.length);
    runs.forEach(({ type, count }) => {
      code.u32(count);
      code.byte(valueTypeCode[type]);
    });
    this.constants.forEach((local, bits) => {
      code.byteAndU32(0xfd, 12);
      for (let lane = 0; lane < 4; lane++) code.word(bits);
      code.byteAndU32(0x21, local.index);
    });
    const written = code.view();
    const header = code.length - end;
    const bytes = new Uint8Array(written.length);
    bytes.set(written.subarray(end));
    bytes.set(written.subarray(0, end), header);
    return { bytes, header, open: this.open };
  }
}
