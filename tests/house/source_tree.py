# SPDX-License-Identifier: Apache-2.0
"""The files of the project below a root folder, as the house tests see them."""

import os

# Made by builds and runs, or not ours.
_NOT_SOURCES = {".git", "build", "lacuna-out", "__pycache__", ".cache", ".vscode", ".idea"}


def files(root):
    """Paths of all files, relative to the root, with '/', in order."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in _NOT_SOURCES)
        for name in names:
            if name != ".git":  # a file in a linked worktree
                found.append(os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/"))
    return sorted(found)


def lines(root, path):
    """The lines of a text file; none of a file that is not text."""
    try:
        with open(os.path.join(root, path), encoding="utf-8") as file:
            return file.read().splitlines()
    except UnicodeDecodeError:
        return []
