// Every problem the data can have: its stable code and a title of one line.
// NW0620 to NW0699 belong to this package; lower numbers belong to the language.

export const dataCodes = {
  NW0620: "The data file is empty",
  NW0621: "The data file has a header and no rows",
  NW0622: "Two columns have the same name",
  NW0623: "A column has no name",
  NW0624: "A row has too few or too many values",
  NW0625: "A quoted value is not closed properly",
  NW0626: "The data file is not text in UTF-8",
  NW0627: "The data file is of another kind",
  NW0630: "Text in a column of numbers",
  NW0631: "A value is missing",
  NW0632: "A value is not a finite number",
  NW0633: "A value is outside the bounds of its column",
  NW0634: "A value cannot be scaled by the chosen encoder",
  NW0635: "A value is too large for 32-bit numbers",
  NW0636: "A column is constant",
  NW0637: "Rows with missing values were left out",
  NW0638: "A column has no value to fill missing ones from",
  NW0639: "A word is not among the values of its column",
  NW0644: "A target cannot be filled in",
  NW0645: "A described column is not used",
  NW0647: "Too few rows for the split",
  NW0648: "An encoder or rule for another kind of column",
  NW0649: "Numbers where classes are predicted",
  NW0650: "The input lacks a column",
  NW0651: "The input has columns that the model does not use",
  NW0652: "A number with a fraction in a column of whole numbers",
  NW0653: "A cell that cannot be read as what its column holds",
  NW0654: "A date that may be read in two ways",
  NW0657: "A value is far outside of what training has seen",
  NW0658: "A word that training has not seen",
  NW0660: "Saved encoders cannot be read",
  NW0661: "Saved encoders are from a newer version",
} as const;

export type DataCode = keyof typeof dataCodes;
