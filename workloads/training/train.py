# SPDX-License-Identifier: Apache-2.0
"""Train AlexNet from its first weights: python3 train.py FOLDER [--steps 800]. Goes on from FOLDER/training.pt if there."""

import argparse
import math
import os

import torch

import learning
from model import AlexNet
from photos import Sampler, load_all


def rate_of(step, steps, highest=2e-4):
    """Linear for 100 steps, then half a cosine down to a twentieth."""
    if step < 100:
        return highest * (step + 1) / 100
    return highest * (0.05 + 0.95 * (1 + math.cos(math.pi * (step - 100) / max(1, steps - 100))) / 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    os.makedirs(arguments.folder, exist_ok=True)
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    photos = load_all()
    network = AlexNet()
    optimiser = torch.optim.Adam(network.parameters(), betas=(0.9, 0.99))
    checkpoint, journal = f"{arguments.folder}/training.pt", f"{arguments.folder}/training.jsonl"
    first = 0
    if os.path.exists(checkpoint):
        saved = torch.load(checkpoint)
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        first = saved["steps"]

    def save(done):
        torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "steps": done}, checkpoint + ".new")
        os.replace(checkpoint + ".new", checkpoint)

    def on_step(number, figures):
        step = first + number
        if step % 20 == 0:
            learning.log(journal, {"step": step, **figures})
        if (step + 1) % 250 == 0:
            save(step + 1)
            learning.log(journal, {"step": step + 1, **learning.evaluate(network, photos, 10)})
            network.train()

    schedule = [rate_of(step, arguments.steps) for step in range(first, arguments.steps)]
    learning.steps(network, Sampler(photos, arguments.seed + first), optimiser, schedule, on_step=on_step)
    save(arguments.steps)
    learning.log(journal, {"step": arguments.steps, **learning.evaluate(network, photos)})


if __name__ == "__main__":
    main()
