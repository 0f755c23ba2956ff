// Names that are used for files: that of a model, and with it those of its runs and of what is exported of it. A text
// from outside is a name only where it stays one on every system, and in the folder that it is put in.

/** In UTF-8. File systems take 255, and a run or an export adds to a name. */
const LONGEST = 200;

/** What separates the parts of a path, on Windows also drives and streams; what a shell, a terminal or a system acts on. */
const NO_PART = /[/\\:<>"|?*\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Windows opens devices under these names, with any ending. */
const DEVICE = /^(?:con(?:in\$|out\$)?|prn|aux|nul|com\d|lpt\d)(?= *(?:\.|$))/i;

/** Windows drops them. */
const LOST_END = /[. ]$/;

export function isFileName(name: string): boolean {
  return name !== "" && fileNameOf(name) === name;
}

/** The text where it is a name, otherwise one that is near to it. */
export function fileNameOf(text: string): string {
  const parts = text.replace(NO_PART, "_").replace(/^\./, "_").replace(DEVICE, "$&_");
  return cut(parts).replace(LOST_END, "_") || "_";
}

function cut(name: string): string {
  let [bytes, length] = [0, 0];
  for (const letter of name) {
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > LONGEST) return name.slice(0, length);
    length += letter.length;
  }
  return name;
}
