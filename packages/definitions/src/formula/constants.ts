// Numbers in the formulas of layers and activations that are no arguments: the compiler builds them in, and formats that write or
// recognise the formula have the same.

/** Klambauer et al. 2017, "Self-Normalizing Neural Networks". */
export const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 } as const;

/**
 * Beyond any number that a network computes with, and no infinity, whose differences are no numbers: where the first and the last of
 * some bins end; negative, a score whose exponential is 0 beside any other.
 */
export const BEYOND_ALL = 1e30;

/** Steps in which the slowest wave of a place turns by one radian, where no argument says so. Vaswani and others 2017. */
export const WAVELENGTH = 10_000;
