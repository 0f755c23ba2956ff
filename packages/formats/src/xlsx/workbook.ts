// Sheets as the file that spreadsheets open: a zip of XML, ECMA-376.

import { zipSync } from "fflate/browser";
import { element, xmlFile } from "../xml.ts";
import type { Sheet } from "./sheet.ts";
import type { Styles } from "./styles.ts";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml";

export function workbookFile(sheets: readonly Sheet[], styles: Styles): Uint8Array<ArrayBuffer> {
  const parts = sheets.map((sheet, i) => ({ sheet, id: i + 1, path: `worksheets/sheet${i + 1}.xml` }));
  const types = element(
    "Types",
    { xmlns: `${PACKAGE}/content-types` },
    [
      element("Default", {
        Extension: "rels",
        ContentType: "application/vnd.openxmlformats-package.relationships+xml",
      }),
      element("Default", { Extension: "xml", ContentType: "application/xml" }),
      typed("/xl/workbook.xml", "sheet.main"),
      typed("/xl/styles.xml", "styles"),
      ...parts.map(({ path }) => typed(`/xl/${path}`, "worksheet")),
    ].join(""),
  );
  const book = element(
    "workbook",
    { xmlns: MAIN, "xmlns:r": OFFICE },
    [
      element("bookViews", {}, element("workbookView", { activeTab: 0, tabRatio: 850 })),
      element(
        "sheets",
        {},
        parts
          .map(({ sheet, id }) => element("sheet", { name: sheet.name, sheetId: id, "r:id": `rId${id}` }))
          .join(""),
      ),
      // No value of a formula is in the file.
      element("calcPr", { calcId: 191029, fullCalcOnLoad: 1 }),
    ].join(""),
  );
  const files = {
    "[Content_Types].xml": types,
    "_rels/.rels": related([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": book,
    "xl/_rels/workbook.xml.rels": related([
      ...parts.map(({ path }) => ["worksheet", path] as const),
      ["styles", "styles.xml"],
    ]),
    ...Object.fromEntries(parts.map(({ sheet, path }, i) => [`xl/${path}`, sheet.xml(i === 0)])),
    "xl/styles.xml": styles.xml(),
  };
  const zip = zipSync(
    Object.fromEntries(Object.entries(files).map(([path, root]) => [path, xmlFile(root)])),
    // The same bytes whenever it is written.
    { level: 9, mtime: new Date(1980, 0, 1) },
  );
  return Uint8Array.from(zip);
}

function typed(path: string, type: string): string {
  return element("Override", { PartName: path, ContentType: `${SPREADSHEET}.${type}+xml` });
}

function related(targets: readonly (readonly [type: string, target: string])[]): string {
  return element(
    "Relationships",
    { xmlns: `${PACKAGE}/relationships` },
    targets
      .map(([type, target], i) =>
        element("Relationship", { Id: `rId${i + 1}`, Type: `${OFFICE}/${type}`, Target: target }),
      )
      .join(""),
  );
}
