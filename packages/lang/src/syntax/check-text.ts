// Before lexing: is this a text that can be a `.net` file at all? Each of these problems is one diagnostic
// and ends the reading of the file.

import { count, grouped } from "@netwright/definitions";
import { type Report, replaceBy } from "../report.ts";
import { lineBounds, type SourceText } from "../source/source-text.ts";

/** Characters; far above any file that a person writes. */
export const LARGEST_TEXT = 1_000_000;

/** A text that starts with this many characters of which more than a twentieth are control characters is none. */
const SAMPLE = 8_000;

/** A line that starts with something else than a comment. Each character fits one place, so it never backtracks. */
const CONTENT = /(?:^|[\r\n])[^\S\r\n]*[^\s#]/;

/** Reports what keeps the text from being read. An `empty` one has nothing but blanks and comments. */
export function checkText(source: SourceText, report: Report): "readable" | "empty" | "other" {
  const { file, text } = source;
  const binary = binaryOffset(text);
  if (binary !== undefined) {
    const span = { file, start: binary, end: binary };
    report.error("NW0101", span, `${file} is not a text file`, {
      notes: [
        "It holds characters that occur in binary files only.",
        "A `.net` file is plain text in UTF-8; in an editor, save it with the encoding UTF-8.",
      ],
    });
    return "other";
  }
  if (text.length > LARGEST_TEXT) {
    const line = longestLine(source);
    const { start, end } = lineBounds(source, line);
    const found = `${count(text.length, "character")}, ${grouped(end - start)} of them on line ${line}`;
    report.error("NW0103", { file, start, end }, `${file} is too large: it has ${found}`, {
      notes: [`At most ${grouped(LARGEST_TEXT)} characters are read; is this a data file?`],
    });
    return "other";
  }
  if (!CONTENT.test(text)) {
    const start = text.length;
    report.error("NW0102", { file, start: 0, end: 0 }, `${file} is empty`, {
      notes: ["A network needs at least a model: `model { input(8) -> dense(1) }`."],
      fix: replaceBy(
        { file, start, end: start },
        START,
        "start with `netwright 1`, `data`, `model` and `train`",
      ),
    });
    return "empty";
  }
  return "readable";
}

const START = `netwright 1

data table {
  source: "table.csv"
  target: y
}

model {
  dense(64, relu)
  dense(outputs)
}

train {
  epochs: 100
}
`;

function binaryOffset(text: string): number | undefined {
  const nul = text.indexOf("\0");
  if (nul >= 0) return nul;
  const length = Math.min(text.length, SAMPLE);
  let first: number | undefined;
  let strange = 0;
  for (let i = 0; i < length; i++) {
    if (!isControl(text.charCodeAt(i))) continue;
    first ??= i;
    strange++;
  }
  return strange > length / 20 ? first : undefined;
}

/** A control character other than tab, line feed, form feed and carriage return, or a failed decoding. */
function isControl(code: number): boolean {
  if (code === 0xfffd || (code >= 0x7f && code < 0xa0)) return true;
  return code < 0x20 && code !== 9 && code !== 10 && code !== 11 && code !== 12 && code !== 13;
}

function longestLine(source: SourceText): number {
  let longest = 1;
  let length = -1;
  for (let line = 1; line <= source.lineStarts.length; line++) {
    const { start, end } = lineBounds(source, line);
    if (end - start > length) {
      longest = line;
      length = end - start;
    }
  }
  return longest;
}
