// A definition of a user's own, with all its functions watched: what one of them throws is told as what it is, a mistake of
// that definition and not of Netwright. So are the functions of what they give, such as the coding that an encoder opens.

import { NotYetLoaded } from "@netwright/data";
import { quote } from "@netwright/definitions";
import { NetwrightError } from "../../netwright-error.ts";
import { projectError } from "../../project/diagnostics.ts";

/**
 * `what`: `the layer `half``. The copy throws NetwrightError NW0914 for whatever the definition throws. Functions that it
 * has in common with those of `family` are Netwright's, and stay the ones that they are: what is exported goes by them.
 */
export function watched<T extends object>(what: string, definition: T, family: Iterable<object>): T {
  const shared = new Set<unknown>([...family].flatMap((one) => Object.values(one)));
  return Object.assign({ ...definition }, watchedMembers(what, definition, 0, shared));
}

/** Those of its members that are functions, or have some. */
function watchedMembers(
  what: string,
  holder: object,
  depth: number,
  shared: ReadonlySet<unknown> = new Set(),
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(holder).flatMap(([name, value]) => {
      if (shared.has(value)) return [];
      if (typeof value === "function") return [[name, watchedCall(what, name, holder, value)]];
      const inner = withWatched(what, value, depth + 1);
      return inner === value ? [] : [[name, inner]];
    }),
  );
}

function watchedCall(what: string, name: string, holder: object, call: (...given: unknown[]) => unknown) {
  return (...given: unknown[]): unknown => {
    let made: unknown;
    try {
      made = Reflect.apply(call, holder, given);
    } catch (error) {
      // These are told, or done, where they go.
      if (error instanceof NetwrightError || error instanceof NotYetLoaded) throw error;
      throw failed(what, name, error);
    }
    return withWatched(what, made, 0);
  };
}

/** How far in an object functions are looked for: a coding has a scaling, which has two. */
const DEEPEST = 2;

/** The same value where nothing in it is a function. */
function withWatched(what: string, value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const members = watchedMembers(what, value, depth);
  return Object.keys(members).length === 0 ? value : { ...value, ...members };
}

function failed(what: string, name: string, error: unknown): NetwrightError {
  const reason = error instanceof Error ? error.message : String(error);
  const diagnostic = projectError(
    "NW0914",
    `${what} fails in ${quote(name)}: ${reason}`,
    ["The definition was given to `extendCatalog`; the `cause` of this error has the place in it."],
    undefined,
  );
  return Object.assign(new NetwrightError([diagnostic], new Map()), { cause: error });
}
