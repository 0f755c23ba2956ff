// Syntax trees to the model: the file as it is, and once more for each member of an ensemble that draws params.

import { hasError } from "@netwright/definitions";
import { createReport } from "../report.ts";
import type { File } from "../syntax/tree.ts";
import { askedOnce } from "./asked-once.ts";
import type { Context } from "./context.ts";
import { withDraws } from "./draws.ts";
import type { OverrideNode } from "./overrides.ts";
import { type Resolved, resolveFile } from "./resolve-file.ts";
import type { Host } from "./uses.ts";

/** With what members of an ensemble draw, where the file says that they do. */
export function resolve(
  main: File,
  used: readonly File[],
  overrides: OverrideNode,
  host: Host,
  context: Context,
): Resolved {
  const lent = askedOnce(host);
  const whole = resolveFile(new Map(), main, used, overrides, lent, context);
  const { model, domainOf, ...rest } = whole;
  if (model === undefined || hasError(context.report.diagnostics))
    return { ...rest, ...(model && { model }) };
  const drawing = { domainOf, isSet: (name: string) => overrides.children.has(name), context };
  const drawn = withDraws(model, drawing, (values) => {
    const report = createReport();
    const member = resolveFile(values, main, used, overrides, lent, { ...context, report });
    return { model: member.model, diagnostics: report.diagnostics };
  });
  return { ...rest, ...(drawn && { model: drawn }) };
}
