"""A step of training TabM with the package `tabm` on PyTorch: `members.py UNITS DEPTH MEMBERS FEATURES BATCH THREADS SECONDS CLOCK`.

Prints a JSON object whose `value` is the seconds of a step, the mean of the fastest third.
"""

import json
import sys
import time

import tabm
import torch

units, depth, members, features, batch, threads = map(int, sys.argv[1:7])
seconds = float(sys.argv[7])
now = time.process_time if sys.argv[8] == "cpu" else time.perf_counter

torch.set_num_threads(threads)
model = tabm.TabM(
    n_num_features=features,
    d_out=1,
    k=members,
    n_blocks=depth,
    d_block=units,
    dropout=0.1,
    arch_type="tabm",
    start_scaling_init="random-signs",
)
optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=3e-4)
x, y = torch.rand(batch, features) * 2 - 1, torch.rand(batch) * 2 - 1


def step():
    optimizer.zero_grad(set_to_none=True)
    loss = ((model(x).squeeze(-1) - y[:, None]) ** 2).mean()
    loss.backward()
    optimizer.step()
    loss.item()


for _ in range(3):
    step()
times = []
end = time.perf_counter() + seconds
while time.perf_counter() < end or len(times) < 3:
    start = now()
    step()
    times.append(now() - start)
fastest = sorted(times)[: max(1, len(times) // 3)]
print(json.dumps({"value": sum(fastest) / len(fastest), "note": f"{torch.get_num_threads()} threads"}))
