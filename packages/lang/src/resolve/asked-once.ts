// A table that is looked at once for a file that is resolved several times.

import type { DataSchema } from "./data-schema.ts";
import type { Host } from "./uses.ts";

/** What a table gives is the same for all members. */
export function askedOnce(host: Host): Host {
  const { schema } = host;
  if (schema === undefined) return host;
  let known: { readonly schema: DataSchema | undefined } | undefined;
  return {
    ...host,
    schema(data, from, predicts) {
      known ??= { schema: schema(data, from, predicts) };
      return known.schema;
    },
  };
}
