# SPDX-License-Identifier: Apache-2.0
"""Checks that no folder includes a folder that it must not know.

    python3 include_direction.py ROOT

Prints one line per forbidden include and exits 1 when there is any. Only what a file includes itself counts, not what
comes with it.
"""

import re
import sys

import source_tree

# A folder of the house -> the folders that its files may include, its own apart. The longest match of a path counts.
HW = ["hw/base", "hw/number", "hw/codec", "hw/mac", "hw/noc", "hw/memory", "hw/array", "hw/chip"]
MAY_INCLUDE = {
    "hw/base": [],
    "hw/number": ["hw/base"],
    "hw/codec": ["hw/base"],
    "hw/mac": ["hw/base", "hw/number"],
    "hw/noc": ["hw/base"],
    "hw/memory": ["hw/base", "hw/number", "hw/codec", "hw/noc"],
    "hw/array": ["hw/base", "hw/number", "hw/mac", "hw/memory", "hw/noc"],
    "hw/chip": HW,
    "workloads": ["hw/base", "hw/number", "hw/codec"],
    "sim": HW + ["workloads"],
    "sim/cli": HW + ["workloads", "sim", "analysis"],
    "analysis": ["hw/base"],
    "tests": HW + ["workloads", "sim", "sim/cli", "analysis"],
}
SYSTEMC = ("hw/noc", "hw/memory", "hw/array", "hw/chip", "tests")
JSON = ("workloads", "sim", "sim/cli", "analysis", "tests")
YAML = "sim/energy/yaml_document.cpp"

_INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')


def folder_of(path):
    """The folder of the table that a path lies in, None if in none."""
    inside = [folder for folder in MAY_INCLUDE if path.startswith(folder + "/")]
    return max(inside, key=len, default=None)


def array_of(path):
    """The PE array (folder below hw/array) that a path belongs to, None of a file that is shared by all."""
    parts = path.split("/")
    return parts[2] if parts[:2] == ["hw", "array"] and len(parts) > 3 else None


def own_include_problem(path, target, known):
    if target not in known:
        return "no such file from the root of the repository"
    here, there = folder_of(path), folder_of(target)
    if there is None:
        return "not in a folder of the house"
    if here == "hw/array" and array_of(target) not in (None, array_of(path)):
        return f"{array_of(path) or 'what all arrays share'} must not know the array {array_of(target)}"
    if here != there and there not in MAY_INCLUDE[here]:
        return f"{here} must not include {there}"
    return None


def foreign_include_problem(path, target):
    here = folder_of(path)
    if re.match(r"systemc(\.h)?$|tlm|sysc/", target) and here not in SYSTEMC:
        return f"no SystemC in {here}"
    if target.startswith("yaml-cpp/") and path != YAML:
        return f"YAML is read in {YAML} alone"
    if target.startswith("nlohmann/"):
        if here not in JSON:
            return f"no JSON in {here}"
        if target != "nlohmann/json_fwd.hpp" and not path.endswith(".cpp"):
            return "headers include nlohmann/json_fwd.hpp at most: the whole costs a second per translation unit"
    return None


def problems(root):
    """One line per forbidden include."""
    paths = source_tree.files(root)
    known = set(paths)
    found = []
    for path in paths:
        if not path.endswith((".cpp", ".hpp")):
            continue
        if folder_of(path) is None:
            found.append(f"{path}: not in a folder of the house")
            continue
        for number, line in enumerate(source_tree.lines(root, path), 1):
            include = _INCLUDE.match(line)
            if not include:
                continue
            quote, target = include.groups()
            if quote == '"':
                problem = own_include_problem(path, target, known)
            else:
                problem = foreign_include_problem(path, target)
            if problem:
                found.append(f"{path}:{number}: {target}: {problem}")
    return found


def main():
    found = problems(sys.argv[1])
    print("\n".join(found) if found else "all includes point the right way")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
