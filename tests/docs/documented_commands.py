# SPDX-License-Identifier: Apache-2.0
"""Runs the commands that the documents show, so that they cannot rot.

    python3 documented_commands.py ROOT FOLDER_OF_THE_PROGRAM

A fenced `sh` block after the line `<!-- test -->` is run by bash, stopping at the first command that fails, in a copy of
the project, with `lacuna` on PATH. The blocks of one document run one after another in the same copy. In README.md every
command line of `lacuna` or `bash` in a code block must be in such a block or be one of those that start everything.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

MARK = "<!-- test -->"
# These install packages and build: they are run by hand and by the tests' own runner.
START_COMMANDS = ("bash sim/quickstart.sh", "bash tests/run.sh")
_NOT_OURS = (".git", "build", "lacuna-out", "__pycache__")
_NOT_COPIED = shutil.ignore_patterns(*_NOT_OURS)
_COMMAND = re.compile(r"(?:\$ )?((?:lacuna|bash) .*)")


class Block:
    """A fenced block: its language, first line number, lines, and whether the mark stands before it."""

    def __init__(self, language, number, marked):
        self.language, self.number, self.marked, self.lines = language, number, marked, []


def blocks(text):
    """The code blocks of a Markdown text. Indented ones have the language ''."""
    found, fence, before, indented = [], None, "", None
    for number, line in enumerate(text.splitlines(), 1):
        opening = re.match(r" {0,3}(`{3,}|~{3,})\s*([\w+-]*)", line)
        if fence:
            if line.strip() == fence:
                fence = None
            else:
                found[-1].lines.append(line)
            continue
        if opening:
            fence = opening.group(1)
            found.append(Block(opening.group(2), number + 1, before == MARK))
        elif re.match(r" {4,}|\t", line):
            if indented is None:
                indented = Block("", number, False)
                found.append(indented)
            indented.lines.append(line.strip())
        if line.strip():
            before = line.strip()
            if not re.match(r" {4,}|\t", line):
                indented = None
    return found


def is_start_command(command):
    """One of START_COMMANDS, with or without options, and nothing after it but a comment."""
    command = re.sub(r"\s+#.*", "", command).strip()
    return any(re.fullmatch(re.escape(start) + r"( --?[\w-]+| [\w.*|^$'\"-]+)*", command) for start in START_COMMANDS)


def untested_commands(name, text):
    """One line per command that no test runs."""
    found = []
    for block in blocks(text):
        if block.marked and block.language == "sh":
            continue
        for number, line in enumerate(block.lines, block.number):
            command = _COMMAND.match(line.strip())
            if command and not is_start_command(command.group(1)):
                found.append(f"{name}:{number}: no test runs: {command.group(1)}")
    return found


def mark_problems(name, text):
    """One line per mark that no sh block follows."""
    marked = sum(block.marked and block.language == "sh" for block in blocks(text))
    written = sum(line.strip() == MARK for line in text.splitlines())
    return [] if marked == written else [f"{name}: {written} marks '{MARK}' but {marked} sh blocks that follow one"]


def folder_of_python(scratch):
    """A folder whose `python3` knows pandas, as the documents ask of their readers: Debian's, where another is first."""
    for python in (shutil.which("python3"), "/usr/bin/python3"):
        known = subprocess.run([python, "-c", "import pandas"], stderr=subprocess.DEVNULL, check=False).returncode == 0
        if known:
            folder = os.path.join(scratch, "bin")
            os.makedirs(folder)
            os.symlink(python, os.path.join(folder, "python3"))
            return folder
    raise SystemExit("no python3 has pandas: install python3-pandas")


def run_blocks(root, program_folder, name, text):
    """Runs the marked blocks of a document; one line per block that fails."""
    marked = [block for block in blocks(text) if block.marked and block.language == "sh"]
    if not marked:
        return []
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        path = [program_folder, folder_of_python(scratch), os.environ["PATH"]]
        environment = dict(os.environ, PATH=os.pathsep.join(path), LACUNA_CACHE=os.path.join(scratch, "cache"))
        environment.pop("LACUNA_DATA", None)
        copy = os.path.join(scratch, "lacuna")
        shutil.copytree(root, copy, ignore=_NOT_COPIED)
        for block in marked:
            print(f"{name}:{block.number}:\n  " + "\n  ".join(block.lines), flush=True)
            script = "set -euo pipefail\n" + "\n".join(block.lines) + "\n"
            done = subprocess.run(["bash", "-c", script], cwd=copy, env=environment, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            if done.returncode != 0:
                found.append(f"{name}:{block.number}: exit code {done.returncode}:\n{done.stdout}")
    return found


def documents(root):
    """README.md and all other documents, relative to the root."""
    found = []
    for folder, inner, files in os.walk(root):
        inner[:] = [name for name in inner if name not in _NOT_OURS]
        found += [os.path.relpath(os.path.join(folder, file), root) for file in files if file.endswith(".md")]
    return ["README.md"] + sorted(path for path in found if path != "README.md")


def problems(root, program_folder):
    found = []
    for name in documents(root):
        with open(os.path.join(root, name), encoding="utf-8") as file:
            text = file.read()
        if name == "README.md":
            found += untested_commands(name, text)
        found += mark_problems(name, text)
        found += run_blocks(root, program_folder, name, text)
    return found


def main():
    found = problems(sys.argv[1], os.path.abspath(sys.argv[2]))
    print("\n".join(found) if found else "all documented commands run")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
