# SPDX-License-Identifier: Apache-2.0
"""Tests of documented_commands.py: it runs what it should, and finds what fails or is not run."""

import os
import shutil
import tempfile
import unittest

import documented_commands as docs


class DocumentedCommands(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.root)
        self.put("bin/lacuna", '#!/bin/sh\necho "$@" >> calls\n[ "$1" != broken ]\n')
        os.chmod(os.path.join(self.root, "bin/lacuna"), 0o755)

    def put(self, path, text):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def problems(self, readme):
        self.put("README.md", readme)
        return docs.problems(self.root, os.path.join(self.root, "bin"))

    def test_marked_blocks_that_succeed_are_fine(self):
        self.assertEqual(self.problems("# Title\n<!-- test -->\n```sh\nlacuna list chips\ntest -f calls\n```\n"), [])

    def test_a_command_that_fails_is_found(self):
        found = self.problems("<!-- test -->\n```sh\nlacuna broken\nlacuna list chips\n```\n")
        self.assertEqual(found, ["README.md:3: exit code 1:\n"])

    def test_a_failure_inside_a_pipe_is_found(self):
        self.assertEqual(len(self.problems("<!-- test -->\n```sh\nlacuna broken | cat\n```\n")), 1)

    def test_blocks_run_in_order_in_one_copy_and_leave_the_tree_alone(self):
        text = "<!-- test -->\n```sh\nlacuna one\n```\ntext\n<!-- test -->\n\n```sh\ngrep one calls\n```\n"
        self.assertEqual(self.problems(text), [])
        self.assertFalse(os.path.exists(os.path.join(self.root, "calls")))

    def test_a_document_of_a_configuration_is_run_too(self):
        self.put("configs/chips/small.md", "<!-- test -->\n```sh\nlacuna broken\n```\n")
        self.assertEqual(self.problems("# Title\n"), ["configs/chips/small.md:3: exit code 1:\n"])

    def test_a_command_outside_tested_blocks_is_found(self):
        for block in ("```sh\nlacuna list chips\n```", "```\n$ lacuna list chips\n```", "text\n\n    lacuna list chips"):
            found = docs.untested_commands("README.md", "# Title\n\n" + block + "\n")
            self.assertEqual(len(found), 1, block)
            self.assertTrue(found[0].endswith("no test runs: lacuna list chips"), found)

    def test_commands_that_start_everything_need_no_test(self):
        text = "```sh\nbash sim/quickstart.sh\nbash tests/run.sh --filter 'unit.*'  # some tests\n```\n"
        self.assertEqual(docs.untested_commands("README.md", text), [])

    def test_nothing_hides_behind_a_command_that_starts_everything(self):
        for tail in ("; lacuna broken", " && lacuna broken"):
            text = "```sh\nbash sim/quickstart.sh" + tail + "\n```\n"
            self.assertEqual(len(docs.untested_commands("README.md", text)), 1, tail)

    def test_a_mark_without_a_block_is_found(self):
        found = self.problems("<!-- test -->\n```json\n{}\n```\n")
        self.assertEqual(found, ["README.md: 1 marks '<!-- test -->' but 0 sh blocks that follow one"])


if __name__ == "__main__":
    unittest.main(verbosity=1)
