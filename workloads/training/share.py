# SPDX-License-Identifier: Apache-2.0
"""Weight sharing: python3 share.py FOLDER [--fc-codes 16]. Reads FOLDER/pruned.pt, writes FOLDER/shared16/LAYER.*.npy.

As Deep Compression (Han, Mao, Dally, ICLR 2016, sections 3 and 3.1 to 3.3): k-means in each layer over the weights that
are left, from centroids spread evenly between the smallest and the largest; then the centroids are trained on, each with
the sum of the gradients of its weights. Code 0 is kept for zero, so a codebook of 256 has 255 values.
"""

import argparse
import os

import numpy as np
import torch

import learning
from model import LAYERS, AlexNet
from photos import Sampler, load_all

CONV_CODES = 256
ITERATIONS = 40


def k_means(values, count):
    """Centroids (ascending) of one-dimensional values, from evenly spread ones. Empty clusters are dropped."""
    ordered = np.sort(values.astype(np.float64))
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    centroids = np.linspace(ordered[0], ordered[-1], count)
    for _ in range(ITERATIONS):
        edges = np.concatenate([[0], np.searchsorted(ordered, (centroids[1:] + centroids[:-1]) / 2), [ordered.size]])
        sizes = np.diff(edges)
        filled = sizes > 0
        moved = np.diff(sums[edges])[filled] / sizes[filled]
        if moved.size == centroids.size and np.array_equal(moved, centroids):
            break
        centroids = moved
    return centroids.astype(np.float32)


class SharedLayer:
    """Codes of one layer's weights (0: removed) and the codebook that they point into."""

    def __init__(self, weights, codes):
        left = weights.numpy().ravel()
        kept = left != 0
        self.codebook = np.concatenate([[np.float32(0)], k_means(left[kept], codes - 1)])
        middles = (self.codebook[2:] + self.codebook[1:-1]) / 2
        numbers = np.zeros(left.size, np.int64)
        numbers[kept] = np.searchsorted(middles, left[kept]) + 1
        self.codes = torch.from_numpy(numbers)
        self.values = torch.nn.Parameter(torch.from_numpy(self.codebook.copy()))

    def write_to(self, weights):
        with torch.no_grad():
            weights.copy_(self.values[self.codes].view_as(weights))

    def gather(self, gradient):
        self.values.grad = torch.zeros_like(self.values).index_add_(0, self.codes, gradient.flatten())
        self.values.grad[0] = 0


def train_centroids(network, shared, sampler, steps, batch=32):
    parameters = [layer.values for layer in shared.values()] + [getattr(network, name).bias for name in LAYERS]
    optimiser = torch.optim.Adam(parameters, lr=2e-5, betas=(0.9, 0.99))
    for _ in range(steps):
        images, targets = sampler.batch(batch)
        network.zero_grad()
        learning.soft_loss(network(images), targets).backward()
        for name, layer in shared.items():
            layer.gather(getattr(network, name).weight.grad)
        optimiser.step()
        for name, layer in shared.items():
            layer.write_to(getattr(network, name).weight)


def write(network, folder):
    os.makedirs(folder, exist_ok=True)
    for name in LAYERS:
        layer = getattr(network, name)
        weights = layer.weight.detach().numpy()
        if weights.ndim == 2:  # M C H W of the ifmap, as Lacuna reads it: pool5 is 256 x 6 x 6
            weights = weights.reshape(weights.shape[0], -1, *((6, 6) if name == "fc6" else (1, 1)))
        np.save(f"{folder}/{name}.weight.npy", weights)
        np.save(f"{folder}/{name}.bias.npy", layer.bias.detach().numpy())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--fc-codes", type=int, default=16)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    photos = load_all()
    network = AlexNet()
    network.load_state_dict(torch.load(f"{arguments.folder}/pruned.pt"))
    pruned = learning.evaluate(network, photos)
    shared = {}
    for name in LAYERS:
        weights = getattr(network, name).weight
        shared[name] = SharedLayer(weights.detach(), CONV_CODES if name.startswith("conv") else arguments.fc_codes)
        shared[name].write_to(weights)
    before = learning.evaluate(network, photos)
    train_centroids(network, shared, Sampler(photos, 100 * arguments.seed), arguments.steps)
    learning.log(f"{arguments.folder}/sharing.jsonl",
                 {"fc_codes": arguments.fc_codes, "pruned": pruned, "shared": before,
                  "trained": learning.evaluate(network, photos)})
    write(network, f"{arguments.folder}/shared{arguments.fc_codes}")
    torch.save(network.state_dict(), f"{arguments.folder}/shared{arguments.fc_codes}.pt")


if __name__ == "__main__":
    main()
