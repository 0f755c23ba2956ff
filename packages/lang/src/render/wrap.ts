// Breaks text into lines of a width, at blanks. Colours are put on afterwards, so they do not count.

export interface Piece {
  readonly text: string;
  readonly paint: (text: string) => string;
}

/** Pieces that follow one another without a blank stay together. A word wider than the line has one of its own. */
export function wrap(pieces: readonly Piece[], width: number, first: string, rest: string): string {
  const lines: string[] = [];
  let line = first;
  let used = visibleWidth(first);
  let empty = true;
  for (const word of wordsOf(pieces)) {
    const length = word.reduce((sum, { text }) => sum + visibleWidth(text), 0);
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

/** Stands for a blank that is no place to break; nothing else in our texts is of the private area. */
const KEPT = "\uE000";

/** Plain text. A command or a name in backticks stays on one line, so that it can be copied. */
export function wrapText(text: string, width: number, first: string, rest: string): string {
  const together = text.replace(/`[^`\n]*`/g, (code) => code.replaceAll(" ", KEPT));
  const paint = (word: string) => word.replaceAll(KEPT, " ");
  return wrap([{ text: together, paint }], width, first, rest);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is how a terminal is told of colours
const COLOUR = /\x1b\[[\d;]*m/g;

/** Colours that are in the text already count as little as those that are put on. */
export function visibleWidth(text: string): number {
  return [...text.replace(COLOUR, "")].length;
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
