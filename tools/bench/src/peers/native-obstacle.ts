// Whether TensorFlow's library is here, for the two peers that run on it.

import { nativeBackend } from "@netwright/backend-native";
import type { Obstacle } from "./peer.ts";

export function nativeObstacle(): Promise<Obstacle | undefined> {
  return nativeBackend.describe().then(
    () => undefined,
    (error: unknown) => ({
      reason: error instanceof Error ? error.message : String(error),
      command: "npm run bench:setup",
    }),
  );
}
