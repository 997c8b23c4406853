// SPDX-License-Identifier: Apache-2.0
// The pages of the machine's parts name every parameter, with its default, and every count.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/config/field_echo.hpp"
#include "tests/support/layer_case.hpp"

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

/// Every array that is shipped: tests register some of their own.
std::vector<std::string> arrays() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(LACUNA_SOURCE_DIR "/hw/array")) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  EXPECT_GE(names.size(), 2U);
  return names;
}

std::string page_of_array(const std::string& name) { return page("hw/array/" + name + "/README.md"); }

TEST(Readme, OfEveryArrayStatesEveryFieldWithItsDefault) {
  for (const std::string& name : arrays()) {
    const std::string text = page_of_array(name);
    const nlohmann::json fields = echo_fields(*Registry<ArrayKind>::instance().find(name)->make_config());
    for (const auto& [field, value] : fields.items()) {
      const std::string row = "\n| `" + field + "` | " + shown(value) + " |";
      EXPECT_NE(text.find(row), std::string::npos) << name << row;
    }
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

TEST(Readme, OfTheCodecsHasARowForEveryOne) {
  const std::string text = page("hw/codec/README.md");
  for (const auto& entry : std::filesystem::directory_iterator(LACUNA_SOURCE_DIR "/hw/codec")) {
    const std::string name = entry.path().stem().string();
    if (name == "README" || name.find("codec") != std::string::npos || name.rfind("bit_", 0) == 0) continue;
    const std::string codec = name.substr(0, name.rfind("_reader"));
    EXPECT_NE(text.find("\n| `" + codec + "` |"), std::string::npos) << name;
  }
}

TEST(Readme, EveryEventOfEveryArrayAndOfTheChipStandsInATableOfCounts) {
  for (const std::string& name : arrays()) {
    const LayerCase layer(name);
    const std::string text = page_of_array(name) + page("hw/chip/README.md");
    std::vector<std::string> of_the_mac;
    for (const MacEvent& event : mac_events(layer.chip, {})) of_the_mac.push_back(event.name);
    for (const std::string& event : events_of(layer.chip)) {
      if (std::find(of_the_mac.begin(), of_the_mac.end(), event) != of_the_mac.end()) continue;
      EXPECT_NE(text.find('`' + event + '`'), std::string::npos) << name << " " << event;
    }
  }
}

}  // namespace
}  // namespace lacuna::test
