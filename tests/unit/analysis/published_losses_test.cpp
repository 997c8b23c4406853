// SPDX-License-Identifier: Apache-2.0
#include "analysis/published_losses.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/deviation.hpp"
#include "sim/config/data_path.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

/// Runs nothing: a paper of losses alone has nothing to run.
class NoMeasurer : public Measurer {
 public:
  nlohmann::json result(const std::string&, const std::string&) override { throw std::logic_error("run"); }
  double price_pj(const std::string&, const std::string&, const std::string&) override {
    throw std::logic_error("priced");
  }
};

std::string paper(const std::string& rows) {
  return R"({"paper": "p", "citation": "A. Author, 2020", "experiments": {}, "tables": [], "losses": {"title": "Loss",
    "source": "Table 9", "verified": false, "confirmed_by": "nobody", "network": "tiny", "rows": [)" +
         rows + "]}}";
}

const char* const kRow =
    R"({"method": "Signs", "precisions": ["bnn"], "weight_bits": "1*", "activation_bits": "1", "top5_loss_percent": 29.8})";

TEST(PublishedLosses, AreShownAndHeldAgainstNothing) {
  const ScratchFolder scratch;
  NoMeasurer nothing;
  const PaperDeviation deviation = measure(load_published(scratch.write("p.json", paper(kRow))), nothing);
  EXPECT_EQ(deviation_markdown(deviation),
            "Published: A. Author, 2020.\n\nLoss (Table 9; not confirmed: held against nothing)\n\n"
            "| method | precisions | weight bits | activation bits | published |\n|---|---|---|---|---:|\n"
            "| Signs | `bnn` | 1* | 1 | 29.8 |\n");
  EXPECT_TRUE(breaches(deviation).empty());
}

TEST(PublishedLosses, RefuseASecondRowOfAPrecisionAndUnknownKeys) {
  const ScratchFolder scratch;
  const std::string two = scratch.write("p.json", paper(std::string(kRow) + ", " + kRow));
  EXPECT_EQ(error_of([&] { load_published(two); }),
            two + "/losses/rows/1/precisions/0: a second row, found 'bnn'; allowed one row a precision");
  const std::string unknown = scratch.write("q.json", paper(R"({"methods": "Signs"})"));
  EXPECT_EQ(error_of([&] { load_published(unknown); }),
            unknown +
                "/losses/rows/0: unknown key, found 'methods'; allowed method, precisions, weight_bits, "
                "activation_bits, top5_loss_percent");
}

TEST(PublishedLosses, OfTheSurveyNameAShippedPrecisionInEveryRow) {
  const PublishedPaper survey =
      load_published(std::string(LACUNA_SOURCE_DIR) + "/analysis/published/sze_survey_2017.json");
  ASSERT_TRUE(survey.losses);
  EXPECT_FALSE(survey.losses->verified) << "recalled, not confirmed";
  EXPECT_EQ(survey.losses->rows.size(), 15U);
  const std::vector<std::string> shipped = data_names(DataKind::precision);
  for (const PublishedLoss& row : survey.losses->rows) {
    EXPECT_FALSE(row.precisions.empty()) << row.method;
    for (const std::string& name : row.precisions) {
      EXPECT_NE(std::find(shipped.begin(), shipped.end(), name), shipped.end()) << name;
    }
  }
  EXPECT_EQ(survey.losses->of("bnn")->top5_loss_percent, 29.8);
  EXPECT_EQ(survey.losses->of("fixed16"), nullptr);
}

}  // namespace
}  // namespace lacuna
