// SPDX-License-Identifier: Apache-2.0
// The schemas that are shipped are those that the program prints.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "sim/schema/schemas.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

const char* const kFolder = LACUNA_SOURCE_DIR "/configs/schemas";

TEST(ShippedSchemas, AreWhatTheProgramPrints) {
  const ScratchFolder here;
  std::set<std::string> expected = {"README.md"};
  for (const std::string& name : schema_names()) {
    const ProgramOutcome outcome = run_program({"schema", name}, {here.path(), {}, {}, false});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, bytes_of(std::string(kFolder) + "/" + name + ".schema.json"))
        << "stale: lacuna schema " << name << " > configs/schemas/" << name << ".schema.json";
    expected.insert(name + ".schema.json");
  }
  std::set<std::string> found;
  for (const std::string& name : names_below(kFolder)) found.insert(name);
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace lacuna
