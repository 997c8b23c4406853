# SPDX-License-Identifier: Apache-2.0
"""Prune and fine-tune in rounds: python3 prune.py FOLDER. Reads FOLDER/training.pt, writes FOLDER/pruned.pt, rounds.jsonl.

As S. Han, J. Pool, J. Tran, W. Dally, "Learning both Weights and Connections for Efficient Neural Networks" (NIPS 2015):
in each round the weights of least magnitude of each layer are removed, and those that stay are trained on. Densities go
down by the same factor in every round, to those of the same authors' AlexNet (Deep Compression, ICLR 2016, Table 4).
"""

import argparse
import os

import torch

import learning
from model import LAYERS, AlexNet
from photos import Sampler, load_all

DENSITY = dict(zip(LAYERS, (0.84, 0.38, 0.35, 0.37, 0.37, 0.09, 0.09, 0.25)))
ROUNDS = 5


def mask_of(weights, density):
    """Keeps round(density x count) weights of the largest magnitude."""
    kept = round(density * weights.numel())
    threshold = weights.abs().flatten().kthvalue(weights.numel() - kept + 1).values
    return (weights.abs() >= threshold).float()


def statistics(network):
    """Of the weights that are left: density, standard deviation, kurtosis (3 for a normal distribution)."""
    found = {}
    for name in LAYERS:
        weights = getattr(network, name).weight.detach().flatten()
        left = weights[weights != 0]
        centred = left - left.mean()
        variance = centred.square().mean()
        found[name] = {"density": round(left.numel() / weights.numel(), 5), "deviation": round(variance.sqrt().item(), 6),
                       "kurtosis": round((centred.pow(4).mean() / variance.square()).item(), 2)}
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--steps", type=int, default=90, help="of fine-tuning in each round; twice as many in the last")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    photos = load_all()
    network = AlexNet()
    network.load_state_dict(torch.load(f"{arguments.folder}/training.pt")["network"])
    journal = f"{arguments.folder}/rounds.jsonl"
    if os.path.exists(journal):
        os.remove(journal)
    learning.log(journal, {"round": 0, "after": learning.evaluate(network, photos), "weights": statistics(network)})
    for number in range(1, ROUNDS + 1):
        masks = {name: mask_of(getattr(network, name).weight.detach(), DENSITY[name] ** (number / ROUNDS)) for name in LAYERS}
        learning.apply_masks(network, masks)
        before = learning.evaluate(network, photos)
        count = arguments.steps * (2 if number == ROUNDS else 1)
        highest = 1e-4
        schedule = [highest * min(1.0, (step + 1) / 10) * (1 - 0.9 * step / count) for step in range(count)]
        optimiser = torch.optim.Adam(network.parameters(), betas=(0.9, 0.99))
        learning.steps(network, Sampler(photos, 100 * arguments.seed + number), optimiser, schedule, masks)
        torch.save(network.state_dict(), f"{arguments.folder}/pruned.pt")
        learning.log(journal, {"round": number, "before": before, "after": learning.evaluate(network, photos),
                               "weights": statistics(network)})


if __name__ == "__main__":
    main()
