# SPDX-License-Identifier: Apache-2.0
"""Checks the rules of the house that can be read off the files: licence lines, sizes, names, no paths of a machine.

    python3 house_rules.py ROOT

Prints one line per breach and exits 1 when there is any.
"""

import json
import os
import re
import sys

import source_tree

SOURCE_ENDINGS = (".cpp", ".hpp", ".py", ".sh", ".cmake", "CMakeLists.txt", ".ci/run")
MOST_SOURCE_LINES = 500
MOST_README_LINES = 250
SPDX = "SPDX-License-Identifier: Apache-2.0"

# Every .cpp directly below these may register one part, by the name of the file; an array by the name of its folder.
PART_FOLDERS = ("hw/number", "hw/codec", "hw/mac", "hw/array", "analysis/report/charts")
# Every .json directly below these says its own name, if any, as the file is called.
DATA_FOLDERS = ("configs/chips", "configs/energy", "configs/mappings", "configs/precision", "configs/sweeps",
                "workloads/networks", "workloads/stimuli")

_MACHINE_PATH = re.compile(r"(?<![\w.~-])/(root|home|tmp)/")
_REGISTRATION = re.compile(r'^[^/]*\bRegistration<\s*\w+\s*,\s*\w+\s*>\s+\w+\s*[({]\s*"([^"]*)"')


def is_source(path):
    return path.endswith(SOURCE_ENDINGS)


def licence_problems(path, lines):
    if SPDX not in "\n".join(lines[:2]):
        yield f"{path}: no line '{SPDX}' at its top"
    # An -inl.hpp is let in once per set of vector instructions, by a guard of its own.
    if path.endswith(".hpp") and not path.endswith("-inl.hpp") and "#pragma once" not in lines[:3]:
        yield f"{path}: no '#pragma once' at its top"


def size_problems(path, lines):
    if is_source(path) and len(lines) > MOST_SOURCE_LINES:
        yield f"{path}: {len(lines)} lines, at most {MOST_SOURCE_LINES}"
    if path.endswith("README.md") and len(lines) >= MOST_README_LINES:
        yield f"{path}: {len(lines)} lines, a README has fewer than {MOST_README_LINES}"


def machine_path_problems(path, lines):
    for number, line in enumerate(lines, 1):
        for found in _MACHINE_PATH.finditer(line):
            if found.group(1) == "tmp" and path.startswith("tests/"):
                continue  # scratch
            yield f"{path}:{number}: a path of one machine: {line.strip()}"


def registered_names(lines):
    return [found.group(1) for found in map(_REGISTRATION.match, lines) if found]


def part_problems(root, paths):
    """A part's name is where it lies: what is configured by name is found by guessing its path."""
    for folder in PART_FOLDERS:
        names = []
        for path in paths:
            if not path.startswith(folder + "/") or not path.endswith(".cpp"):
                continue
            place = path[len(folder) + 1 :].split("/")[0].removesuffix(".cpp")
            for name in registered_names(source_tree.lines(root, path)):
                names.append(name)
                if name != place:
                    yield f"{path}: registers '{name}', allowed '{place}'"
        if not names:
            yield f"{folder}: registers no part"
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"{folder}: registers '{name}' twice"


def data_name_problems(root, path):
    folder, file = os.path.split(path)
    if folder not in DATA_FOLDERS or not file.endswith(".json"):
        return
    with open(os.path.join(root, path), encoding="utf-8") as text:
        name = json.load(text).get("name", file.removesuffix(".json"))
    if name + ".json" != file:
        yield f"{path}: names itself '{name}', allowed '{file.removesuffix('.json')}'"


def problems(root):
    """One line per breach."""
    paths = source_tree.files(root)
    found = list(part_problems(root, paths))
    for path in paths:
        lines = source_tree.lines(root, path)
        if is_source(path):
            found += licence_problems(path, lines)
        found += size_problems(path, lines)
        found += machine_path_problems(path, lines)
        found += data_name_problems(root, path)
    return found


def main():
    found = problems(sys.argv[1])
    print("\n".join(found) if found else "the house is in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
