// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/html.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/html_table.hpp"

namespace lacuna {
namespace {

TEST(Html, TextCannotOpenAnElementNorLeaveAnAttribute) {
  EXPECT_EQ(escaped("<b a=\"1\" c='2'>&"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;");
}

TEST(Html, CharactersThatXmlDoesNotHaveAreReplaced) {
  EXPECT_EQ(escaped(std::string("a\x01") + "b\tc\n"),
            "a\xEF\xBF\xBD"
            "b\tc\n");
}

TEST(Html, JsonInAScriptCannotEndTheScriptAndReadsBackTheSame) {
  const nlohmann::json value = {{"name", "</script><!-- & \xE2\x80\xA8 \xE2\x80\xA9"}, {"number", 0.1}};
  const std::string text = script_json(value);
  for (const char* forbidden : {"<", ">", "&", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
    EXPECT_EQ(text.find(forbidden), std::string::npos) << forbidden;
  }
  EXPECT_EQ(nlohmann::json::parse(text), value);
}

TEST(Html, JsonThatIsNotUtf8IsWrittenAllTheSame) {
  EXPECT_EQ(nlohmann::json::parse(script_json("a\xFF")), "a\xEF\xBF\xBD");
}

TEST(Html, IntegersHaveCommasAndOthersFourDigits) {
  EXPECT_EQ(readable(0.0), "0");
  EXPECT_EQ(readable(999.0), "999");
  EXPECT_EQ(readable(21600.0), "21,600");
  EXPECT_EQ(readable(-1234567.0), "-1,234,567");
  EXPECT_EQ(readable(0.14778), "0.1478");
  EXPECT_EQ(readable(std::nan("")), "");
  EXPECT_EQ(brief(29841.8), "29,842");
  EXPECT_EQ(brief(50.5809), "50.58");
}

TEST(Html, CellsSortByAllDigitsOfTheirNumber) {
  const HtmlTable table{"t", "A <caption>", {{"layer", "", false}, {"pJ", "energy"}}, {{{"a&b"}, TableCell::of(0.1)}}};
  const std::string html = table.html();
  EXPECT_NE(html.find("<td class=\"number\" data-key=\"0.10000000000000001\">0.1</td>"), std::string::npos) << html;
  EXPECT_NE(html.find("<td>a&amp;b</td>"), std::string::npos) << html;
  EXPECT_NE(html.find("A &lt;caption&gt;"), std::string::npos) << html;
  EXPECT_NE(html.find("<button type=\"button\" title=\"energy\">pJ</button>"), std::string::npos) << html;
}

}  // namespace
}  // namespace lacuna
