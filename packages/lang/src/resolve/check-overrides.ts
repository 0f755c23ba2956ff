// Overrides that name neither a param nor a section; the rest of a path is checked where it is used.

import { unknownOverride } from "./bind.ts";
import type { Context } from "./context.ts";
import type { Declarations } from "./declarations.ts";
import type { OverrideNode } from "./overrides.ts";

/** Sections whose settings `--set` may name, each with one of them. */
const SETTABLE = { data: "split.seed", train: "epochs", report: "interval" } as const;

function isSection(name: string): name is keyof typeof SETTABLE {
  return Object.hasOwn(SETTABLE, name);
}

export function checkOverrides(root: OverrideNode, declarations: Declarations, context: Context): void {
  const { params, data, train, report, incomplete } = declarations;
  const sections = { data, train, report };
  for (const [name, node] of root.children) {
    const [deeper] = node.children.values();
    if (params.has(name)) {
      if (deeper !== undefined)
        unknownOverride(deeper, `\`${name}\` is a param and has no setting`, [], context);
    } else if (isSection(name)) {
      if (node.value !== undefined) {
        context.report.error(
          "NW0502",
          node.value.span,
          `\`${name}\` is a section; set one of its settings, as \`${name}.${SETTABLE[name]}\``,
        );
      } else if (sections[name] === undefined && !incomplete && deeper !== undefined) {
        context.report.error(
          "NW0502",
          deeper.span,
          `the file has no section \`${name}\`, so \`${deeper.path}\` cannot be set`,
        );
      }
    } else if (!incomplete) {
      unknownOverride(
        node,
        "there is no param or section",
        [...params.keys(), ...Object.keys(SETTABLE)],
        context,
      );
    }
  }
}
