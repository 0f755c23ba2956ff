// How large a sheet is in all programs that write one.

export const SHEET_COLUMNS = 16_384;
export const SHEET_ROWS = 1_048_576;
