/** The names of columns in a table without a header. */
export function numberedNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `column${i + 1}`);
}
