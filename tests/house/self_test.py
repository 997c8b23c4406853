# SPDX-License-Identifier: Apache-2.0
"""Tests of the house tests: each rule finds its breach in a small tree made for it."""

import os
import shutil
import tempfile
import unittest

import house_rules
import include_direction

SPDX = "// SPDX-License-Identifier: Apache-2.0\n"


class Tree(unittest.TestCase):
    """A root folder for each test, removed after it."""

    def setUp(self):
        self.root = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.root)

    def put(self, path, text=""):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def includes(self, path, target):
        """What is found when `path` includes `target`, which exists."""
        if not os.path.exists(os.path.join(self.root, target)):
            self.put(target)
        self.put(path, f'#include "{target}"\n')
        return include_direction.problems(self.root)


class IncludeDirection(Tree):
    def assert_allowed(self, path, target):
        self.assertEqual(self.includes(path, target), [], f"{path} -> {target}")

    def assert_forbidden(self, path, target):
        found = self.includes(path, target)
        self.assertEqual(len(found), 1, f"{path} -> {target}: {found}")
        self.assertTrue(found[0].startswith(f"{path}:1: {target}: "), found)
        os.remove(os.path.join(self.root, path))

    def test_every_pair_of_folders_follows_the_table(self):
        for here, allowed in include_direction.MAY_INCLUDE.items():
            for there in include_direction.MAY_INCLUDE:
                path, target = f"{here}/from.hpp", f"{there}/to.hpp"
                with self.subTest(path=path, target=target):
                    if here == there or there in allowed:
                        self.assert_allowed(path, target)
                    else:
                        self.assert_forbidden(path, target)

    def test_an_arrow_from_the_machine_to_what_runs_it_is_found(self):
        self.assert_forbidden("hw/base/error.hpp", "hw/number/number_format.hpp")
        self.assert_forbidden("hw/chip/config.cpp", "sim/config/experiment.hpp")
        self.assert_forbidden("hw/array/row_stationary/clocked/pe.cpp", "workloads/tensor/tensor.hpp")
        self.assert_forbidden("workloads/network/network.cpp", "hw/mac/mac.hpp")
        self.assert_forbidden("sim/config/experiment.cpp", "sim/cli/options.hpp")
        self.assert_forbidden("analysis/deviation.cpp", "sim/result/result_json.hpp")
        self.assert_forbidden("sim/cli/run.cpp", "tests/support/scratch_folder.hpp")

    def test_arrays_do_not_know_each_other(self):
        self.assert_forbidden("hw/array/systolic/mapping.cpp", "hw/array/row_stationary/mapping.hpp")
        self.assert_forbidden("hw/array/array.cpp", "hw/array/row_stationary/mapping.hpp")
        self.assert_allowed("hw/array/systolic/clocked/pe.cpp", "hw/array/systolic/mapping.hpp")
        self.assert_allowed("hw/array/systolic/mapping.cpp", "hw/array/array.hpp")

    def test_an_include_that_does_not_start_at_the_root_is_found(self):
        self.put("hw/base/units.hpp")
        self.put("hw/base/error.hpp", '#include "units.hpp"\n')
        self.assertEqual(
            include_direction.problems(self.root),
            ["hw/base/error.hpp:1: units.hpp: no such file from the root of the repository"],
        )

    def test_a_source_outside_the_house_is_found(self):
        self.put("tools/main.cpp")
        self.assertEqual(include_direction.problems(self.root), ["tools/main.cpp: not in a folder of the house"])

    def test_systemc_stays_in_the_machine(self):
        for path in ("hw/mac/mac.hpp", "hw/codec/dense.cpp", "sim/cli/main.cpp", "workloads/network/network.cpp"):
            for header in ("systemc", "systemc.h", "tlm_utils/simple_target_socket.h"):
                self.put(path, f"#include <{header}>\n")
                self.assertEqual(len(include_direction.problems(self.root)), 1, (path, header))
            self.put(path)
        self.put("hw/noc/core_clock.hpp", "#include <systemc>\n")
        self.assertEqual(include_direction.problems(self.root), [])

    def test_json_stays_in_the_sources_of_its_folders(self):
        whole, forward = "#include <nlohmann/json.hpp>\n", "#include <nlohmann/json_fwd.hpp>\n"
        self.put("sim/result/result_json.cpp", whole)
        self.put("sim/result/result_json.hpp", forward)
        self.assertEqual(include_direction.problems(self.root), [])
        self.put("sim/result/table.hpp", whole)
        self.put("hw/chip/config.cpp", forward)
        self.assertEqual(
            [line.split(":")[0] for line in include_direction.problems(self.root)],
            ["hw/chip/config.cpp", "sim/result/table.hpp"],
        )

    def test_yaml_is_read_in_one_source(self):
        header = "#include <yaml-cpp/yaml.h>\n"
        self.put("sim/energy/yaml_document.cpp", header)
        self.assertEqual(include_direction.problems(self.root), [])
        self.put("sim/energy/price_table.cpp", header)
        self.assertEqual(len(include_direction.problems(self.root)), 1)


class HouseRules(Tree):
    """Every test adds one breach to a tree that has none."""

    def setUp(self):
        super().setUp()
        for folder in ("hw/number", "hw/codec", "hw/mac", "analysis/report/charts"):
            self.put(f"{folder}/dense.cpp", SPDX + 'const Registration<Part, Dense> registered{"dense"};\n')
        self.put("hw/array/grid/clocked/model.cpp", SPDX + 'const Registration<ArrayKind, Grid> registered{"grid"};\n')

    def assert_only(self, problem):
        self.assertEqual(house_rules.problems(self.root), [problem])

    def test_a_house_in_order_has_no_breach(self):
        self.assertEqual(house_rules.problems(self.root), [])

    def test_a_source_without_its_licence_is_found(self):
        self.put("sim/run.sh", "#!/bin/sh\necho\n")
        self.assert_only("sim/run.sh: no line 'SPDX-License-Identifier: Apache-2.0' at its top")

    def test_a_header_without_its_guard_is_found(self):
        self.put("sim/run.hpp", SPDX)
        self.assert_only("sim/run.hpp: no '#pragma once' at its top")

    def test_a_source_over_500_lines_is_found(self):
        self.put("sim/run.cpp", SPDX + "\n" * 499)
        self.assertEqual(house_rules.problems(self.root), [])
        self.put("sim/run.cpp", SPDX + "\n" * 500)
        self.assert_only("sim/run.cpp: 501 lines, at most 500")

    def test_a_readme_of_250_lines_is_found(self):
        self.put("README.md", "\n" * 249)
        self.assertEqual(house_rules.problems(self.root), [])
        self.put("README.md", "\n" * 250)
        self.assert_only("README.md: 250 lines, a README has fewer than 250")

    def test_a_path_of_a_machine_is_found(self):
        for place in ("root", "home", "tmp"):
            self.put("README.md", f"see /{place}/me/notes\n")
            self.assert_only(f"README.md:1: a path of one machine: see /{place}/me/notes")
        self.put("README.md", "see hw/home/notes\n")
        self.put("tests/scratch.cpp", SPDX + '"/tmp/' + 'x"\n')
        self.assertEqual(house_rules.problems(self.root), [])

    def test_a_part_under_another_name_than_its_file_is_found(self):
        self.put("hw/codec/csc.cpp", SPDX + 'static const Registration<Codec, Csc> registered{"csc_relative"};\n')
        self.assert_only("hw/codec/csc.cpp: registers 'csc_relative', allowed 'csc'")

    def test_an_array_under_another_name_than_its_folder_is_found(self):
        self.put("hw/array/systolic/model.cpp", SPDX + 'const Registration<ArrayKind, A> registered("model");\n')
        self.assert_only("hw/array/systolic/model.cpp: registers 'model', allowed 'systolic'")

    def test_two_parts_of_one_name_are_found(self):
        self.put("hw/array/grid/again.cpp", SPDX + 'const Registration<ArrayKind, Grid> registered{"grid"};\n')
        self.assert_only("hw/array: registers 'grid' twice")

    def test_a_folder_of_parts_without_any_is_found(self):
        os.remove(os.path.join(self.root, "hw/mac/dense.cpp"))
        self.assert_only("hw/mac: registers no part")

    def test_data_under_another_name_than_its_file_is_found(self):
        self.put("configs/chips/small.json", '{"name": "large"}')
        self.assert_only("configs/chips/small.json: names itself 'large', allowed 'small'")

    def test_what_builds_and_runs_leave_behind_is_not_looked_at(self):
        self.put("build/release/a.cpp", "int a;\n")
        self.put("lacuna-out/README.md", "see /{0}/me\n".format("home"))
        self.assertEqual(house_rules.problems(self.root), [])


if __name__ == "__main__":
    unittest.main(verbosity=1)
