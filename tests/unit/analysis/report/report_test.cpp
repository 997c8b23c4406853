// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/report.hpp"

#include <gtest/gtest.h>

#include "sim/result/result_json.hpp"
#include "tests/support/error_of.hpp"
#include "tests/unit/analysis/report/result_sample.hpp"

namespace lacuna {
namespace {

ReportKit kit() {
  return {std::string(LACUNA_SOURCE_DIR) + "/analysis/report",
          {{"name", "a"}, {"total_cycles", "b", "cycles"}},
          {{"total_cycles", "sum", "cycles"}}};
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Report, OfAResultLoadsNothing) {
  const ScratchFolder scratch;
  const Report report = make_report(scratch.write("result.json", result_json(reported_result())), kit());
  EXPECT_TRUE(contains(report.html, "content=\"default-src 'none';"));
  for (const char* loads : {" src=", "<link rel=\"stylesheet\"", "@import", "url(", "sourceMappingURL"}) {
    const std::size_t scripts = report.html.find("<script>");  // the library talks of such things
    EXPECT_FALSE(contains(report.html.substr(0, scripts), loads)) << loads;
  }
  EXPECT_FALSE(contains(report.html, "sourceMappingURL=vega"));
  ASSERT_GE(report.drawings.size(), 4U);
  EXPECT_EQ(report.drawings[0].name, "energy_by_layer.svg");
}

TEST(Report, ShowsLabelsBeforeAnyFigureAndWhatWasNotRun) {
  const ScratchFolder scratch;
  RunResult result = reported_result();
  result.labels = {"weights: </script><b>"};
  result.not_run = {"conv9"};
  const std::string html = make_report(scratch.write("result.json", result_json(result)), kit()).html;
  const std::size_t label = html.find("<li>weights: &lt;/script&gt;&lt;b&gt;</li>");
  ASSERT_NE(label, std::string::npos);
  EXPECT_LT(label, html.find("<figure"));
  EXPECT_TRUE(contains(html, "<li>A partial run: conv9 were not run"));
}

TEST(Report, HasEveryInputAndEveryPriceWithItsSource) {
  const ScratchFolder scratch;
  const std::string html = make_report(scratch.write("result.json", result_json(reported_result())), kit()).html;
  EXPECT_TRUE(contains(html, "<td>configs/chips/eyeriss.json</td><td>00ff</td>"));
  EXPECT_TRUE(contains(html,
                       "<td>mac.op</td><td>mac</td><td class=\"number\" data-key=\"2\">2</td>"
                       "<td class=\"number\" data-key=\"1\">1</td><td class=\"number\" data-key=\"3\">3</td>"
                       "<td>pJ</td><td></td><td>Table 1</td>"));
  EXPECT_TRUE(contains(html, "<td>mac.gated</td>"));
  EXPECT_TRUE(contains(html, "<td>a meter</td>"));
  EXPECT_TRUE(contains(html, "&quot;accumulator_bits&quot;: 32"));
}

TEST(Report, RefusesWhatIsNeitherAResultNorASweep) {
  const ScratchFolder scratch;
  const std::string text =
      ": is neither a result nor a sweep; allowed a result.json of lacuna run, a database of lacuna sweep";
  for (const char* content : {"", "hello", "[1, 2]", "{\"layers\": []}"}) {
    const std::string file = scratch.write("file", content);
    EXPECT_EQ(error_of([&] { make_report(file, kit()); }), file + text) << content;
  }
  EXPECT_EQ(error_of([&] { make_report(scratch.path("none"), kit()); }), scratch.path("none") + ": cannot be read");
}

TEST(Report, SaysWhichPartOfTheKitIsMissing) {
  const ScratchFolder scratch;
  const std::string file = scratch.write("result.json", result_json(reported_result()));
  ReportKit empty = kit();
  empty.folder = scratch.path("empty");
  EXPECT_EQ(error_of([&] { make_report(file, empty); }), scratch.path("empty/page/report.css") + ": cannot be read");
}

}  // namespace
}  // namespace lacuna
