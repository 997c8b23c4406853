# SPDX-License-Identifier: Apache-2.0
"""Statistics of the weights: python3 histograms.py FOLDER. Reads training.pt, pruned.pt and shared16.pt of FOLDER, writes
FOLDER/histograms.jsonl and FOLDER/histograms.svg, and prints kurtosis and densities.

A histogram has 80 bins between -4 and 4 standard deviations of the layer's trained weights; zeros of pruned weights are
counted apart. All three networks share the bins of a layer.
"""

import argparse
import json

import numpy as np
import torch

from model import LAYERS

BINS = 80
REACH = 4.0  # standard deviations on both sides
STEPS = ("trained", "pruned", "shared")
COLOURS = {"trained": "#888888", "pruned": "#1f77b4", "shared": "#d62728"}
WIDTH, HEIGHT, MARGIN = 230, 150, 24  # of a panel, in pixels


def load(folder):
    trained = torch.load(f"{folder}/training.pt", map_location="cpu")["network"]
    networks = [trained] + [torch.load(f"{folder}/{name}.pt", map_location="cpu") for name in ("pruned", "shared16")]
    return dict(zip(STEPS, networks))


def kurtosis(values):
    """Of a normal distribution 3."""
    centred = values - values.mean()
    return float((centred ** 4).mean() / (centred ** 2).mean() ** 2)


def describe(layer, weights, deviation):
    left = weights[weights != 0]
    counts, _ = np.histogram(left / deviation, BINS, (-REACH, REACH))
    return {"layer": layer, "weights": int(weights.size), "left": int(left.size), "kurtosis": round(kurtosis(left), 3),
            "outside": int(left.size - counts.sum()), "counts": counts.tolist()}


def panel(rows, column, line):
    """One layer: the three histograms over each other, each with its own scale, the trained one filled."""
    x0, y0 = MARGIN + column * (WIDTH + MARGIN), MARGIN + line * (HEIGHT + 2 * MARGIN)
    parts = [f'<text x="{x0}" y="{y0 - 8}">{rows["trained"]["layer"]}</text>',
             f'<line x1="{x0}" y1="{y0 + HEIGHT}" x2="{x0 + WIDTH}" y2="{y0 + HEIGHT}" stroke="#444"/>']
    for step in STEPS:
        counts = np.array(rows[step]["counts"], float)
        top = max(counts.max(), 1.0)
        points = [f"{x0 + WIDTH * i / BINS:.1f},{y0 + HEIGHT * (1 - value / top):.1f} "
                  f"{x0 + WIDTH * (i + 1) / BINS:.1f},{y0 + HEIGHT * (1 - value / top):.1f}" for i, value in enumerate(counts)]
        line_points = f"{x0},{y0 + HEIGHT} " + " ".join(points) + f" {x0 + WIDTH},{y0 + HEIGHT}"
        fill = f'fill="{COLOURS[step]}" fill-opacity="0.25"' if step == "trained" else 'fill="none"'
        parts.append(f'<polyline points="{line_points}" {fill} stroke="{COLOURS[step]}"/>')
    for mark in (-4, -2, 0, 2, 4):
        parts.append(f'<text x="{x0 + WIDTH * (mark + 4) / 8:.0f}" y="{y0 + HEIGHT + 14}" text-anchor="middle">{mark}</text>')
    return "\n".join(parts)


def draw(rows, file):
    columns = 4
    lines = (len(LAYERS) + columns - 1) // columns
    width, height = MARGIN + columns * (WIDTH + MARGIN), lines * (HEIGHT + 2 * MARGIN) + 2 * MARGIN
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
             f'<rect width="{width}" height="{height}" fill="white"/>']
    parts += [panel(rows[layer], i % columns, i // columns) for i, layer in enumerate(LAYERS)]
    for i, step in enumerate(STEPS):
        parts.append(f'<text x="{MARGIN + 110 * i}" y="{height - 12}" fill="{COLOURS[step]}">{step}</text>')
    parts.append(f'<text x="{MARGIN + 110 * len(STEPS)}" y="{height - 12}">weights that are not zero, in standard deviations of '
                 "the trained ones; each step scaled to its highest bin</text>")
    with open(file, "w", encoding="utf-8") as out:
        out.write("\n".join(parts) + "\n</svg>\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    folder = parser.parse_args().folder
    networks = load(folder)
    rows = {}
    with open(f"{folder}/histograms.jsonl", "w", encoding="utf-8") as out:
        for layer in LAYERS:
            weights = {step: networks[step][f"{layer}.weight"].numpy().ravel().astype(np.float64) for step in STEPS}
            deviation = weights["trained"].std()
            rows[layer] = {step: describe(layer, weights[step], deviation) for step in STEPS}
            for step in STEPS:
                out.write(json.dumps({"step": step, "deviation": float(deviation), **rows[layer][step]}) + "\n")
            print(layer, *(f"{step}: kurtosis {row['kurtosis']:.2f}, {100 * row['left'] / row['weights']:.1f}% left"
                           for step, row in rows[layer].items()), sep="  ")
    draw(rows, f"{folder}/histograms.svg")


if __name__ == "__main__":
    main()
