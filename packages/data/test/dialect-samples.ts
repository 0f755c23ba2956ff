// One and the same table in many ways to write it: names `x`, `y` and `label`, or none, three rows.

export const plain = [
  ["x", 1.5, -2.25, 1000],
  ["y", 3, 4, 7.125],
  ["label", "north", "south", "north"],
];

/** The text, and what is said about it. */
export const dialects: Readonly<Record<string, readonly [text: string, note: string | null]>> = {
  "plain CSV": ["x,y,label\n1.5,3,north\n-2.25,4,south\n1000,7.125,north\n", null],
  "a byte order mark and CRLF": [
    "\ufeffx,y,label\r\n1.5,3,north\r\n-2.25,4,south\r\n1000,7.125,north\r\n",
    null,
  ],
  "the mark of DOS at the end": [
    "x,y,label\r\n1.5,3,north\r\n-2.25,4,south\r\n1000,7.125,north\r\n\u001a",
    null,
  ],
  semicolons: ["x;y;label\n1.5;3;north\n-2.25;4;south\n1000;7.125;north\n", "read with separator `;`"],
  "decimal commas with semicolons": [
    "x;y;label\n1,5;3;north\n-2,25;4;south\n1000;7,125;north\n",
    "read with separator `;`, decimal comma",
  ],
  "decimal commas and points between thousands": [
    "x;y;label\n1,5;3;north\n-2,25;4;south\n1.000,0;7,125;north\n",
    "read with separator `;`, decimal comma; separators of thousands in `x`",
  ],
  "decimal commas with tabs": [
    "x\ty\tlabel\n1,5\t3\tnorth\n-2,25\t4\tsouth\n1000\t7,125\tnorth\n",
    "read with tabs, decimal comma",
  ],
  "vertical bars": ["x|y|label\n1.5|3|north\n-2.25|4|south\n1000|7.125|north\n", "read with separator `|`"],
  "vertical bars, and commas in the text": [
    "x|y|label\n1,5|3|north\n-2,25|4|south\n1000|7,125|north\n",
    "read with separator `|`, decimal comma",
  ],
  "runs of blanks": [
    "    x      y label\n  1.5      3 north\n-2.25      4 south\n 1000  7.125 north\n",
    "read with blanks between the values",
  ],
  "blanks and tabs, quotes": [
    '"x"  "y"\t"label"\n1.5 3\t"north"\n-2.25 4  "south"  \n1000 7.125 "north"\n',
    "read with blanks between the values",
  ],
  "single quotes": [
    "'x','y','label'\n'1.5',3,'north'\n-2.25,4,'south'\n1000,7.125,'north'\n",
    "read with single quotes",
  ],
  comments: [
    "# measured, in May\n# by hand\n\nx,y,label\n1.5,3,north\n-2.25,4,south\n# a break\n1000,7.125,north\n",
    "left out: 2 lines above the header, 1 comment line",
  ],
  "comments between the rows alone": [
    "x,y,label\n# in May, by hand\n1.5,3,north\n-2.25,4,south\n# a break\n1000,7.125,north\n# the end\n",
    "left out: 3 comment lines",
  ],
  "a typographic minus": ["x,y,label\n1.5,3,north\n−2.25,4,south\n1000,7.125,north\n", null],
  "a table of Markdown's columns": [
    "| x | y | label |\n| 1.5 | 3 | north |\n| -2.25 | 4 | south |\n| 1000 | 7.125 | north |\n",
    "read with separator `|`",
  ],
  "a table of Markdown, with the line below its header": [
    "| x | y | label |\n|---|---|---|\n| 1.5 | 3 | north |\n| -2.25 | 4 | south |\n| 1000 | 7.125 | north |\n",
    "read with separator `|`",
  ],
  "a table of Markdown, aligned": [
    "| x | y | label |\n| --: |:-:| :-- |\n| 1.5 | 3 | north |\n| -2.25 | 4 | south |\n| 1000 | 7.125 | north |\n",
    "read with separator `|`",
  ],
  "a table of Markdown without bars at the ends": [
    "x | y | label\n--- | ---: | :---\n1.5 | 3 | north\n-2.25 | 4 | south\n1000 | 7.125 | north\n",
    "read with separator `|`",
  ],
  "titles of a spreadsheet, and an empty line of it": [
    "Measurements,,\n,,\nx,y,label\n1.5,3,north\n-2.25,4,south\n1000,7.125,north\n",
    "left out: 2 lines above the header",
  ],
  "comments with %": [
    "% made by hand\nx,y,label\n1.5,3,north\n-2.25,4,south\n1000,7.125,north\n",
    "left out: 1 line above the header",
  ],
  "comments with //": [
    '// it\'s "5"\nx;y;label\n1,5;3;north\n-2,25;4;south\n1000;7,125;north\n',
    "read with separator `;`, decimal comma; left out: 1 line above the header",
  ],
  "a title": [
    "Measurements\n\nx,y,label\n1.5,3,north\n-2.25,4,south\n1000,7.125,north\n",
    "left out: 1 line above the header",
  ],
  "titles of a spreadsheet": [
    "Measurements;;\nMay;;\nx;y;label\n1.5;3;north\n-2.25;4;south\n1000;7.125;north\n",
    "read with separator `;`; left out: 2 lines above the header",
  ],
  "sep=": [
    "sep=;\nx;y;label\n1,5;3;north\n-2,25;4;south\n1000;7,125;north\n",
    "read with separator `;`, decimal comma; left out: 1 line above the header",
  ],
  "sep= in quotes": [
    '"sep=|"\r\nx|y|label\r\n1.5|3|north\r\n-2.25|4|south\r\n1000|7.125|north\r\n',
    "read with separator `|`; left out: 1 line above the header",
  ],
  "separators at the ends of lines": ["x,y,label,\n1.5,3,north,\n-2.25,4,south,\n1000,7.125,north,\n", null],
  "separators at the ends of rows": ["x,y,label\n1.5,3,north,\n-2.25,4,south,\n1000,7.125,north,\n", null],
  "many separators at the ends": [
    "x,y,label,,,\n1.5,3,north,,,\n-2.25,4,south,,,\n1000,7.125,north,,,\n",
    null,
  ],
  "row names without a name": [",x,y,label\n1,1.5,3,north\n2,-2.25,4,south\n3,1000,7.125,north\n", null],
  "row names, the header one short": [
    '"x" "y" "label"\n"1" 1.5 3 "north"\n"2" -2.25 4 "south"\n"3" 1000 7.125 "north"\n',
    "read with blanks between the values",
  ],
  "a header that is repeated": [
    "x,y,label\n1.5,3,north\nx,y,label\n-2.25,4,south\n1000,7.125,north\n",
    "left out: the header where it is repeated (line 3)",
  ],
  "apostrophes between thousands": [
    "x,y,label\n1.5,3,north\n-2.25,4,south\n1'000,7.125,north\n",
    "separators of thousands in `x`",
  ],
  "names behind the mark of a comment": [
    "# made by hand\n# x y label\n1.5 3 north\n-2.25 4 south\n1000 7.125 north\n",
    "read with blanks between the values; left out: 1 line above the header",
  ],
  "commas between thousands": [
    'x,y,label\n1.5,3,north\n-2.25,4,south\n"1,000",7.125,north\n',
    "separators of thousands in `x`",
  ],
  "typographic apostrophes between thousands": [
    "x,y,label\n1.5,3,north\n-2.25,4,south\n1’000.000,7.125,north\n",
    "separators of thousands in `x`",
  ],
  "blanks between thousands, and decimal commas": [
    "x;y;label\n1,5;3;north\n-2,25;4;south\n1 000;7,125;north\n",
    "read with separator `;`, decimal comma; separators of thousands in `x`",
  ],
  "narrow blanks between thousands, in quotes and between commas": [
    'x,y,label\n"1,5",3,north\n"-2,25",4,south\n"1\u202f000,0","7,125",north\n',
    "read with decimal comma; separators of thousands in `x`",
  ],
  "points between thousands and decimal commas, in quotes and between commas": [
    'x,y,label\n"1,5",3,north\n"-2,25",4,south\n"1.000,000","7,125",north\n',
    "read with decimal comma; separators of thousands in `x`",
  ],
  "commas between thousands, and three decimals": [
    'x,y,label\n1.5,3,north\n-2.25,4,south\n"1,000.000",7.125,north\n',
    "separators of thousands in `x`",
  ],
};

/** The same without a header. */
export const headless: Readonly<Record<string, readonly [text: string, note: string]>> = {
  commas: [
    "1.5,3,north\n-2.25,4,south\n1000,7.125,north\n",
    "no header: the columns are called `column1` to `column3`",
  ],
  "decimal commas": [
    "1,5;3;north\n-2,25;4;south\n1000;7,125;north\n",
    "read with separator `;`, decimal comma; no header: the columns are called `column1` to `column3`",
  ],
  blanks: [
    "  1.5 3 north\n-2.25 4 south\n1000 7.125 north\n",
    "read with blanks between the values; no header: the columns are called `column1` to `column3`",
  ],
  "below a comment": [
    "# no names\n1.5,3,north\n-2.25,4,south\n1000,7.125,north\n",
    "no header: the columns are called `column1` to `column3`; left out: 1 line above the rows",
  ],
  "separators of thousands": [
    '"1.5",3,north\n-2.25,4,south\n"1,000.0",7.125,north\n',
    "no header: the columns are called `column1` to `column3`; separators of thousands in `column1`",
  ],
  "separators at the ends": [
    "1.5,3,north,\n-2.25,4,south,\n1000,7.125,north,\n",
    "no header: the columns are called `column1` to `column3`",
  ],
};
