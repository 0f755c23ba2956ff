// Rules over the whole program: names, state, and which functions there are.
//
// - program_c1: functions have different names
// - program_c2: there is one function of each kind, `composite` apart, for each batch
// - program_c3: state variables have different names
// - program_c4: a counter is tensor<i32>, a random state tensor<6xu32>, a control tensor<f32>, all else anything but pred
// - program_c5: types of state variables exist: a known element type, dimensions that are integers from 0

import type { Program, StateRole, StateVariable } from "../core/program.ts";
import { formatType, sameType, type TensorType, tensor } from "../core/types.ts";
import { isTensorType } from "../ops/fields.ts";
import { rngState } from "../ops/rng-bit-generator.ts";
import type { VerifyProblem } from "./problem.ts";
import { repeated } from "./repeated.ts";

interface RoleType {
  readonly fits: (type: TensorType) => boolean;
  readonly expected: string;
}

const numbers: RoleType = { fits: (type) => type.dtype !== "pred", expected: "a tensor of numbers" };

function exactly(wanted: TensorType): RoleType {
  return { fits: (type) => sameType(type, wanted), expected: formatType(wanted) };
}

const ROLE_TYPES: {
  readonly [K in StateRole]: RoleType;
} = {
  weight: numbers,
  statistic: numbers,
  average: numbers,
  slot: numbers,
  gradient: numbers,
  counter: exactly(tensor("i32")),
  random: exactly(rngState),
  control: exactly(tensor("f32")),
};

export function verifyProgram({ state, functions }: Program): readonly VerifyProblem[] {
  const entries = functions.filter(({ kind }) => kind !== "composite");
  return [
    ...repeated(functions, ({ name }) => name).map((func) => ({
      constraint: "program_c1",
      func: func.name,
      message: `there is an earlier function of the name ${func.name}`,
    })),
    ...repeated(entries, ({ kind, batch }) => `${kind} ${batch}`).map((func) => ({
      constraint: "program_c2",
      func: func.name,
      message: `there is an earlier function of kind ${func.kind} for batch ${func.batch}`,
    })),
    ...repeated(state, ({ name }) => name).map(({ name }) => ({
      constraint: "program_c3",
      message: `there are two state variables of the name ${name}`,
    })),
    ...state.flatMap(verifyVariable),
  ];
}

function verifyVariable({ name, role, type }: StateVariable): readonly VerifyProblem[] {
  if (!isTensorType(type)) {
    return [{ constraint: "program_c5", message: `state variable ${name} has no valid type` }];
  }
  const { fits, expected } = ROLE_TYPES[role];
  if (fits(type)) return [];
  const message = `state variable ${name} is ${formatType(type)}; a ${role} is ${expected}`;
  return [{ constraint: "program_c4", message }];
}
