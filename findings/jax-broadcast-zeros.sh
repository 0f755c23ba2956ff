#!/usr/bin/env bash
# jax 0.10.2 on processors: `multihost_utils.broadcast_one_to_all` does not give what the first process has sent. It adds
# the arrays of all processes, those of the others as zeros: so -0.0 arrives as 0.0, and as XLA flushes them, numbers below the normal
# ones arrive as 0, in the process that sent them, too. A state that is handed out so after a checkpoint was read is
# another one than was saved. Bits arrive where floats are viewed as whole numbers. One would have guessed that it copies.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check jax==0.10.2 jaxlib==0.10.2
cat > send.py <<'PY'
import sys

import jax
import numpy as np

process, port = int(sys.argv[1]), sys.argv[2]
jax.config.update("jax_cpu_collectives_implementation", "gloo")
jax.distributed.initialize(f"127.0.0.1:{port}", 2, process)
from jax.experimental.multihost_utils import broadcast_one_to_all

state = np.float32([-0.0, 1e-40, 0.5]) if process == 0 else np.zeros(3, np.float32)
floats = np.asarray(broadcast_one_to_all(state))
words = np.asarray(broadcast_one_to_all(state.view(np.uint32)), np.uint32).view(np.float32)
print(f"process {process}: floats {floats}, as whole numbers {words}")
assert floats.tobytes() == np.float32([0, 0, 0.5]).tobytes()
assert words.tobytes() == np.float32([-0.0, 1e-40, 0.5]).tobytes()
PY
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
python/bin/python send.py 0 "$port" 2>/dev/null &
first=$!
python/bin/python send.py 1 "$port" 2>/dev/null
wait "$first"
