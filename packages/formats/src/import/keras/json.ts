// What is asked of JSON that a stranger wrote: each answer is of the kind that is asked for, or null.

import { isObject } from "@netwright/definitions";

export type JsonObject = Readonly<Record<string, unknown>>;

export function objectIn(value: unknown, key: string): JsonObject | null {
  const found = fieldOf(value, key);
  return isObject(found) && !Array.isArray(found) ? found : null;
}

export function listIn(value: unknown, key: string): readonly unknown[] | null {
  const found = fieldOf(value, key);
  return Array.isArray(found) ? found : null;
}

export function textIn(value: unknown, key: string): string | null {
  const found = fieldOf(value, key);
  return typeof found === "string" ? found : null;
}

export function numberIn(value: unknown, key: string): number | null {
  const found = fieldOf(value, key);
  return typeof found === "number" && Number.isFinite(found) ? found : null;
}

export function fieldOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Whether a layer or a function, as Keras states it, is of Keras: another may have the same name, and computes what it likes. */
export function isOfKeras(value: unknown): boolean {
  const [module, registered] = [textIn(value, "module"), textIn(value, "registered_name")];
  if (module === null || module === "" || module === "builtins")
    return registered === null || !registered.includes(">");
  return /^(keras|tf_keras|tensorflow)(\.|$)/.test(module);
}

/** Null for what is no JSON, and for what lies deeper in one another than any model of a person. */
export function parsed(text: string): unknown {
  if (depthOf(text) > DEEPEST) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const DEEPEST = 500;

/** Of lists and objects; brackets in texts are none. */
function depthOf(text: string): number {
  let [depth, deepest, isText] = [0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) isText = !isText;
    else if (isText) {
      // What stands behind a backslash ends no text.
      if (code === 0x5c) i++;
    } else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x5d || code === 0x7d) depth--;
  }
  return deepest;
}
