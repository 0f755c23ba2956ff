// Whether what is given as a definition has the members of one: what all of Netwright's own of a family have, each has.

import { quote } from "@netwright/definitions";
import type { Mistake } from "../../api/check-options.ts";

type Kind = "function" | "string" | "list" | "object" | "other";

/** What is missing in a definition beside others of its family, or of another kind than there. */
export function formMistakes(
  what: string,
  definition: Readonly<Record<string, unknown>>,
  family: Iterable<object>,
): readonly Mistake[] {
  const missing = [...commonKinds(family)].filter(([name, kind]) => kindOf(definition[name]) !== kind);
  if (missing.length > 0) {
    return missing.map(
      ([name, kind]): Mistake => [
        `${what} has no ${quote(name)} that is ${NAMED[kind]}`,
        "`netwright help docs/extending.md` shows a whole one; `defineLayer` and the like fill in what may be left out.",
      ],
    );
  }
  const params = Object.entries(definition["params"] ?? {});
  return params.flatMap(([name, param]): Mistake[] => {
    if (!/^[A-Za-z_]\w*$/.test(name))
      return [
        [`${quote(name)} of ${what} is no name of a parameter`, "Files name it by letters, digits and `_`."],
      ];
    if (isParam(param)) return [];
    return [
      [`${quote(name)} of ${what} is no parameter`, "`real`, `integer`, `choice` and the like make one."],
    ];
  });
}

const NAMED: Readonly<Record<Kind, string>> = {
  function: "a function",
  string: "a text",
  list: "a list",
  object: "an object",
  other: "one",
};

function commonKinds(family: Iterable<object>): ReadonlyMap<string, Kind> {
  const [first, ...others] = [...family].map((one) => new Map(Object.entries(one)));
  const common = new Map<string, Kind>();
  for (const [name, value] of first ?? []) {
    const kind = kindOf(value);
    if (kind !== "other" && others.every((one) => kindOf(one.get(name)) === kind)) common.set(name, kind);
  }
  return common;
}

function kindOf(value: unknown): Kind {
  if (typeof value === "function") return "function";
  if (typeof value === "string") return "string";
  if (Array.isArray(value)) return "list";
  return typeof value === "object" && value !== null ? "object" : "other";
}

function isParam(param: unknown): boolean {
  if (typeof param !== "object" || param === null || !("type" in param)) return false;
  const { type } = param;
  return typeof type === "object" && type !== null && "kind" in type;
}
