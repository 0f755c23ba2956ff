"""The networks of examples/concrete/concrete-ensemble.net in PyTorch, trained on one table with a column `part`.

    python splits.py TABLE TARGET SEEDS THREADS

Prints JSON with the seconds of all trainings and the error of the mean prediction on the test rows. Written as a person
would: eager, one step a batch, rows on the processor, AdamW with OneCycleLR.
"""

import json
import sys
import time

import numpy as np
import pandas as pd
import torch
from sklearn.preprocessing import QuantileTransformer
from torch import nn

WAVES, BINS, WIDTH, EPOCHS, BATCH = 16, 24, 128, 200, 32


class Waves(nn.Module):
    """Cosines of learnt frequencies, weighted sums of these for each number by itself, and the number."""

    def __init__(self, numbers, size=4):
        super().__init__()
        self.frequencies = nn.Parameter(torch.randn(numbers, WAVES))
        self.phases = nn.Parameter(torch.rand(numbers, WAVES) * 2 * torch.pi - torch.pi)
        self.mixing = nn.Parameter((torch.rand(numbers, WAVES, size - 1) * 2 - 1) / WAVES**0.5)
        self.offsets = nn.Parameter(torch.zeros(numbers, size - 1))

    def forward(self, x):
        waves = torch.cos(2 * torch.pi * x.unsqueeze(-1) * self.frequencies + self.phases)
        sums = torch.einsum("bnf,nfo->bno", waves, self.mixing) + self.offsets
        return torch.cat([x.unsqueeze(-1), sums], -1).flatten(1)


class Bins(nn.Module):
    """How far each number has come through bins of [0, 1], and weighted sums of that."""

    def __init__(self, numbers, size=8):
        super().__init__()
        self.register_buffer("edges", torch.linspace(0, 1, BINS + 1))
        self.mixing = nn.Parameter((torch.rand(numbers, BINS, size) * 2 - 1) / BINS**0.5)
        self.offsets = nn.Parameter(torch.zeros(numbers, size))

    def forward(self, x):
        far = (x.unsqueeze(-1) - self.edges[:-1]) * BINS
        # On a line beyond the first and the last.
        far = torch.cat([far[..., :1].clamp(max=1), far[..., 1:-1].clamp(0, 1), far[..., -1:].clamp(min=0)], -1)
        return (torch.einsum("bnf,nfo->bno", far, self.mixing) + self.offsets).flatten(1)


class Network(nn.Module):
    def __init__(self, numbers):
        super().__init__()
        self.waves, self.bins = Waves(numbers), Bins(numbers)
        self.layers = nn.Sequential(
            nn.Linear(numbers * 12, WIDTH), nn.Mish(), nn.Linear(WIDTH, WIDTH), nn.Mish(), nn.Linear(WIDTH, 1)
        )

    def forward(self, x):
        return self.layers(torch.cat([self.waves(x), self.bins(x)], -1)).squeeze(-1)


def train(seed, x, y, checked):
    torch.manual_seed(seed)
    network = Network(x.shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-2, weight_decay=1e-2)
    steps = EPOCHS * -(-len(x) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=steps)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(x)).split(BATCH):
            optimizer.zero_grad()
            nn.functional.l1_loss(network(x[rows]), y[rows]).backward()
            optimizer.step()
            schedule.step()
        with torch.no_grad():
            nn.functional.l1_loss(network(checked[0]), checked[1]).item()
    return network


def main(table, target, seeds, threads):
    torch.set_num_threads(threads)
    rows = pd.read_csv(table)
    started = time.perf_counter()
    of = {part: rows[rows.part == part].drop(columns="part") for part in ("train", "validation", "test")}
    scaled = QuantileTransformer(n_quantiles=len(of["train"])).fit(of["train"].drop(columns=target))
    x = {part: torch.tensor(scaled.transform(own.drop(columns=target)), dtype=torch.float32) for part, own in of.items()}
    mean, std = of["train"][target].mean(), of["train"][target].std(ddof=0)
    y = {part: torch.tensor(((own[target] - mean) / std).to_numpy(), dtype=torch.float32) for part, own in of.items()}
    networks = [train(seed, x["train"], y["train"], (x["validation"], y["validation"])) for seed in range(seeds)]
    with torch.no_grad():
        guess = torch.stack([network(x["test"]) for network in networks]).mean(0).numpy() * std + mean
    rmse = float(np.sqrt(np.mean((guess - of["test"][target].to_numpy()) ** 2)))
    print(json.dumps({"rmse": rmse, "seconds": time.perf_counter() - started}))


main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
