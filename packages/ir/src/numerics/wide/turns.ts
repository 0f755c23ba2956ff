// Sine and cosine of an angle in turns, on f64: an eighth of a turn at most is left once whole quarters are taken off, which
// is exact. Coefficients: FDLIBM, `k_sin.c` and `k_cos.c` (Sun Microsystems, 1993).

/** From the highest power to the lowest. */
const SINE = [
  1.5896909952115501e-10, -2.5050760253406863e-8, 2.7557313707070068e-6, -0.00019841269829857949,
  0.008333333333322489, -0.16666666666666632,
];
const COSINE = [
  -1.1359647557788195e-11, 2.087572321298175e-9, -2.7557314351390663e-7, 2.4801587289476729e-5,
  -0.001388888888887411, 0.0416666666666666,
];

/** For who prints the functions instead of calling them. */
export const TURNS_SERIES = { sine: SINE, cosine: COSINE } as const;

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; i++) sum = sum * x + (coefficients[i] ?? 0);
  return sum;
}

/** sin(2 pi turns); infinite ones and NaN give NaN. */
export function sineOfTurns(turns: number): number {
  return turned(turns, 0);
}

/** cos(2 pi turns); infinite ones and NaN give NaN. */
export function cosineOfTurns(turns: number): number {
  return turned(turns, 1);
}

function turned(turns: number, quarters: number): number {
  const rest = turns - Math.floor(turns);
  const nearest = Math.floor(4 * rest + 0.5);
  const x = (rest - nearest / 4) * (2 * Math.PI);
  const square = x * x;
  const quarter = (nearest + quarters) & 3;
  const value =
    (quarter & 1) === 0
      ? x + x * square * polynomial(SINE, square)
      : 1 - square / 2 + square * square * polynomial(COSINE, square);
  return quarter < 2 ? value : -value;
}
