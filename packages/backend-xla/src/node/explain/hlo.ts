// What a compiler has made of a module, as far as it is shown: instructions with their shapes, and who calls what. Numbers of
// fields: `HloModuleProto` and the messages in it, as XLA defines them.

import { type Field, fieldsOf, messageIn, messagesIn, numberIn, numbersIn, textIn } from "./wire.ts";

export interface HloShape {
  /** `PrimitiveType`. */
  readonly type: number;
  readonly sizes: readonly number[];
  /** Of a tuple. */
  readonly parts: readonly HloShape[];
}

export interface HloInstruction {
  readonly id: number;
  readonly name: string;
  /** `add`, `dot`, `fusion`. */
  readonly opcode: string;
  readonly shape: HloShape;
  /** `kLoop`, `kCustom`; empty for all but fusions. */
  readonly fusionKind: string;
  /** Of a parameter: its place in the list. */
  readonly parameter: number;
  readonly operands: readonly number[];
  /** Computations that it runs. */
  readonly called: readonly number[];
  /** Of the text that was compiled, from 1; 0 where the compiler tells none. */
  readonly line: number;
  /** Of a call of a library. */
  readonly target: string;
  /** JSON of the backend's; empty where there is none. */
  readonly config: string;
  /** Of a product: dimensions of its first operand that are summed over. */
  readonly contracted: readonly number[];
  /** Of a convolution: the dimension of its kernel that holds the features of the result. */
  readonly kernelFeatures: number;
}

export interface HloComputation {
  readonly instructions: readonly HloInstruction[];
  readonly root: number;
}

export interface HloModule {
  readonly computations: ReadonlyMap<number, HloComputation>;
  readonly entry: HloComputation;
}

/** Of an `HloModuleProtoWithConfig` or an `HloModuleProto`. @throws RangeError where the bytes are neither */
export function readHlo(bytes: Uint8Array, format: string): HloModule {
  const whole = fieldsOf(bytes);
  const module = format === "hlo_with_config" ? messageIn(whole, 1) : whole;
  const computations = new Map(
    messagesIn(module, 3).map((fields) => [
      numberIn(fields, 5),
      { instructions: messagesIn(fields, 2).map(instructionOf), root: numberIn(fields, 6) },
    ]),
  );
  const entry = computations.get(numberIn(module, 6));
  if (entry === undefined) throw new RangeError("the module has no entry");
  return { computations, entry };
}

function instructionOf(fields: readonly Field[]): HloInstruction {
  return {
    id: numberIn(fields, 35),
    name: textIn(fields, 1),
    opcode: textIn(fields, 2),
    shape: shapeOf(messageIn(fields, 3)),
    fusionKind: textIn(fields, 11),
    parameter: numberIn(fields, 9),
    operands: numbersIn(fields, 36),
    called: numbersIn(fields, 38),
    line: numberIn(messageIn(fields, 7), 4),
    target: textIn(fields, 28),
    config: textIn(fields, 43),
    contracted: numbersIn(messageIn(fields, 30), 1),
    kernelFeatures: numberIn(messageIn(fields, 16), 4),
  };
}

function shapeOf(fields: readonly Field[]): HloShape {
  return {
    type: numberIn(fields, 2),
    sizes: numbersIn(fields, 3),
    parts: messagesIn(fields, 4).map(shapeOf),
  };
}
