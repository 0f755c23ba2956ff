// What a person is shown holds nothing that moves the cursor of a terminal, colours it, sets its title or turns the
// direction of a text: names of columns, paths and words of a stranger's files may hold all of that. Escaped as in
// JSON, so that it is seen that something is there.

/** Control characters, those of a format, and the two that end a line of Unicode; joiners are part of words. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const UNSEEN_IN_LINES = /(?![\u200c\u200d]|\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One line of text, whatever is in it. */
export function visible(text: string): string {
  return text.replace(UNSEEN, escaped);
}

/** The same of several lines: their ends stay. */
export function visibleLines(text: string): string {
  return text.replace(UNSEEN_IN_LINES, escaped);
}

/** One `sign` for each character that is not seen, line ends among them, where the places of the others must stay. */
export function unseenAs(sign: string, text: string): string {
  return text.replace(UNSEEN, sign);
}

/** What `JSON.stringify` gives, which leaves all but the first 32 characters as they are: the value is the same. */
export function visibleJson(json: string): string {
  return json.replace(UNSEEN_IN_LINES, (character) =>
    character.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}

function escaped(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return SHORT_ESCAPES[character] ?? (hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`);
}
