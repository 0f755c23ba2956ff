// How a column is written in a file: in quotes when it is no plain name.

export function columnSpelling(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && name !== "all" ? name : JSON.stringify(name);
}
