// SPDX-License-Identifier: Apache-2.0
// Every malformed input of tests/config/malformed gives its whole message, exit code 2, and leaves no file behind.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "hw/codec/codec.hpp"
#include "hw/mac/mac.hpp"
#include "hw/number/number_format.hpp"
#include "sim/cli/command_line.hpp"
#include "sim/result/program.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/malformed_cases.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/test_array.hpp"

namespace lacuna {
namespace {

const Registration<ArrayKind, TestGrid> grid{"test_grid"};
const Registration<ArrayKind, TestGrid> line{"test_line"};

template <class Part>
std::string names() {
  std::string all;
  for (const std::string& name : Registry<Part>::instance().names()) all += (all.empty() ? "" : ", ") + name;
  return all;
}

/// A text of a case with the names in braces replaced by what this program has.
std::string expanded(std::string message) {
  const std::pair<std::string, std::string> marks[] = {
      {"{arrays}", names<ArrayKind>()},     {"{codecs}", names<Codec>()},    {"{macs}", names<MacDatapath>()},
      {"{numbers}", names<NumberFormat>()}, {"{source}", LACUNA_SOURCE_DIR}, {"{version}", this_program().version}};
  for (const auto& [mark, text] : marks) {
    const std::size_t found = message.find(mark);
    if (found != std::string::npos) message.replace(found, mark.size(), text);
  }
  return message;
}

/// Files and folders.
std::set<std::string> names_below(const std::string& folder) {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    files.insert(entry.path().string());
  }
  return files;
}

/// The working directory as long as it lives.
class WorkingDirectory {
 public:
  explicit WorkingDirectory(const std::string& folder) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(folder);
  }
  ~WorkingDirectory() { std::filesystem::current_path(before_); }

 private:
  std::filesystem::path before_;
};

const char* const kCases = LACUNA_SOURCE_DIR "/tests/config/malformed";

void expect_message(const MalformedCase& malformed, const std::string& data_root) {
  const ScopedVariable data("LACUNA_DATA", data_root);
  const ScratchFolder folder;
  for (const auto& [name, content] : malformed.files) folder.write(name, expanded(content));
  const std::set<std::string> before = names_below(folder.path());
  const WorkingDirectory here(folder.path());
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(command_line(malformed.words, out, err), 2);
  EXPECT_EQ(err.str(), "lacuna: " + expanded(malformed.message) + "\n");
  EXPECT_EQ(names_below(folder.path()), before);
}

class Malformed : public ::testing::TestWithParam<MalformedCase> {};

TEST_P(Malformed, InputGivesItsWholeMessageAndExitCode2) {
  expect_message(GetParam(), LACUNA_SOURCE_DIR "/tests/config/data");
}

INSTANTIATE_TEST_SUITE_P(Cases, Malformed, ::testing::ValuesIn(read_cases(kCases)));

class Refused : public ::testing::TestWithParam<MalformedCase> {};

TEST_P(Refused, ExperimentGivesItsWholeMessageAndExitCode2) { expect_message(GetParam(), LACUNA_SOURCE_DIR); }

INSTANTIATE_TEST_SUITE_P(Cases, Refused, ::testing::ValuesIn(read_cases(std::string(kCases) + "/engine")));

TEST(MalformedCases, AreAtLeastFiftyAndAllDifferent) {
  std::set<std::string> titles;
  std::vector<MalformedCase> cases = read_cases(kCases);
  for (const MalformedCase& malformed : read_cases(std::string(kCases) + "/engine")) cases.push_back(malformed);
  for (const MalformedCase& malformed : cases) {
    EXPECT_TRUE(titles.insert(malformed.place).second) << malformed.place << " stands twice";
    EXPECT_FALSE(malformed.words.empty()) << malformed.place << " has no command line";
    EXPECT_FALSE(malformed.message.empty()) << malformed.place << " has no message";
  }
  EXPECT_GE(titles.size(), 50U);
}

}  // namespace
}  // namespace lacuna
