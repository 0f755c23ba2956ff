// What the verifier finds: a place in the program where it breaks a rule of the IR. Always a bug of whoever
// built or changed the program, so the reader is a developer.

export interface VerifyProblem {
  /** Label of the broken rule: `dot_general_c4`. */
  readonly constraint: string;
  /** Name of the function, unless it concerns the whole program. */
  readonly func?: string;
  /** Index in the body, if it concerns one operation. */
  readonly op?: number;
  readonly message: string;
}
