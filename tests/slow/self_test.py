# SPDX-License-Identifier: Apache-2.0
"""Tests of compiled_mutants.py: a mutant changes its one place, and one that has lost its place does not go unseen."""

import json
import os
import unittest

import compiled_mutants as mutants


class Mutate(unittest.TestCase):
    def setUp(self):
        self.mutant = {"name": "late", "file": "a.cpp", "from": "k - 1", "to": "k", "tests": "*"}

    def test_replaces_its_text(self):
        self.assertEqual(mutants.mutate("f(k - 1);", self.mutant), "f(k);")

    def test_refuses_a_text_that_is_gone(self):
        with self.assertRaisesRegex(mutants.Survived, "stands 0 times in a.cpp, not once: k - 1"):
            mutants.mutate("f(k);", self.mutant)

    def test_refuses_a_text_that_stands_twice(self):
        with self.assertRaisesRegex(mutants.Survived, "stands 2 times"):
            mutants.mutate("f(k - 1, k - 1);", self.mutant)


class Table(unittest.TestCase):
    def test_holds_mutants_of_texts_that_stand_once_in_the_tree(self):
        folder = os.path.dirname(os.path.abspath(__file__))
        with open(os.path.join(folder, "compiled_mutants.json"), encoding="utf-8") as file:
            table = json.load(file)
        self.assertGreaterEqual(len(table), 5)
        self.assertEqual(len({mutant["name"] for mutant in table}), len(table))
        for mutant in table:
            with open(os.path.join(folder, "../..", mutant["file"]), encoding="utf-8") as file:
                text = file.read()
            self.assertNotEqual(mutants.mutate(text, mutant), text, mutant["name"])


if __name__ == "__main__":
    unittest.main()
