# SPDX-License-Identifier: Apache-2.0
"""Bias calibration: python3 calibrate.py FOLDER [--fc-codes 16]. Writes FOLDER/calibrated/LAYER.bias.npy.

Moves all biases of conv1 to conv4 by one number for each layer, in standard deviations of each channel, so that the
zero shares of the padded ifmaps of conv2 to conv5, averaged over the two held-out photographs, are those of Eyeriss
(Chen et al., IEEE JSSC 52(1), 2017, Table V). The other biases stay as trained.
"""

import argparse
import os

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

import learning
from model import LAYERS, AlexNet
from photos import MEAN, load_all

IMAGES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "images")
TARGETS = {"conv2": 0.387, "conv3": 0.725, "conv4": 0.793, "conv5": 0.776}


def held_out_photographs():
    """china.png and flower.png as the network sees them, [2, 3, 227, 227]."""
    pixels = [np.array(Image.open(f"{IMAGES}/{name}.png").convert("RGB")) for name in ("china", "flower")]
    return torch.from_numpy(np.stack(pixels)).permute(0, 3, 1, 2).float() - MEAN[:, None, None]


def padded_zero_share(network, layer, ifmap):
    padding = getattr(network, layer).padding[0]
    return (F.pad(ifmap, [padding] * 4) == 0).float().mean().item()


@torch.no_grad()
def padded_zero_shares(network, images):
    inputs = dict(zip(LAYERS, network.inputs(images)))
    return {layer: round(padded_zero_share(network, layer, inputs[layer]), 4) for layer in TARGETS}


@torch.no_grad()
def calibrate(network, images):
    """Changes the biases; returns by how many standard deviations each layer's went."""
    moved = {}
    for producer, consumer in zip(LAYERS, TARGETS):
        layer = getattr(network, producer)
        trained = layer.bias.clone()
        deviation = layer(dict(zip(LAYERS, network.inputs(images)))[producer]).transpose(0, 1).flatten(1).std(1)
        low, high = -4.0, 4.0  # shares of zeros fall as biases rise
        for _ in range(40):
            middle = (low + high) / 2
            layer.bias.copy_(trained + middle * deviation)
            share = padded_zero_share(network, consumer, dict(zip(LAYERS, network.inputs(images)))[consumer])
            low, high = (middle, high) if share > TARGETS[consumer] else (low, middle)
        moved[producer] = round(middle, 4)
    return moved


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--fc-codes", type=int, default=16)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    network = AlexNet()
    network.load_state_dict(torch.load(f"{arguments.folder}/shared{arguments.fc_codes}.pt"))
    images = held_out_photographs()
    photos = load_all()
    entry = {"targets": TARGETS, "trained": padded_zero_shares(network, images),
             "accuracy_trained": learning.evaluate(network, photos)}
    entry["moved"] = calibrate(network, images)
    entry.update({"calibrated": padded_zero_shares(network, images),
                  "accuracy_calibrated": learning.evaluate(network, photos)})
    os.makedirs(f"{arguments.folder}/calibrated", exist_ok=True)
    for name in LAYERS:
        np.save(f"{arguments.folder}/calibrated/{name}.bias.npy", getattr(network, name).bias.detach().numpy())
    learning.log(f"{arguments.folder}/calibration.jsonl", entry)


if __name__ == "__main__":
    main()
