// The page's entry point, as the tests see it.

declare var runNetwright: (
  request: import("../page/protocol.ts").PageRequest,
) => Promise<import("../page/protocol.ts").PageResult>;

declare var runKit: (
  request: import("../page/protocol.ts").KitRequest,
) => Promise<import("../page/protocol.ts").KitOutcome>;

declare var readTable: (
  text: string,
  as: "bytes" | "text",
) => Promise<import("../page/protocol.ts").TableOutcome>;

declare var exportFormats: (
  request: import("../page/protocol.ts").FormatsRequest,
) => Promise<import("../page/protocol.ts").FormatsResult>;
