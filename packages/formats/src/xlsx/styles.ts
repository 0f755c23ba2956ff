// How cells look, as data, and the part of a workbook that lists every look once.

import { element, escaped } from "../xml.ts";

export interface Style {
  readonly bold?: true;
  readonly italic?: true;
  readonly size?: number;
  /** RGB, as `1F3864`. */
  readonly colour?: string;
  readonly fill?: string;
  readonly border?: true;
  /** Of numbers: `0.00`; `@` takes all that is typed as text. */
  readonly format?: string;
  readonly wrap?: true;
  readonly align?: "left" | "center" | "right";
  /** Can be filled in where the sheet is protected. */
  readonly unlocked?: true;
}

/** What stands for all that no style says. */
const PLAIN: Style = {};
/** Below it are formats that every program has by itself. */
const FIRST_FORMAT = 164;
/** The two fills that every program expects to be there first. */
const FILLS = ["none", "gray125"].map((kind) => `<fill><patternFill patternType="${kind}"/></fill>`);
const NO_BORDER = "<border><left/><right/><top/><bottom/><diagonal/></border>";

export class Styles {
  readonly #fonts = new Parts([fontOf(PLAIN)]);
  readonly #fills = new Parts(FILLS);
  readonly #borders = new Parts([NO_BORDER]);
  readonly #formats: string[] = [];
  readonly #looks = new Parts([]);
  readonly #known = new WeakMap<Style, number>();

  constructor() {
    this.placeOf(PLAIN);
  }

  /** As cells name it. */
  placeOf(style: Style): number {
    const place = this.#known.get(style) ?? this.#looks.placeOf(this.#lookOf(style));
    this.#known.set(style, place);
    return place;
  }

  xml(): string {
    const formats = this.#formats.map(
      (code, i) => `<numFmt numFmtId="${FIRST_FORMAT + i}" formatCode="${escaped(code)}"/>`,
    );
    const list = (name: string, parts: readonly string[]) =>
      parts.length === 0 ? "" : element(name, { count: parts.length }, parts.join(""));
    return element(
      "styleSheet",
      { xmlns: "http://schemas.openxmlformats.org/spreadsheetml/2006/main" },
      [
        list("numFmts", formats),
        list("fonts", this.#fonts.all),
        list("fills", this.#fills.all),
        list("borders", this.#borders.all),
        list("cellStyleXfs", ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']),
        list("cellXfs", this.#looks.all),
        list("cellStyles", ['<cellStyle name="Normal" xfId="0" builtinId="0"/>']),
      ].join(""),
    );
  }

  #lookOf(style: Style): string {
    const { fill, border, format, wrap, align, unlocked } = style;
    const looks = [
      ["numFmtId", format === undefined ? 0 : this.#formatOf(format)],
      ["fontId", this.#fonts.placeOf(fontOf(style))],
      ["fillId", fill === undefined ? 0 : this.#fills.placeOf(fillOf(fill))],
      ["borderId", border === undefined ? 0 : this.#borders.placeOf(BORDER)],
    ] as const;
    const attributes = looks.map(([name, place]) => `${name}="${place}"`).join(" ");
    const alignment = [
      ...(align === undefined ? [] : [`horizontal="${align}"`]),
      ...(wrap === undefined ? [] : ['vertical="top" wrapText="1"']),
    ].join(" ");
    const inside = [
      ...(alignment === "" ? [] : [`<alignment ${alignment}/>`]),
      ...(unlocked === undefined ? [] : ['<protection locked="0"/>']),
    ].join("");
    const applied =
      'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"';
    return `<xf ${attributes} xfId="0" ${applied}>${inside}</xf>`;
  }

  #formatOf(code: string): number {
    const known = this.#formats.indexOf(code);
    return FIRST_FORMAT + (known === -1 ? this.#formats.push(code) - 1 : known);
  }
}

class Parts {
  readonly all: string[];

  constructor(first: readonly string[]) {
    this.all = [...first];
  }

  placeOf(part: string): number {
    const known = this.all.indexOf(part);
    return known === -1 ? this.all.push(part) - 1 : known;
  }
}

function fontOf({ bold, italic, size = 10, colour = "000000" }: Style): string {
  return `<font>${bold ? "<b/>" : ""}${italic ? "<i/>" : ""}<sz val="${size}"/><color rgb="FF${colour}"/><name val="Arial"/><family val="2"/></font>`;
}

function fillOf(colour: string): string {
  return `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/><bgColor indexed="64"/></patternFill></fill>`;
}

const BORDER = `<border>${["left", "right", "top", "bottom"]
  .map((side) => `<${side} style="thin"><color rgb="FFC9CED6"/></${side}>`)
  .join("")}<diagonal/></border>`;
