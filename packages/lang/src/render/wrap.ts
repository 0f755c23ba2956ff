// Breaks text into lines of a width, at blanks. Colours are put on afterwards, so they do not count.

export interface Piece {
  readonly text: string;
  readonly paint: (text: string) => string;
}

/** Pieces that follow one another without a blank stay together. A word wider than the line has one of its own. */
export function wrap(pieces: readonly Piece[], width: number, first: string, rest: string): string {
  const lines: string[] = [];
  let line = first;
  let used = first.length;
  let empty = true;
  for (const word of wordsOf(pieces)) {
    const length = word.reduce((sum, { text }) => sum + [...text].length, 0);
    if (!empty && used + 1 + length > width) {
      lines.push(line);
      [line, used, empty] = [rest, rest.length, true];
    }
    line += (empty ? "" : " ") + word.map(({ text, paint }) => paint(text)).join("");
    used += (empty ? 0 : 1) + length;
    empty = false;
  }
  return [...lines, line].join("\n");
}

function wordsOf(pieces: readonly Piece[]): (readonly Piece[])[] {
  const words: Piece[][] = [];
  let word: Piece[] = [];
  for (const { text, paint } of pieces) {
    for (const part of text.split(/(\s+)/)) {
      if (part === "") continue;
      if (/^\s/.test(part)) {
        if (word.length > 0) words.push(word);
        word = [];
      } else word.push({ text: part, paint });
    }
  }
  return word.length > 0 ? [...words, word] : words;
}
