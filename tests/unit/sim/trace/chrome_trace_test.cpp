// SPDX-License-Identifier: Apache-2.0
#include "sim/trace/chrome_trace.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/error_of.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

class ChromeTraceFile : public ::testing::Test {
 protected:
  /// The trace that `fill` makes at that clock.
  template <class Fill>
  Json written(std::int64_t khz, const Fill& fill) const {
    ChromeTrace trace(path_, khz);
    fill(trace);
    trace.finish(TraceArgs().put("chip", "c"));
    trace.commit();
    return Json::parse(bytes_of(path_));
  }

  ScratchFolder folder_;
  std::string path_ = folder_.path("trace.json");
};

TEST_F(ChromeTraceFile, HasAnObjectOfEventsAndWhatElseThereIsToSay) {
  const Json trace = written(200000, [](ChromeTrace& t) {
    t.name_process("chip, network");
    t.slice(2, "filter tile 3", 10, 14, TraceArgs().put("words", std::int64_t{7}));
    t.instant(1, "pool", 20, TraceArgs());
    t.counter("bytes", 20, TraceArgs().put("ifmap", std::int64_t{4}));
  });
  EXPECT_EQ(trace.at("otherData"), (Json{{"chip", "c"}}));
  const Json& events = trace.at("traceEvents");
  ASSERT_EQ(events.size(), 4U);
  // 200 MHz: a cycle is 0.005 us.
  EXPECT_EQ(events[1], Json::parse(R"({"ph": "X", "pid": 1, "tid": 2, "ts": 0.05, "dur": 0.02,
      "name": "filter tile 3", "args": {"words": 7}})"));
  EXPECT_EQ(events[2].at("ph"), "i");
  EXPECT_EQ(events[3],
            Json::parse(R"({"ph": "C", "pid": 1, "tid": 0, "ts": 0.1, "name": "bytes", "args": {"ifmap": 4}})"));
}

TEST_F(ChromeTraceFile, PutsNeighboursSideBySideWhereACycleIsNoWholeNanosecond) {
  const Json trace = written(700000, [](ChromeTrace& t) {
    for (std::int64_t edge = 0; edge < 100; edge += 3) t.slice(1, "s", edge, edge + 3, TraceArgs());
  });
  const auto nanoseconds = [](const Json& number) { return std::llround(number.get<double>() * 1000); };
  std::int64_t end = 0;
  for (const Json& slice : trace.at("traceEvents")) {
    EXPECT_EQ(nanoseconds(slice.at("ts")), end);
    end += nanoseconds(slice.at("dur"));
  }
  EXPECT_EQ(end, 145);  // floor(102 / 0.7 GHz = 145.71 ns)
}

TEST_F(ChromeTraceFile, EscapesWhatJsonDoesNotTakeAsItIs) {
  const Json trace = written(1000, [](ChromeTrace& t) {
    t.slice(1, "a \"b\" \\ \n", 0, 1, TraceArgs().put("path", "\xff").put_ratio("x", 1, 3));
  });
  const Json& event = trace.at("traceEvents").at(0);
  EXPECT_EQ(event.at("name"), "a \"b\" \\ \n");
  EXPECT_EQ(event.at("args").at("path"), "\xEF\xBF\xBD");
  EXPECT_EQ(event.at("args").at("x"), 0.333);
}

TEST_F(ChromeTraceFile, IsNotThereUntilItIsWholeAndLeavesNothingWhenItIsNotWanted) {
  {
    ChromeTrace trace(path_, 1000);
    trace.slice(1, "s", 0, 1, TraceArgs());
    trace.finish(TraceArgs());
    EXPECT_FALSE(std::filesystem::exists(path_));
  }
  EXPECT_TRUE(names_below(folder_.path()).empty());
}

TEST_F(ChromeTraceFile, LeavesAFileThatWasThereAloneUntilANewOneIsWhole) {
  folder_.write("trace.json", "old");
  { ChromeTrace trace(path_, 1000); }
  EXPECT_EQ(bytes_of(path_), "old");
}

TEST_F(ChromeTraceFile, ThatCannotBeWrittenIsRefusedAtOnce) {
  const std::string missing = folder_.path("no/trace.json");
  EXPECT_EQ(error_of([&] { ChromeTrace(missing, 1000); }),
            "--trace " + missing + ": cannot be written: No such file or directory");
  EXPECT_EQ(error_of([&] { ChromeTrace(folder_.path(), 1000); }),
            "--trace " + folder_.path() +
                ": cannot be written: something that is no file is there; allowed the path of a file");
}

}  // namespace
}  // namespace lacuna
