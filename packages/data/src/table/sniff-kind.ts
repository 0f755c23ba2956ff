// What a file is when it is no table in text, whatever its name says. Found by its first characters, as they come out
// when bytes are decoded as UTF-8: a byte that is none becomes U+FFFD.

import type { FormatName } from "../formats/format.ts";

export interface FileKind {
  /** "a zip archive": what the file is. */
  readonly what: string;
  /** How to get a table from it: a sentence. */
  readonly remedy: string;
  /** What reads it all the same. */
  readonly format?: FormatName;
}

interface Sign extends FileKind {
  readonly test: (start: string) => boolean;
}

const START = 4096;
const R = "\ufffd";
const EXPORT = "Export it as CSV from the program that made it.";
const PICTURES =
  'Pictures in folders are a table by a pattern: `source: "digits/*/*.png"`, `folder_column: digit`.';
const OTHER_PICTURE =
  "Save it as PNG or JPEG, whatever its name says; in a folder of pictures, or take it out.";
const UNPACK = "Unpack it, and name the table that is in it.";

function begins(...starts: readonly string[]): (start: string) => boolean {
  return (start) => starts.some((one) => start.startsWith(one));
}

function matches(pattern: RegExp): (start: string) => boolean {
  return (start) => pattern.test(start);
}

const NET_FILE: Sign = {
  what: "a `.net` file",
  remedy: "Expected a table; a `.net` file goes to `train`, `check` or `explain`.",
  test: (start) =>
    /^(?:netwright \d+$|(?:data|model|train|block|param|use)\b[^,;]*[{="])/.test(firstLine(start, "#")),
};

const SIGNS: readonly Sign[] = [
  {
    what: "a workbook of Excel or LibreOffice",
    format: "workbook",
    remedy: 'Save a copy of the sheet as "CSV UTF-8".',
    test: (start) =>
      start.startsWith("PK\u0003\u0004") &&
      /\[Content_Types\]|xl\/|mimetypeapplication\/vnd|docProps|_rels/.test(start),
  },
  {
    what: "an archive of NumPy",
    format: "npz",
    remedy: 'Write its arrays with `numpy.savetxt(..., delimiter=",")`.',
    test: (start) => start.startsWith("PK\u0003\u0004") && start.slice(0, 300).includes(".npy"),
  },
  { what: "a zip archive", remedy: UNPACK, test: begins("PK\u0003\u0004", "PK\u0005\u0006") },
  {
    what: "a workbook of an older Excel",
    remedy: 'Save a copy of the sheet as "CSV UTF-8".',
    test: begins(`${R}${R}\u0011${R}\u0871\u001a${R}`, `${R}${R}\u0011${R}`),
  },
  {
    what: "compressed by gzip",
    remedy: "The command unpacks such a file; in a browser, hand in its text.",
    test: begins(`\u001f${R}`),
  },
  { what: "compressed by bzip2", remedy: UNPACK, test: matches(/^BZh[1-9]1AY&SY/) },
  { what: "compressed by xz", remedy: UNPACK, test: begins(`${R}7zXZ\0`) },
  { what: "compressed by zstd", remedy: UNPACK, test: begins(`(${R}/${R}`) },
  { what: "a 7z archive", remedy: UNPACK, test: begins(`7z${R}${R}'\u001c`) },
  { what: "a rar archive", remedy: UNPACK, test: begins("Rar!\u001a\u0007") },
  { what: "a tar archive", remedy: UNPACK, test: (start) => start.slice(257, 262) === "ustar" },
  {
    what: "a Parquet file",
    format: "parquet",
    remedy: "Write it as CSV: `pandas.read_parquet(...).to_csv(..., index=False)`, or `COPY` in DuckDB.",
    test: begins("PAR1"),
  },
  {
    what: "a Parquet file with an encrypted footer",
    remedy: "Write it without encryption of the footer and of its columns.",
    test: begins("PARE"),
  },
  {
    what: "a picture (PNG)",
    format: "picture",
    remedy: PICTURES,
    test: begins(`${R}PNG\n\u001a\n`),
  },
  {
    what: "a picture (JPEG)",
    format: "picture",
    remedy: PICTURES,
    test: matches(new RegExp(`^${R}{3}[\\s\\S]{1,4}(?:JFIF|Exif)\\0|^${R}{4}\\0(?:[C${R}]|\\u000eAdobe)`)),
  },
  { what: "a picture (GIF)", remedy: OTHER_PICTURE, test: begins("GIF87a", "GIF89a") },
  // Behind its size, of four bytes.
  { what: "a picture (WebP)", remedy: OTHER_PICTURE, test: matches(/^RIFF[\s\S]{1,4}WEBP/) },
  { what: "a picture (TIFF)", remedy: OTHER_PICTURE, test: begins("II*\0", "MM\0*") },
  { what: "a picture (BMP)", remedy: OTHER_PICTURE, test: matches(/^BM[\s\S]{1,4}\0{4}/) },
  {
    what: "a picture (HEIC or AVIF)",
    remedy: OTHER_PICTURE,
    test: matches(/^\0{3}[\s\S]ftyp(?:hei|hev|mif1|msf1|avi[fs])/),
  },
  { what: "an Arrow or Feather file", format: "arrow", remedy: EXPORT, test: begins("ARROW1\0") },
  {
    what: "a stream of Arrow",
    format: "arrow",
    remedy: EXPORT,
    test: (start) => new RegExp(`^${R}{4,6}[\\s\\S]{0,2}\\0\\0`).test(start),
  },
  { what: "a Feather file of version 1", remedy: "Write it with `version=2`.", test: begins("FEA1") },
  {
    what: "a PDF document",
    remedy: "A table in a document has to be exported as CSV where it came from.",
    test: begins("%PDF-"),
  },
  {
    what: "a SQLite database",
    remedy: "Export a table of it: `.mode csv` and `.output` in `sqlite3`.",
    test: begins("SQLite format 3\0"),
  },
  {
    what: "a DuckDB database",
    remedy: 'Ask it: `source: duckdb("data.db", "select * from sales")`.',
    // Behind a checksum of 8 bytes.
    test: matches(/^[\s\S]{2,8}DUCK[\s\S]\0{7}/),
  },
  { what: "an HDF5 file", remedy: EXPORT, test: begins(`${R}HDF\r\n`, `${R}HDF\n`) },
  {
    what: "an array of NumPy",
    format: "npy",
    remedy: 'Write it with `numpy.savetxt(..., delimiter=",")`.',
    test: begins(`${R}NUMPY`),
  },
  { what: "a file of SPSS", remedy: EXPORT, test: begins("$FL2@(#)", "$FL3@(#)") },
  { what: "a file of Stata", remedy: EXPORT, test: begins("<stata_dta>") },
  { what: "a file of SAS", remedy: EXPORT, test: begins("HEADER RECORD*******") },
  {
    what: "data of R",
    remedy: "Write it with `write.csv(..., row.names = FALSE)`.",
    test: matches(/^(?:RD[AX][23]\n)?[XA]\n(?:\0\0\0|[23]\n)/),
  },
  {
    what: "a pointer of Git LFS, in place of the table",
    remedy: "Get the table itself with `git lfs pull`.",
    test: begins("version https://git-lfs.github.com/spec/"),
  },
  {
    what: "a web page (HTML)",
    remedy:
      "Often a page that asks to log in, or says that there is no such file, was saved in place of the table.",
    test: (start) =>
      /^<(?:!doctype html|(?:html|head|body|table|title|meta|script)[\s>])/i.test(behindComments(start)),
  },
  {
    what: "XML",
    remedy: EXPORT,
    test: (start) =>
      /^<(?:\?xml\s|!doctype\s|(?!(?:na|null|none)>)[a-z][\w.:-]*(?:\s+[\w.:-]+\s*=\s*["']|>\s*<[a-z]))/i.test(
        behindComments(start),
      ),
  },
  {
    what: "JSON",
    format: "json",
    remedy: "Write it as CSV, or hand it to `train` from JavaScript as `data`: a list of records.",
    test: (start) =>
      // Lists, one or one on each line.
      /^(?:\s*\[(?=\s*(?:[-\d"[{\]]|null|true|false))[^\n]*\][ \t]*(?:\n|$))+\s*(?:\[[^\n]*(?:\n\s*)?)?$/.test(
        start,
      ) ||
      /^\s*(?:\{\s*(?:"[^"\n]*"\s*:|\})|\[\s*(?:[[{\]]|"[^"\n]*"[^\S\n]*(?:,[^\S\n]*)?\n|-?\d+(?:\.\d+)?,?[^\S\n]*\n))/.test(
        start,
      ),
  },
  {
    what: "an ARFF file of Weka",
    remedy: EXPORT,
    test: (start) => /^@relation\s/i.test(firstLine(start, "%")),
  },
  NET_FILE,
];

/** The first line that is neither blank nor a comment, without blanks around it. */
function firstLine(start: string, mark: string): string {
  const lines = start.split("\n").map((line) => line.trim());
  return lines.find((line) => line !== "" && !line.startsWith(mark)) ?? "";
}

/** Without blanks and comments of HTML in front. In a pattern, each of many could end at each later end of one. */
function behindComments(start: string): string {
  let rest = start.trimStart();
  while (rest.startsWith("<!--")) {
    const end = rest.indexOf("-->", 4);
    if (end < 0) return "";
    rest = rest.slice(end + 3).trimStart();
  }
  return rest;
}

/** Whether the text is that of a `.net` file, as far as its first line tells. */
export function isNetText(text: string): boolean {
  return sniffKind(text) === NET_FILE;
}

/** `null` for what may be a table. A byte order mark does not count. */
export function sniffKind(text: string): FileKind | null {
  const start = (text.charCodeAt(0) === 0xfeff ? text.slice(1, START + 1) : text.slice(0, START)).replace(
    /\r\n?/g,
    "\n",
  );
  return SIGNS.find(({ test }) => test(start)) ?? null;
}
