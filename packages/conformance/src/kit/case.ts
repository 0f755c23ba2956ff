// What the kit is made of: cases that a backend passes or fails, the options that a backend's own test gives,
// and the one error with which a case fails.

import type { Backend } from "@netwright/runtime";
import type { Tolerances } from "./tolerance.ts";
import type { TrainedProgram } from "./trained-program.ts";

/** One thing that a backend must get right. */
export interface Case {
  /** Unique and stable: `op/add/f32 edge values`. Declared gaps refer to it. */
  readonly name: string;
  /** @throws ConformanceError, or whatever the backend throws, when the backend does not conform. */
  readonly run: (backend: Backend) => Promise<void>;
}

export interface ConformanceOptions {
  /** Cases that this backend does not pass, each with the reason. The kit fails when one of them passes. */
  readonly declaredGaps?: Readonly<Record<string, string>>;
  /**
   * How far results may be from the reference, by class of operation; what is not given has a default.
   * A backend that calls itself deterministic gets none: all its bits must be those of the reference.
   */
  readonly tolerance?: Partial<Tolerances>;
  /** Seed of the generated shapes and values; the default is 0. The same seed gives the same cases. */
  readonly seed?: number;
  /** Generated applications for each case; the default is 12. */
  readonly runs?: number;
  /** Programs to be trained beside the kit's own, such as `examplePrograms` of `netwright` makes of a catalog. */
  readonly programs?: readonly TrainedProgram[];
  /** Counts what the backend holds, for example `tf.memory().numTensors`; it must not grow with the steps. */
  readonly memory?: () => number;
  /** Bytes of memory in use after a garbage collection, if the host can tell. */
  readonly heapBytes?: () => number;
}

/** The backend does not conform; the message says what was computed, what was expected, and from what. */
export class ConformanceError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ConformanceError";
  }
}

export function require(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ConformanceError(message);
}
