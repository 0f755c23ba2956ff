// A sheet as it is filled in, and as XML. Formulas are written without values: whoever opens the workbook computes them.

import { element, escaped } from "../xml.ts";
import { areaOf, type Block, columnName } from "./references.ts";
import type { Style, Styles } from "./styles.ts";

export type Content =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "formula"; readonly formula: string }
  /** One formula for all cells of a block, of which this is the first. */
  | { readonly kind: "array"; readonly formula: string; readonly area: string };

/** What may be typed into cells. Pasting is not held to it. */
export interface Validation {
  readonly area: string;
  readonly rule:
    | { readonly type: "list"; readonly source: string }
    | {
        readonly type: "decimal" | "whole";
        readonly operator: "between" | "greaterThanOrEqual" | "lessThanOrEqual";
        readonly bounds: readonly number[];
      };
  /** What is said to whoever types something else; null where that is taken. */
  readonly error: string | null;
}

interface Cell {
  readonly content: Content | null;
  readonly style: number;
}

export class Sheet {
  /** Rows that stay in sight. */
  frozen = 0;
  /** RGB of its tab. */
  tab = "7F8FA9";
  readonly name: string;
  readonly #styles: Styles;
  readonly #rows = new Map<number, Map<number, Cell>>();
  readonly #columns = new Map<number, { readonly width: number; readonly style: number }>();
  readonly #heights = new Map<number, number>();
  readonly #validations: Validation[] = [];

  constructor(name: string, styles: Styles) {
    this.name = name;
    this.#styles = styles;
  }

  put(row: number, column: number, content: Content | null, style: Style = {}): void {
    const cells = this.#rows.get(row) ?? new Map<number, Cell>();
    cells.set(column, { content, style: this.#styles.placeOf(style) });
    this.#rows.set(row, cells);
  }

  text(row: number, column: number, text: string, style?: Style): void {
    this.put(row, column, { kind: "text", text }, style);
  }

  number(row: number, column: number, value: number, style?: Style): void {
    this.put(row, column, { kind: "number", value }, style);
  }

  formula(row: number, column: number, formula: string, style?: Style): void {
    this.put(row, column, { kind: "formula", formula }, style);
  }

  /** Fills the block; its other cells look as their columns do. */
  array(block: Omit<Block, "sheet">, formula: string, style?: Style): void {
    this.put(block.row, block.column, { kind: "array", formula, area: areaOf(block) }, style);
  }

  /** `width` in characters; `style` of cells in which nothing is put. */
  column(column: number, width: number, style: Style = {}): void {
    this.#columns.set(column, { width, style: this.#styles.placeOf(style) });
  }

  /** In points. */
  height(row: number, height: number): void {
    this.#heights.set(row, height);
  }

  validate(validation: Validation): void {
    this.#validations.push(validation);
  }

  xml(isFirst: boolean): string {
    const pane =
      this.frozen === 0
        ? ""
        : element("pane", {
            ySplit: this.frozen,
            topLeftCell: `A${this.frozen + 1}`,
            activePane: "bottomLeft",
            state: "frozen",
          });
    const view = element(
      "sheetView",
      { showGridLines: 0, ...(isFirst ? { tabSelected: 1 } : {}), workbookViewId: 0 },
      pane,
    );
    const columns = [...this.#columns]
      .sort(([a], [b]) => a - b)
      .map(([column, { width, style }]) =>
        element("col", { min: column, max: column, width, style, customWidth: 1 }),
      );
    return element(
      "worksheet",
      { xmlns: "http://schemas.openxmlformats.org/spreadsheetml/2006/main" },
      [
        `<sheetPr><tabColor rgb="FF${this.tab}"/><pageSetUpPr fitToPage="1"/></sheetPr>`,
        element("sheetViews", {}, view),
        '<sheetFormatPr defaultRowHeight="13.5"/>',
        columns.length === 0 ? "" : element("cols", {}, columns.join("")),
        element("sheetData", {}, this.#rowsXml()),
        // Without a password: it keeps formulas from being overwritten, and nothing secret.
        '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0"/>',
        this.#validationsXml(),
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>',
        '<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
      ].join(""),
    );
  }

  #rowsXml(): string {
    const numbers = [...new Set([...this.#rows.keys(), ...this.#heights.keys()])].sort((a, b) => a - b);
    return numbers
      .map((row) => {
        const height = this.#heights.get(row);
        const cells = [...(this.#rows.get(row) ?? [])].sort(([a], [b]) => a - b);
        return element(
          "row",
          { r: row, ...(height === undefined ? {} : { ht: height, customHeight: 1 }) },
          cells.map(([column, cell]) => cellXml(`${columnName(column)}${row}`, cell)).join(""),
        );
      })
      .join("");
  }

  #validationsXml(): string {
    if (this.#validations.length === 0) return "";
    return element(
      "dataValidations",
      { count: this.#validations.length },
      this.#validations.map(validationXml).join(""),
    );
  }
}

function cellXml(place: string, { content, style }: Cell): string {
  const own = { r: place, ...(style === 0 ? {} : { s: style }) };
  switch (content?.kind) {
    case undefined:
      return element("c", own);
    case "number":
      return element("c", own, `<v>${content.value === 0 ? 0 : content.value}</v>`);
    case "text":
      return element(
        "c",
        { ...own, t: "inlineStr" },
        `<is><t xml:space="preserve">${cellText(content.text)}</t></is>`,
      );
    case "formula":
      return element("c", own, `<f>${escaped(content.formula)}</f>`);
    case "array":
      return element("c", own, element("f", { t: "array", ref: content.area }, escaped(content.formula)));
  }
}

/** As many characters as a cell holds. */
const MOST_TEXT = 32_767;

/** `_x000D_` is a sign by its number there; a text that looks like one has its first sign so. */
function cellText(text: string): string {
  return escaped(text.slice(0, MOST_TEXT).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_"));
}

function validationXml({ area, rule, error }: Validation): string {
  const bounds = rule.type === "list" ? [rule.source] : rule.bounds.map(String);
  return element(
    "dataValidation",
    {
      type: rule.type,
      ...(rule.type === "list" ? {} : { operator: rule.operator }),
      allowBlank: 1,
      ...(error === null ? {} : { showErrorMessage: 1, errorTitle: "Not taken", error: error.slice(0, 220) }),
      sqref: area,
    },
    bounds.map((bound, i) => element(`formula${i + 1}`, {}, escaped(bound))).join(""),
  );
}
