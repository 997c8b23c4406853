# SPDX-License-Identifier: Apache-2.0
"""What training and fine-tuning share: steps, masks, evaluation, logs."""

import json
import time

import torch
import torch.nn.functional as F

from model import LAYERS
from photos import MEAN, evaluation_crops


def soft_loss(logits, targets):
    return -(targets * F.log_softmax(logits, 1)).sum(1).mean()


def apply_masks(network, masks):
    with torch.no_grad():
        for name, mask in masks.items():
            getattr(network, name).weight.mul_(mask)


def steps(network, sampler, optimiser, schedule, masks=None, on_step=None, batch=32):
    """One step for each learning rate of schedule; removed weights stay removed."""
    network.train()
    started, seen = time.process_time(), 0
    for number, rate in enumerate(schedule):
        for group in optimiser.param_groups:
            group["lr"] = rate
        images, targets = sampler.batch(batch)
        logits = network(images)
        loss = soft_loss(logits, targets)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        if masks:
            apply_masks(network, masks)
        seen += batch
        if on_step:
            right = (logits.argmax(1) == targets.argmax(1)).float().mean().item()
            on_step(number, {"loss": loss.item(), "right": right, "rate": rate,
                             "cpu_ms_per_image": 1000 * (time.process_time() - started) / seen})


@torch.no_grad()
def evaluate(network, photos, step=2):
    """Top-1 and top-5 accuracy on held-out crops, and the zero share of the unpadded ifmap of each layer."""
    network.eval()
    crops = list(evaluation_crops(photos, step))
    right, within_five, zeros, batches = 0, 0, [0.0] * len(LAYERS), 0
    for first in range(0, len(crops), 50):
        labels = torch.tensor([label for label, _ in crops[first:first + 50]])
        images = torch.stack([image for _, image in crops[first:first + 50]]).float() - MEAN[:, None, None]
        *inputs, logits = network.inputs(images)
        best = logits.topk(5, 1).indices
        right += (best[:, 0] == labels).sum().item()
        within_five += (best == labels[:, None]).any(1).sum().item()
        zeros = [total + (x == 0).float().mean().item() for total, x in zip(zeros, inputs)]
        batches += 1
    return {"top1": right / len(crops), "top5": within_five / len(crops), "crops": len(crops),
            "zero_share": {name: round(total / batches, 4) for name, total in zip(LAYERS, zeros)}}


def log(path, entry):
    with open(path, "a") as file:
        file.write(json.dumps(entry) + "\n")
    print(json.dumps(entry), flush=True)
