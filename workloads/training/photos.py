# SPDX-License-Identifier: Apache-2.0
"""Photographs of Debian packages, cut into regions: the classes that the network learns to tell apart.

Each photograph has a grid of 8 x 5 regions, 8 along its longer side: 25 photographs give the 1000 classes of AlexNet.
A class is the region in which the centre of a crop lies. Never trained on: the photographs in HELD_OUT, and all crops
whose centre lies in the middle of a region (HELD_OUT_SHARE of its width and height), which the evaluation set consists of.
"""

import os

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

OPENCV = "/usr/share/doc/opencv-doc/examples"
SKIMAGE = "/usr/lib/python3/dist-packages/skimage/data"
SKLEARN = "/usr/lib/python3/dist-packages/sklearn/datasets/images"

# (name, file): packages opencv-doc, python3-skimage, python3-scipy (its face is stored compressed and read by its own function).
TRAINING = (
    [(name, f"{SKIMAGE}/{name}.{kind}") for name, kind in (
        ("astronaut", "png"), ("chelsea", "png"), ("coffee", "png"), ("hubble_deep_field", "jpg"), ("ihc", "png"),
        ("motorcycle_left", "png"), ("retina", "jpg"), ("rocket", "jpg"))]
    + [("face", None)]
    + [(name, f"{OPENCV}/data/{name}.{kind}") for name, kind in (
        ("fruits", "jpg"), ("baboon", "jpg"), ("leuvenA", "jpg"), ("squirrel_cls", "jpg"), ("aloeL", "jpg"),
        ("board", "jpg"), ("graf1", "png"), ("home", "jpg"), ("orange", "jpg"), ("apple", "jpg"), ("butterfly", "jpg"),
        ("building", "jpg"), ("smarties", "png"), ("stuff", "jpg"), ("rubberwhale1", "png"))]
    + [("plant", f"{OPENCV}/alphamat/input_images/plant.jpg")]
)
HELD_OUT = [("china", f"{SKLEARN}/china.jpg"), ("flower", f"{SKLEARN}/flower.jpg")]

COLUMNS, ROWS = 8, 5  # regions along the longer and the shorter side
REGIONS = COLUMNS * ROWS
CLASSES = REGIONS * len(TRAINING)
SIDE = 227  # pixels of a crop as the network sees it
SMALLEST, LARGEST = 0.3, 0.5  # side of a crop as a share of the shorter side of its photograph
EVALUATION_SIZE = 0.4
MARGIN = LARGEST / 2  # centres keep this from every edge, so that every crop fits
HELD_OUT_SHARE = 0.3
MEAN = torch.tensor([122.68, 116.67, 104.01])  # red, green, blue: as in workloads/networks/alexnet.json


def load(name, path):
    """A photograph as float32 [3, H, W], 0 to 255."""
    if path is None:
        import scipy.misc
        pixels = np.array(getattr(scipy.misc, name)())
    else:
        pixels = np.array(Image.open(path).convert("RGB"))
    return torch.from_numpy(pixels).permute(2, 0, 1).float()


def load_all(table=TRAINING):
    missing = [path for _, path in table if path and not os.path.exists(path)]
    if missing:
        raise SystemExit(f"photographs are missing: {missing}; install the packages named in README.md")
    return [load(name, path) for name, path in table]


def centre_of(photo, along, across):
    """Pixel position (y, x) of a place on the grid: along in [0, COLUMNS) on the longer side, across in [0, ROWS)."""
    height, width = photo.shape[1:]
    short = min(height, width)
    margin = MARGIN * short
    longer = margin + along / COLUMNS * (max(height, width) - 2 * margin)
    shorter = margin + across / ROWS * (short - 2 * margin)
    return (shorter, longer) if width >= height else (longer, shorter)


def crop(photo, along, across, size):
    """The square around a place of the grid, bilinear, [3, SIDE, SIDE]; size: its side as a share of the shorter side."""
    height, width = photo.shape[1:]
    y, x = centre_of(photo, along, across)
    half = size * min(height, width) / 2
    steps = (torch.arange(SIDE) + 0.5) / SIDE * 2 - 1
    rows = (y + half * steps) / height * 2 - 1
    columns = (x + half * steps) / width * 2 - 1
    grid = torch.stack([columns[None, :].expand(SIDE, SIDE), rows[:, None].expand(SIDE, SIDE)], -1)
    return F.grid_sample(photo[None], grid[None], mode="bilinear", padding_mode="border", align_corners=False)[0]


def share_between(position, count):
    """The two nearest regions of a place along one side and the share of each: 1 at a region's centre."""
    from_first = min(max(position - 0.5, 0.0), count - 1.0)
    first = min(int(from_first), count - 2)
    return ((first, 1 - (from_first - first)), (first + 1, from_first - first))


class Sampler:
    """Seeded training crops: place, size, flip, gains of colours; targets shared between the nearest regions."""

    def __init__(self, photos, seed):
        self.photos = photos
        self.random = np.random.default_rng(seed)

    def place(self):
        while True:
            along, across = self.random.uniform(0, COLUMNS), self.random.uniform(0, ROWS)
            if max(abs(along % 1 - 0.5), abs(across % 1 - 0.5)) > HELD_OUT_SHARE / 2:
                return along, across

    def batch(self, count):
        """Normalised images [count, 3, SIDE, SIDE] and targets [count, CLASSES], rows of which sum to 1."""
        images, targets = [], torch.zeros(count, CLASSES)
        for index in range(count):
            number = int(self.random.integers(len(self.photos)))
            along, across = self.place()
            image = crop(self.photos[number], along, across, self.random.uniform(SMALLEST, LARGEST))
            if self.random.random() < 0.5:
                image = image.flip(2)
            gains = self.random.uniform(0.7, 1.3) * self.random.uniform(0.9, 1.1, 3)
            image = (image - 127.5) * float(self.random.uniform(0.8, 1.2)) + 127.5
            images.append((image * torch.tensor(gains, dtype=torch.float32)[:, None, None]).clamp(0, 255))
            for column, share in share_between(along, COLUMNS):
                for row, other in share_between(across, ROWS):
                    targets[index, number * REGIONS + row * COLUMNS + column] += share * other
        return torch.stack(images) - MEAN[:, None, None], targets


def evaluation_crops(photos, step=2):
    """Held-out crops: the centre of every step-th region; yields (class, image [3, SIDE, SIDE] as uint8)."""
    for label in range(0, CLASSES, step):
        number, region = divmod(label, REGIONS)
        row, column = divmod(region, COLUMNS)
        image = crop(photos[number], column + 0.5, row + 0.5, EVALUATION_SIZE)
        yield label, image.round().clamp(0, 255).to(torch.uint8)
