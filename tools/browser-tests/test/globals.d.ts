// The page's entry point, as the tests see it.

declare var runNetwright: (
  request: import("../page/protocol.ts").PageRequest,
) => Promise<import("../page/protocol.ts").PageResult>;
