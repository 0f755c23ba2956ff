// How a wrapper reads what is given of columns of words: as the data package reads records, a column at a time, so that
// `NA` among words is a word and among numbers none. In JavaScript, for the wrapper's source.

import { missingWordList } from "@netwright/data";
import { sourceText } from "./source-text.ts";

const MISSING = `
const MISSING = new Set(${sourceText([...new Set(missingWordList.map((word) => word.toLowerCase()))])});
`;

/**
 * What a text or number says: a number, null for a value that is missing, undefined for a word. Where a wrapper has the
 * package's `isMissingWord` already, it needs no list of its own.
 */
export function readerSource(hasMissingWords: boolean): string {
  return hasMissingWords
    ? readerBy("isMissingWord(cell)")
    : MISSING + readerBy("MISSING.has(cell.toLowerCase())");
}

const readerBy = (isMissing: string) => `
/** What a cell says: a number, null for a value that is missing, undefined for a word. */
function cellReader(stated) {
  const absent = new Set(stated.map((word) => word.trim()));
  const numberIn = (cell) => {
    if (/^[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?$/.test(cell)) return Number(cell);
    const infinite = /^([+-]?)(?:inf(?:inity)?|1\\.#inf)$/i.exec(cell);
    return infinite === null ? undefined : infinite[1] === "-" ? -Infinity : Infinity;
  };
  const sentinels = new Set([...absent].map(numberIn));
  const read = (text) => {
    const cell = text.trim();
    if (cell === "" || absent.has(cell)) return null;
    const value = numberIn(cell.startsWith("\\u2212") ? \`-\${cell.slice(1)}\` : cell);
    if (value === undefined) return ${isMissing} ? null : undefined;
    return sentinels.has(value) ? null : value;
  };
  return { read, isAbsent: (word) => absent.has(word) };
}
`;

/**
 * All cells of a column, of which null is a missing one, to words, of which "" is one. Where columns have `codes`, zeros in
 * front are a part of their words; they make a column of digits one of words.
 */
export function wordsSource(codes: boolean): string {
  return `
function wordsOf(cells, { read, isAbsent }, isOwnWord${codes ? ", codes" : ""}) {
  const texts = cells.map((cell) => (cell === null ? "" : String(cell).trim()));
  const meanings = texts.map((text, i) => {
    // \`NA\` is a word where the model has learned it as one.
    const isWord = text !== "" && !isAbsent(text) && isOwnWord(text);
    const meaning = read(text);
    return meaning === null && isWord ? undefined : meaning;
  });
${codes ? OF_CODES : ""}  if (!meanings.includes(undefined)${codes ? " && !areCodes" : ""}) return meanings.map((value) => (value === null ? "" : String(value)));
  return texts.map((text, i) => {
    if (isAbsent(text)${codes ? " || (areCodes && meanings[i] === null)" : ""}) return "";
    return ${codes ? "!isCode(text) && " : ""}Number.isFinite(meanings[i]) && Math.abs(meanings[i]) < 2 ** 53 ? String(meanings[i]) : text;
  });
}
`;
}

const OF_CODES = `  const isCode = (text) => codes && /^0\\d+$/.test(text);
  const areCodes =
    texts.some((text, i) => isCode(text) && meanings[i] !== null) &&
    texts.every((text, i) => meanings[i] === null || /^\\d+$/.test(text));
`;
