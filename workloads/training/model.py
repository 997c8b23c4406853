# SPDX-License-Identifier: Apache-2.0
"""AlexNet as in workloads/networks/alexnet.json: two groups in conv2, conv4 and conv5, LRN, 61 M weights."""

import torch
import torch.nn.functional as F
from torch import nn


class NormaliseChannels(torch.autograd.Function):
    """LRN with beta 3/4. PyTorch's own module gives the same values and takes 40% of the whole training time."""

    @staticmethod
    def forward(context, x, band, alpha, k):
        divisor = F.conv2d(x * x, band).mul_(alpha).add_(k)
        root = divisor.rsqrt()
        factor = root * root.sqrt()
        context.save_for_backward(x, band, divisor, factor)
        context.alpha = alpha
        return x * factor

    @staticmethod
    def backward(context, gradient):
        x, band, divisor, factor = context.saved_tensors
        scaled = gradient * factor
        spread = F.conv2d((scaled * x).div_(divisor), band)
        return scaled.addcmul_(spread, x, value=-1.5 * context.alpha), None, None, None


class Lrn(nn.Module):
    """Across 5 channels; alpha (1e-4) is divided by their number, k = 1."""

    def __init__(self, channels):
        super().__init__()
        index = torch.arange(channels)
        band = ((index[:, None] - index[None]).abs() <= 2).float()[:, :, None, None]
        self.register_buffer("band", band, persistent=False)

    def forward(self, x):
        return NormaliseChannels.apply(x, self.band, 1e-4 / 5, 1.0)


LAYERS = ["conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8"]
# Standard deviations of the first weights. conv1 sees pixels (-123 to 151), so LRN has something to do.
FIRST = {"conv1": 0.01, "conv2": 0.041, "conv3": 0.029, "conv4": 0.034, "conv5": 0.034, "fc6": 0.007, "fc7": 0.011, "fc8": 0.003}


class AlexNet(nn.Module):
    def __init__(self, classes=1000):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 96, 11, stride=4)
        self.norm1 = Lrn(96)
        self.conv2 = nn.Conv2d(96, 256, 5, padding=2, groups=2)
        self.norm2 = Lrn(256)
        self.conv3 = nn.Conv2d(256, 384, 3, padding=1)
        self.conv4 = nn.Conv2d(384, 384, 3, padding=1, groups=2)
        self.conv5 = nn.Conv2d(384, 256, 3, padding=1, groups=2)
        self.fc6 = nn.Linear(9216, 4096)
        self.fc7 = nn.Linear(4096, 4096)
        self.fc8 = nn.Linear(4096, classes)
        for name in LAYERS:
            nn.init.normal_(getattr(self, name).weight, std=FIRST[name])
            nn.init.zeros_(getattr(self, name).bias)

    def inputs(self, x):
        """The ifmap of each conv and fc layer, in order, then the logits."""
        found = []

        def layer(name, value):
            found.append(value)
            return getattr(self, name)(value)

        x = F.max_pool2d(self.norm1(F.relu(layer("conv1", x))), 3, 2)
        x = F.max_pool2d(self.norm2(F.relu(layer("conv2", x))), 3, 2)
        x = F.relu(layer("conv3", x))
        x = F.relu(layer("conv4", x))
        x = F.max_pool2d(F.relu(layer("conv5", x)), 3, 2).flatten(1)
        x = F.relu(layer("fc6", x))
        x = F.relu(layer("fc7", x))
        return found + [layer("fc8", x)]

    def forward(self, x):
        return self.inputs(x)[-1]
