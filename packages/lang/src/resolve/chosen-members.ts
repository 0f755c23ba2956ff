// Members of an ensemble that are chosen once they are trained: among those that predict, on validation rows.

import { quote } from "@netwright/definitions";
import { membersOf } from "../model/members-of.ts";
import type { DataSettings } from "../model/model.ts";
import type { Context } from "./context.ts";
import type { ResolvedNetwork } from "./model.ts";
import { sharesOf } from "./split.ts";

export function checkChosenMembers(
  { nodes, outputs }: ResolvedNetwork,
  data: DataSettings | undefined,
  context: Context,
): void {
  const { catalog, report } = context;
  const predicting = outputs.map(({ from }) => membersOf(nodes, from, catalog)?.begin.name);
  for (const { name, layer, args, span } of nodes) {
    if (catalog.layer.get(layer)?.parts(args).chooses !== true) continue;
    if (!predicting.includes(name)) {
      report.error("NW0235", span, `${quote(layer)} chooses among members that do not predict`, {
        notes: [
          "They end before the model does, or others begin behind them. End the model with `member_dense(outputs)`, or take `choose` out.",
        ],
      });
    } else if (data !== undefined && sharesOf(data.split, context).validation === 0) {
      report.error(
        "NW0704",
        span,
        "members are chosen on the validation rows, and no rows are kept for validation",
        { notes: ["Give `validation` of `data.split` a share, or let all predict: `choose: all`."] },
      );
    }
  }
}
