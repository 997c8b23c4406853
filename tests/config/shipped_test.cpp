// SPDX-License-Identifier: Apache-2.0
// Everything that is shipped loads.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/cli/command_line.hpp"
#include "sim/config/data_path.hpp"

namespace lacuna {
namespace {

class Shipped : public ::testing::TestWithParam<DataKind> {};

TEST_P(Shipped, FilesLoadAndAreNamedAsTheySay) {
  std::ostringstream out;
  std::ostringstream err;
  for (const std::string& name : data_names(GetParam())) {
    const DataFile file = shipped_file(GetParam(), name);
    EXPECT_EQ(command_line({"check", file.path}, out, err), 0) << err.str();
    EXPECT_EQ(JsonDocument::load(file.path).view().at("name").text(), name);
    EXPECT_EQ(out.str(), file.path + ": " + to_string(GetParam()) + " ok\n");
    out.str("");
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, Shipped,
                         ::testing::Values(DataKind::chip, DataKind::network, DataKind::precision, DataKind::energy,
                                           DataKind::mapping, DataKind::stimulus, DataKind::sweep),
                         [](const auto& kind) {
                           std::string name = to_string(kind.param);
                           for (char& c : name) c = c == ' ' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace lacuna
