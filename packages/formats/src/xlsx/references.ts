// Places in a workbook as formulas name them. Rows and columns are counted from 1, as people count them.

/** Cells beside and below one another. */
export interface Block {
  /** The name of their sheet. */
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** 1 is A, 27 is AA. */
export function columnName(column: number): string {
  const before = Math.floor((column - 1) / 26);
  const last = String.fromCharCode(65 + ((column - 1) % 26));
  return before === 0 ? last : columnName(before) + last;
}

/** Within its sheet: `A6:AF1005`. */
export function areaOf({ row, column, rows, columns }: Omit<Block, "sheet">): string {
  const first = `${columnName(column)}${row}`;
  return rows * columns === 1 ? first : `${first}:${columnName(column + columns - 1)}${row + rows - 1}`;
}

/** From any sheet, and the same wherever the formula is: `'dense_1'!$A$6:$AF$1005`. */
export function referenceTo(block: Block): string {
  const area = areaOf(block).replace(/([A-Z]{1,3})(\d+)/g, "$$$1$$$2");
  return `'${block.sheet.replaceAll("'", "''")}'!${area}`;
}

/** One column of it, counted from 0. */
export function columnIn(block: Block, index: number): Block {
  return { ...block, column: block.column + index, columns: 1 };
}

/** `count` rows of it from `first` on, counted from 0. */
export function rowsIn(block: Block, first: number, count: number): Block {
  return { ...block, row: block.row + first, rows: count };
}

/** A text in a formula. */
export function quotedText(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
