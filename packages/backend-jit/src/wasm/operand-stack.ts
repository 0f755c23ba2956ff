// The types on WebAssembly's operand stack while a function is built, as the specification's validation
// algorithm keeps them. A mismatch is a bug of the emitter; it is reported at the call that made it, where
// WebAssembly.validate would only name a byte.

import type { ValueType } from "./value-type.ts";

interface Frame {
  /** Stack height at the frame's start: what lies below belongs to outer frames. */
  readonly height: number;
  /** What a branch to this frame's label takes: parameters of a loop, results of others. */
  readonly branch: readonly ValueType[];
  readonly results: readonly ValueType[];
  /** After an unconditional branch anything may be taken from the stack. */
  unreachable: boolean;
}

/**
 * Every instruction goes through here, tens of thousands in the time before an engine has compiled any of it: fields are
 * `private`, as those with `#` are looked up slowly until then, and the list of types is written by its index.
 */
export class OperandStack {
  /** Those on the stack are the first `height`. */
  private readonly types: ValueType[] = [];
  private height = 0;
  private readonly frames: Frame[] = [];
  private readonly where: string;
  /** The innermost frame. */
  private frame: Frame | undefined;

  /** `where` names the function in messages. */
  constructor(where: string) {
    this.where = where;
  }

  private fail(what: string): never {
    throw new Error(`function "${this.where}": ${what}`);
  }

  private top(): Frame {
    return this.frame ?? this.fail("an instruction after the end of the function");
  }

  enter(branch: readonly ValueType[], results: readonly ValueType[]): void {
    this.frame = { height: this.height, branch, results, unreachable: false };
    this.frames.push(this.frame);
  }

  /** Ends the innermost frame: its results must be all that it has put on the stack. */
  leave(what: string): void {
    const frame = this.top();
    this.take(what, frame.results);
    if (this.height !== frame.height) {
      this.fail(`${what} leaves ${this.types.slice(frame.height, this.height).join(", ")} on the stack`);
    }
    this.frames.pop();
    this.frame = this.frames[this.frames.length - 1];
    this.give(frame.results);
  }

  /** The same as `take` of one type, for the instructions that every line of code has. */
  pop(what: string, type: ValueType): void {
    const frame = this.frame ?? this.top();
    if (this.height > frame.height && this.types[this.height - 1] === type) this.height--;
    else this.take(what, [type]);
  }

  push(type: ValueType): void {
    this.types[this.height++] = type;
  }

  take(what: string, types: readonly ValueType[]): void {
    const frame = this.frame ?? this.top();
    for (let i = types.length - 1; i >= 0; i--) {
      if (this.height === frame.height) {
        if (frame.unreachable) continue;
        this.fail(`${what} takes ${types.join(", ")}, but the stack is empty at operand ${i + 1}`);
      }
      const found = this.types[--this.height];
      if (found !== types[i]) {
        this.fail(`${what} takes ${types.join(", ")}, but operand ${i + 1} is ${found}`);
      }
    }
  }

  give(types: readonly ValueType[]): void {
    for (const type of types) this.push(type);
  }

  /** `take` and `give` of an instruction, which gives one value or none. */
  exchange(what: string, takes: readonly ValueType[], gives: readonly ValueType[]): void {
    this.take(what, takes);
    const given = gives[0];
    if (given !== undefined) this.push(given);
  }

  /** Checks the operands of a branch `depth` frames outwards. */
  branch(what: string, depth: number): void {
    const frame = this.frames[this.frames.length - 1 - depth];
    if (frame === undefined) this.fail(`${what} goes to a label that has ended`);
    this.take(what, frame.branch);
    this.give(frame.branch);
  }

  /** What follows cannot be reached, until the frame ends. */
  stop(): void {
    const frame = this.top();
    this.height = frame.height;
    frame.unreachable = true;
  }
}
