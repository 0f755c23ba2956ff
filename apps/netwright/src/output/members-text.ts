// What `explain` tells of several that predict together in one network: members, and what a spread is of.

import { grouped } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import type { MemberRow } from "netwright";
import type { Session } from "../usage/session.ts";
import { renderTable } from "./table.ts";

/** What each drew, and whether it predicts, where that is known. */
export function membersText(members: readonly MemberRow[], session: Session): string {
  const [first] = members;
  if (first === undefined) return "";
  const names = Object.keys(first.drew);
  const isTold = members.some(({ predicts }) => predicts !== null);
  const columns = [
    { title: "member", align: "right" } as const,
    ...names.map((title) => ({ title, align: "right" }) as const),
    ...(isTold ? [{ title: "predicts" }] : []),
  ];
  const rows = members.map(({ member, drew, predicts }) => [
    String(member),
    ...names.map((name) => String(drew[name] ?? "")),
    ...(isTold ? [predicts === true ? "yes" : ""] : []),
  ]);
  return `\n${renderTable(columns, rows, session)}`;
}

/** What a spread is that the loss has not learned. */
export function spreadText({ report }: Model): string {
  if (report?.spread === undefined) return "";
  const passes = `${grouped(report.samples ?? 1)} passes through the network are apart, in which numbers are dropped`;
  const of = {
    members: "the members of the network are apart",
    dropout: passes,
    runs: "the runs of a study are apart",
  };
  return `spread: how far ${of[report.spread]}\n`;
}
