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
  const std::pair<std::string, std::string> marks[] = {{"{arrays}", names<ArrayKind>()},
                                                       {"{codecs}", names<Codec>()},
                                                       {"{macs}", names<MacDatapath>()},
                                                       {"{numbers}", names<NumberFormat>()},
                                                       {"{version}", this_program().version}};
  for (const auto& [mark, text] : marks) {
    const std::size_t found = message.find(mark);
    if (found != std::string::npos) message.replace(found, mark.size(), text);
  }
  return message;
}

std::set<std::string> files_below(const std::string& folder) {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_directory()) files.insert(entry.path().string());
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

class Malformed : public ::testing::TestWithParam<MalformedCase> {};

TEST_P(Malformed, InputGivesItsWholeMessageAndExitCode2) {
  const ScopedVariable data("LACUNA_DATA", LACUNA_SOURCE_DIR "/tests/config/data");
  const ScratchFolder folder;
  for (const auto& [name, content] : GetParam().files) folder.write(name, expanded(content));
  const std::set<std::string> before = files_below(folder.path());
  const WorkingDirectory here(folder.path());
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(command_line(GetParam().words, out, err), 2);
  EXPECT_EQ(err.str(), "lacuna: " + expanded(GetParam().message) + "\n");
  EXPECT_EQ(files_below(folder.path()), before);
}

INSTANTIATE_TEST_SUITE_P(Cases, Malformed, ::testing::ValuesIn(read_cases(kCases)));

TEST(MalformedCases, AreAtLeastFiftyAndAllDifferent) {
  std::set<std::string> titles;
  for (const MalformedCase& malformed : read_cases(kCases)) {
    EXPECT_TRUE(titles.insert(malformed.place).second) << malformed.place << " stands twice";
    EXPECT_FALSE(malformed.words.empty()) << malformed.place << " has no command line";
    EXPECT_FALSE(malformed.message.empty()) << malformed.place << " has no message";
  }
  EXPECT_GE(titles.size(), 50U);
}

}  // namespace
}  // namespace lacuna
