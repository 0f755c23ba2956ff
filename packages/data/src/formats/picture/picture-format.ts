// The file of a picture as a table of one row and one column, which holds the file: a pattern of files is a table of pictures.

import { cellOfBytes } from "../../pictures/picture-bytes.ts";
import { PLAIN_NUMBERS } from "../../table/number-text.ts";
import { allBytes } from "../bytes.ts";
import type { FormatReader } from "../format.ts";

/** What the column is called. */
const NAME = "image";

export const pictureFormat: FormatReader = {
  names: () => [NAME],
  read: (input, { name, missingWords }) => ({
    table: {
      name,
      rows: 1,
      columns: [
        { kind: "text", name: NAME, codes: Int32Array.of(0), words: [cellOfBytes(allBytes(input))], gaps: 0 },
      ],
      lines: null,
      numbers: { ...PLAIN_NUMBERS, missingWords },
    },
    warnings: [],
  }),
};
