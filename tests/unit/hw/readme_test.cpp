// SPDX-License-Identifier: Apache-2.0
// The pages of the machine's parts name every parameter, with its default, and every count.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/config/field_echo.hpp"
#include "tests/support/row_stationary_layer.hpp"

namespace lacuna::test {
namespace {

std::string page(const std::string& path) {
  std::ifstream file(LACUNA_SOURCE_DIR "/" + path);
  EXPECT_TRUE(file.is_open()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string shown(const nlohmann::json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

TEST(Readme, OfTheRowStationaryArrayStatesEveryFieldWithItsDefault) {
  const std::string text = page("hw/array/row_stationary/README.md");
  const nlohmann::json fields = echo_fields(RowStationaryConfig());
  for (const auto& [name, value] : fields.items()) {
    const std::string row = "\n| `" + name + "` | " + shown(value) + " |";
    EXPECT_NE(text.find(row), std::string::npos) << row;
  }
}

TEST(Readme, OfTheMemoryStatesTheDefaultsOfLinkAndBuffer) {
  const std::string text = page("hw/memory/README.md");
  for (const auto& part : {echo_fields(DramLinkConfig()), echo_fields(GlobalBufferConfig())}) {
    for (const auto& [name, value] : part.items()) {
      const std::string field = name + "` " + shown(value);
      EXPECT_NE(text.find(field), std::string::npos) << field;
    }
  }
}

TEST(Readme, EveryEventOfTheArrayAndOfTheChipStandsInATableOfCounts) {
  const RowStationaryLayer layer;
  const std::string text = page("hw/array/row_stationary/README.md") + page("hw/chip/README.md");
  const std::vector<std::string> of_the_mac = datapath_of(layer.chip).events();
  for (const std::string& event : events_of(layer.chip)) {
    if (std::find(of_the_mac.begin(), of_the_mac.end(), event) != of_the_mac.end()) continue;
    EXPECT_NE(text.find('`' + event + '`'), std::string::npos) << event;
  }
}

}  // namespace
}  // namespace lacuna::test
