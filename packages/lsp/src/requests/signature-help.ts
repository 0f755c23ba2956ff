// textDocument/signatureHelp

import { unseenAs, visibleLines } from "@netwright/definitions";
import { signatureAt } from "@netwright/lang/service";
import { MarkupKind, type SignatureHelp, type SignatureHelpParams } from "vscode-languageserver";
import { offsetOf } from "../text/positions.ts";
import type { Workspace } from "../workspace/workspace.ts";

export function signatureHelp(
  workspace: Workspace,
  { textDocument, position }: SignatureHelpParams,
): SignatureHelp | null {
  const glance = workspace.glance(textDocument.uri);
  if (glance === undefined) return null;
  const { text, names } = glance;
  const found = signatureAt(text.source, names, offsetOf(text, position));
  if (found === undefined) return null;
  const { label, doc, parameters, active } = found;
  const signature = {
    // The places of the parameters in it stay.
    label: unseenAs("\ufffd", label),
    ...documented(doc),
    parameters: parameters.map((parameter) => ({
      label: [parameter.range[0], parameter.range[1]] satisfies [number, number],
      ...documented(parameter.doc),
    })),
  };
  // Behind the last parameter none is active.
  return { signatures: [signature], activeSignature: 0, activeParameter: active ?? parameters.length };
}

function documented(doc: string): Pick<SignatureHelp["signatures"][number], "documentation"> {
  return doc === "" ? {} : { documentation: { kind: MarkupKind.Markdown, value: visibleLines(doc) } };
}
