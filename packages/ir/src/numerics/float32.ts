// What f32 reaches, as numbers of JavaScript.

/** The greatest that is no infinity. */
export const LARGEST_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;
/** The least above 0 that has all its digits. */
export const SMALLEST_NORMAL_FLOAT32 = 2 ** -126;
