# SPDX-License-Identifier: Apache-2.0
"""Shows that the conformance suite sees mistakes in the logic of the event model: makes them, one at a time, and runs it.

    python3 compiled_mutants.py ROOT BUILD [NAME...]

Each mutant of compiled_mutants.json replaces a text that stands once in one file. Only what that file is part of is
compiled again, into BUILD/mutants, and linked with the objects of the conformance suite, which stands built in BUILD
(Ninja). A mutant that no test of its `tests` (a GoogleTest filter) sees has survived; so has one whose text is gone.
Exits 1 when any has, and when the suite fails without a mutant.
"""

import json
import os
import shlex
import subprocess
import sys

TARGET = "tests/conformance"
SECONDS_PER_RUN = 600


class Survived(Exception):
    """Why a mutant counts as not caught."""


def mutate(text, mutant):
    """The text with the mutant's `from` replaced by its `to`."""
    found = text.count(mutant["from"])
    if found != 1:
        raise Survived(f"its text stands {found} times in {mutant['file']}, not once: {mutant['from']}")
    return text.replace(mutant["from"], mutant["to"])


def run(words, build, **more):
    return subprocess.run(words, cwd=build, capture_output=True, text=True, check=False, **more)


def ninja(build, *words):
    outcome = run(["ninja", "-t", *words], build)
    if outcome.returncode != 0:
        sys.exit(f"compiled_mutants.py: {build} is no Ninja build of {TARGET}: {outcome.stderr}")
    return outcome.stdout.splitlines()


class Build:
    """What the build knows: how each object and the suite are made, and which files each object is made from."""

    def __init__(self, root, build):
        self.root = root
        self.build = build
        commands = [shlex.split(line) for line in ninja(build, "commands", TARGET)]
        self.compile = {command[command.index("-o") + 1]: command for command in commands if "-c" in command}
        self.link = [word for word in commands[-1] if word not in (":", "&&")]
        self.sources = {}
        name = ""
        for line in ninja(build, "deps"):
            if line.startswith(" "):
                self.sources[name].add(os.path.normpath(os.path.join(build, line.strip())))
            elif line:
                name = line.split(":")[0]
                self.sources[name] = set()

    def objects_of(self, file):
        """The objects of the suite that a file is part of."""
        path = os.path.join(self.root, file)
        return [name for name in self.compile if path in self.sources.get(name, ())]

    def make(self, mutant):
        """Builds the suite with a mutant. Returns the program."""
        folder = os.path.join(self.build, "mutants", mutant["name"])
        with open(os.path.join(self.root, mutant["file"]), encoding="utf-8") as file:
            text = mutate(file.read(), mutant)
        copy = os.path.join(folder, mutant["file"])
        os.makedirs(os.path.dirname(copy), exist_ok=True)
        with open(copy, "w", encoding="utf-8") as file:
            file.write(text)
        link = list(self.link)
        for name in self.objects_of(mutant["file"]):
            made = os.path.join(folder, name.replace("/", "_"))
            self.compile_object(name, made, folder, mutant)
            link[link.index(name)] = made
        program = os.path.join(folder, "conformance")
        link[link.index("-o") + 1] = program
        self.check(run(link, self.build), "link", mutant)
        return program

    def compile_object(self, name, made, folder, mutant):
        command = list(self.compile[name])
        source = command.index("-c") + 1
        if command[source] == os.path.join(self.root, mutant["file"]):
            command[source] = os.path.join(folder, mutant["file"])
        for option in ("-o", "-MT"):
            command[command.index(option) + 1] = made
        command[command.index("-MF") + 1] = made + ".d"
        # Before the folder of the tree: a header found here hides that of the tree.
        command.insert(next(i for i, word in enumerate(command) if word.startswith("-I")), "-I" + folder)
        self.check(run(command, self.build), "compile", mutant)

    @staticmethod
    def check(outcome, step, mutant):
        if outcome.returncode != 0:
            raise Survived(f"{mutant['file']} does not {step}:\n{outcome.stdout}{outcome.stderr}")


def passes(program, tests, build):
    outcome = run([program, "--gtest_filter=" + tests, "--gtest_fail_fast"], build, timeout=SECONDS_PER_RUN)
    if outcome.returncode not in (0, 1):
        raise Survived(f"it crashes, code {outcome.returncode}:\n{outcome.stdout[-2000:]}{outcome.stderr}")
    if "Running 0 tests" in outcome.stdout:
        raise Survived(f"no test is called {tests}")
    return outcome.returncode == 0


def main(root, build, names):
    root, build = os.path.abspath(root), os.path.abspath(build)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "compiled_mutants.json"), encoding="utf-8") as file:
        mutants = [mutant for mutant in json.load(file) if not names or mutant["name"] in names]
    made = Build(root, build)
    failed = False
    for tests in sorted({mutant["tests"] for mutant in mutants}):
        if not passes(os.path.join(build, TARGET), tests, build):
            sys.exit(f"compiled_mutants.py: {tests} fails without a mutant")
    for mutant in mutants:
        try:
            if passes(made.make(mutant), mutant["tests"], build):
                raise Survived(f"{mutant['tests']} passes")
            print(f"{mutant['name']}: caught", flush=True)
        except Survived as reason:
            failed = True
            print(f"{mutant['name']}: SURVIVED: {reason}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
