// How many rows are written at once.

/**
 * Columns that lie side by side in rows are written one after the other, a piece of their rows at a time: so few that those
 * are still near to the processor when the next column is written beside them, and that little is copied on the way.
 */
export const PIECE = 1 << 12;
