// Names of the program in the text: of functions behind `@`, of values in attributes. Whatever characters they have.

/** In double quotes; MLIR's escapes are a backslash and two hexadecimal digits. */
export function stringText(text: string): string {
  return `"${Array.from(text, escaped).join("")}"`;
}

function escaped(char: string): string {
  const code = char.charCodeAt(0);
  const isPlain = code >= 0x20 && code !== 0x7f && char !== '"' && char !== "\\";
  return isPlain ? char : `\\${code.toString(16).padStart(2, "0").toUpperCase()}`;
}

/** What such a text in double quotes says. */
export function readString(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(/\\([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** Bare where it is a word, else in double quotes. */
export function nameText(name: string): string {
  return /^[A-Za-z_][\w$.]*$/.test(name) ? name : stringText(name);
}

export function readName(text: string): string {
  return text.startsWith('"') ? readString(text) : text;
}

/** The function that the module is for: StableHLO's name of it. */
export const ENTRY = "main";
/** Of functions that stand for an operation which StableHLO has not got. */
export const HELPER = "netwright.";
/** Before a function of the program that is called as one of those above. */
const OWN = "netwright.of.";

export function symbolOf(name: string): string {
  return name === ENTRY || name.startsWith(HELPER) ? OWN + name : name;
}

export function nameOf(symbol: string): string {
  return symbol.startsWith(OWN) ? symbol.slice(OWN.length) : symbol;
}
