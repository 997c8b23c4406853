# SPDX-License-Identifier: Apache-2.0
"""Write the labelled evaluation set: python3 evaluation.py FOLDER. JPEG files of held-out crops, and labels.csv.

Of the training's photographs only those whose package says that they are in the public domain: the others are trained
on, and not passed on. The centre of each of their regions is one crop.
"""

import os
import sys

from PIL import Image

from photos import COLUMNS, REGIONS, TRAINING, evaluation_crops, load_all

SHIPPED = ("astronaut", "chelsea", "coffee", "hubble_deep_field", "ihc", "retina", "rocket", "face")
QUALITY = 90


def main(folder):
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/labels.csv", "w") as labels:
        labels.write("image,class,photograph,row,column\n")
        for label, image in evaluation_crops(load_all(), 1):
            number, region = divmod(label, REGIONS)
            photograph, row, column = TRAINING[number][0], region // COLUMNS, region % COLUMNS
            if photograph not in SHIPPED:
                continue
            name = f"{photograph}_{row}{column}.jpg"
            Image.fromarray(image.permute(1, 2, 0).numpy()).save(f"{folder}/{name}", quality=QUALITY, subsampling=0,
                                                               optimize=True)
            labels.write(f"{name},{label},{photograph},{row},{column}\n")


if __name__ == "__main__":
    main(sys.argv[1])
