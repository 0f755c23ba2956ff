// Whether TensorFlow's library is here, for the two peers that run on it.

import { nativeBackend } from "@netwright/backend-native";

export function nativeObstacle(): Promise<string | undefined> {
  return nativeBackend.describe().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}
