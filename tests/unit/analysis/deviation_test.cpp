// SPDX-License-Identifier: Apache-2.0
#include "analysis/deviation.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

/// Two layers of 10 and 20 ms and a price, verified; a last table that is not.
const char* const kPaper = R"({
  "paper": "p", "citation": "A. Author, 2020", "notes": ["Note."],
  "experiments": {"main": {"chip": "c"}, "other": {"chip": "d"}, "prices": {"energy": "t"}},
  "tables": [
    {"title": "Time", "source": "Table 1", "verified": true, "confirmed_by": "x",
     "columns": [{"name": "PEs", "figure": "active_pes", "decimals": 0, "tolerance": {"absolute": 0}},
                 {"name": "ms", "figure": "total_ms", "decimals": 1, "tolerance": {"percent": 8, "mean_percent": 6}},
                 {"name": "saved", "figure": "dram_reduction", "tolerance": {"rounded": true}}],
     "rows": [{"name": "a", "experiment": "main", "baseline": "other", "published": {"PEs": 8, "ms": 10, "saved": 1.5}},
              {"name": "b", "experiment": "main", "published": {"ms": 20}},
              {"name": "both", "experiment": "main", "layers": ["a", "b"], "published": {"ms": 30},
               "tolerance": {"ms": {"percent": 3}}},
              {"name": "aside", "experiment": "other", "layers": ["a"], "published": {"ms": 1}, "gates": false}]},
    {"title": "Price", "source": "Table 2", "verified": true, "confirmed_by": "x",
     "columns": [{"name": "pJ", "figure": "price_pj", "tolerance": {"absolute": 0.01}}],
     "rows": [{"name": "add", "experiment": "prices", "component": {"class": "adder"}, "published": {"pJ": 0.05}}]},
    {"title": "Hearsay", "source": "text", "verified": false, "confirmed_by": "nobody",
     "columns": [{"name": "ms", "figure": "total_ms", "tolerance": {"percent": 1}}],
     "rows": [{"name": "a", "experiment": "main", "published": {"ms": 99}}]}]})";

Json layer(const std::string& name, double pes, double ms, double dram_bytes) {
  return {
      {"name", name}, {"active_pes", pes}, {"total_ms", ms}, {"dram_read_bytes", dram_bytes}, {"dram_write_bytes", 0}};
}

/// Gives results made by hand.
class FakeMeasurer : public Measurer {
 public:
  Json result(const std::string& experiment, const std::string&) override {
    ++runs;
    const Json layers = experiment == R"({"chip":"c"})" ? Json{layer("a", pes, a_ms, 100), layer("b", 9, b_ms, 100)}
                                                        : Json{layer("a", 4, 5, other_bytes)};
    return {{"layers", layers}, {"labels", Json::array({"label"})}};
  }
  double price_pj(const std::string&, const std::string&, const std::string&) override { return pj; }

  double pes = 8;
  double a_ms = 10.5;
  double b_ms = 19;
  double other_bytes = 149.6;  // 1.496 times ours: 1.50 when rounded
  double pj = 0.05;
  int runs = 0;
};

PublishedPaper paper(const std::string& text = kPaper) {
  const ScratchFolder folder;
  return load_published(folder.write("p.json", text));
}

std::vector<std::string> breaches_of(FakeMeasurer measurer) { return breaches(measure(paper(), measurer)); }

TEST(Deviation, IsOursOverThePublishedLessOne) {
  FakeMeasurer measurer;
  const PaperDeviation deviation = measure(paper(), measurer);
  const std::vector<std::vector<Cell>>& rows = deviation.tables[0].rows;
  EXPECT_NEAR(rows[0][1].percent(), 5.0, 1e-9);         // 10.5 / 10
  EXPECT_NEAR(rows[1][1].percent(), -5.0, 1e-9);        // 19 / 20
  EXPECT_NEAR(rows[2][1].percent(), -100 / 60., 1e-9);  // 29.5 / 30
  EXPECT_EQ(rows[0][2].ours, 1.496);                    // 149.6 of the baseline / 100
  EXPECT_EQ(deviation.tables[1].rows[0][0].ours, 0.05);
  EXPECT_EQ(measurer.runs, 2);  // each experiment once
  EXPECT_EQ(deviation.labels, std::vector<std::string>{"label"});
}

TEST(Deviation, WithinAllTolerancesHasNoBreach) { EXPECT_TRUE(breaches_of({}).empty()); }

TEST(Deviation, HoldsEveryKindOfToleranceAtItsEdge) {
  FakeMeasurer pes;
  pes.pes = 7;
  EXPECT_EQ(breaches_of(pes), std::vector<std::string>{"p: a: PEs is 7, published 8 (allowed 0 either way)"});
  FakeMeasurer each;
  each.a_ms = 10.81;
  each.b_ms = 20;
  EXPECT_EQ(breaches_of(each), std::vector<std::string>{"p: a: ms is 10.81, published 10 (+8.1 %, allowed 8 %)"});
  each.a_ms = 10.79;
  EXPECT_TRUE(breaches_of(each).empty());
  FakeMeasurer sum;
  sum.a_ms = 10.5;
  sum.b_ms = 21;
  EXPECT_EQ(breaches_of(sum), std::vector<std::string>{"p: both: ms is 31.5, published 30 (+5.0 %, allowed 3 %)"});
  FakeMeasurer mean;
  mean.a_ms = 10.7;
  mean.b_ms = 18.6;  // 7 and 7 percent; 29.3 together
  EXPECT_EQ(breaches_of(mean), std::vector<std::string>{"p: ms is off by 7.0 % on average, allowed 6 %"});
  FakeMeasurer rounded;
  rounded.other_bytes = 149.4;
  EXPECT_EQ(
      breaches_of(rounded),
      std::vector<std::string>{"p: a: saved is 1.494, published 1.5 (allowed: equal when rounded to 2 decimals)"});
  FakeMeasurer price;
  price.pj = 0.061;
  EXPECT_EQ(breaches_of(price),
            std::vector<std::string>{"p: add: pJ is 0.061, published 0.05 (allowed 0.01 either way)"});
}

TEST(Deviation, IsWrittenAsTablesWithAColumnOfDeviationsWhereItCounts) {
  FakeMeasurer measurer;
  EXPECT_EQ(deviation_markdown(measure(paper(), measurer)),
            "Published: A. Author, 2020. Note.\n"
            "\nTime (Table 1)\n\n"
            "| | PEs | published | ms | published | deviation | saved | published |\n"
            "|---|---:|---:|---:|---:|---:|---:|---:|\n"
            "| a | 8 | 8 | 10.5 | 10 | +5.0 % | 1.50 | 1.5 |\n"
            "| b | 9 |  | 19.0 | 20 | -5.0 % |  |  |\n"
            "| both |  |  | 29.5 | 30 | -1.7 % |  |  |\n"
            "| aside | 4 |  | 5.0 | 1 | +400.0 % |  |  |\n"
            "\nOff by, mean and worst of the single layers: ms 5.0 %, 5.0 %.\n"
            "\nPrice (Table 2)\n\n"
            "| | pJ | published |\n"
            "|---|---:|---:|\n"
            "| add | 0.05 | 0.05 |\n"
            "\nHearsay (text; not confirmed: held against nothing)\n\n"
            "| | ms | published | deviation |\n"
            "|---|---:|---:|---:|\n"
            "| a | 10.50 | 99 | -89.4 % |\n"
            "\nOur runs: label.\n");
}

TEST(Deviation, OfALayerThatTheExperimentDoesNotHaveIsAnError) {
  std::string text = kPaper;
  text.replace(text.find(R"("name": "b")"), 11, R"("name": "c")");
  FakeMeasurer measurer;
  const std::string message = error_of([&] { measure(paper(text), measurer); });
  EXPECT_NE(message.find("/experiments/main: its result has no layer 'c'"), std::string::npos) << message;
}

TEST(PublishedPaper, RefusesWhatItDoesNotKnow) {
  struct Case {
    const char* from;
    const char* to;
    const char* message;
  };
  const Case cases[] = {
      {R"("figure": "active_pes")", R"("figure": "active_pe")",
       "/tables/0/columns/0/figure: unknown figure, found 'active_pe'"},
      {R"("published": {"PEs": 8)", R"("published": {"PE": 8)",
       "/tables/0/rows/0/published: unknown key, found 'PE'; allowed PEs, ms, saved"},
      {R"("experiment": "prices")", R"("experiment": "price")",
       "/tables/1/rows/0: unknown experiment, found 'price'; allowed main, other, prices"},
      {R"("gates": false)", R"("gate": false)", "/tables/0/rows/3: unknown key, found 'gate'"},
      {R"("absolute": 0.01)", R"("absolut": 0.01)", "/tables/1/columns/0/tolerance: unknown key, found 'absolut'"},
      {R"("verified": false)", R"("verified": 0)", "/tables/2/verified: wrong type, found 0; allowed true or false"},
      {R"("ms": 99)", R"("ms": "99")", "/tables/2/rows/0/published/ms: wrong type"},
  };
  for (const Case& c : cases) {
    std::string text = kPaper;
    text.replace(text.find(c.from), std::string(c.from).size(), c.to);
    const std::string message = error_of([&] { paper(text); });
    EXPECT_NE(message.find(c.message), std::string::npos) << message;
    EXPECT_NE(message.find("p.json"), std::string::npos) << message;
  }
}

class DeviationCommand : public testing::Test {
 protected:
  int run(const std::vector<std::string>& words) {
    return deviation_command(words, folder.path("papers"), measurer, out);
  }
  void SetUp() override {
    std::filesystem::create_directories(folder.path("papers"));
    folder.write("papers/p.json", kPaper);
  }
  ScratchFolder folder;
  FakeMeasurer measurer;
  std::ostringstream out;
};

TEST_F(DeviationCommand, WritesATableIntoADocumentAndSeesWhenItIsAnother) {
  const std::string file = folder.write("doc.md", "x\n<!-- begin p -->\nold\n<!-- end p -->\ny\n");
  EXPECT_EQ(run({"p", "--check", file}), 1);
  EXPECT_EQ(run({"p", "--into", file}), 0);
  EXPECT_EQ(run({"--check", file}), 0);  // all papers
  measurer.a_ms = 10.4;
  EXPECT_EQ(run({"--check", file}), 1);
}

TEST_F(DeviationCommand, FailsWhereAFigureIsOutsideItsTolerance) {
  measurer.pes = 7;
  EXPECT_EQ(run({}), 1);
  EXPECT_NE(out.str().find("outside tolerance: p: a: PEs is 7"), std::string::npos);
}

TEST_F(DeviationCommand, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(error_of([&] { run({"q"}); }), "unknown paper, found 'q'; allowed p");
  EXPECT_EQ(error_of([&] { run({"--paper"}); }), "unknown option, found '--paper'; allowed --into, --check");
  EXPECT_EQ(error_of([&] { run({"--into"}); }), "option '--into' lacks its value");
  EXPECT_EQ(error_of([&] { run({"--into", "a", "--check", "b"}); }), "--into and --check exclude each other");
  const std::string file = folder.write("doc.md", "no markers\n");
  EXPECT_NE(error_of([&] { run({"--into", file}); }).find("no lines '<!-- begin p -->'"), std::string::npos);
}

}  // namespace
}  // namespace lacuna
