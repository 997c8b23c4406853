// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/provenance.hpp"

#include <nlohmann/json.hpp>

#include "analysis/report/html.hpp"
#include "analysis/report/html_table.hpp"

namespace lacuna {
namespace {

constexpr int kIndent = 2;

HtmlTable inputs_table(const ResultDocument& result) {
  HtmlTable table;
  table.id = "table_inputs";
  table.caption = "Inputs: every file that was read";
  table.columns = {{"path", "Shipped files below the folder of the data", false},
                   {"SHA-256", "Of the contents", false}};
  for (const JsonPlace& input : result.place().at("inputs").items()) {
    table.rows.push_back({TableCell::of(input.at("path").text()), TableCell::of(input.at("sha256").text())});
  }
  return table;
}

/// How a price came to be: fitted, derived, extrapolated, and what for.
std::string standing(const JsonPlace& price) {
  std::string text;
  const auto add = [&](const std::string& word) { text += (text.empty() ? "" : ", ") + word; };
  if (price.has("fitted") && price.at("fitted").flag()) add("fitted");
  if (price.has("derived") && price.at("derived").flag()) add("derived");
  if (price.has("extrapolated")) add("extrapolated: " + price.at("extrapolated").text());
  return text;
}

/// A unit as keys have it, as people write it.
std::string shown(const std::string& unit) { return unit == "pj" ? "pJ" : unit == "mw" ? "mW" : unit; }

/// One row; `price` has value_UNIT, low_UNIT and high_UNIT, or says what covers it.
void add_price(const std::string& what, const std::string& name, const JsonPlace& price, const std::string& unit,
               HtmlTable& table) {
  if (price.has("covered")) {
    table.rows.push_back(
        {{what}, {name}, {""}, {""}, {""}, {""}, {shown(unit)}, {"covered"}, {price.at("covered").text()}});
    return;
  }
  const auto number = [&](const char* key) { return TableCell::of(price.at(key + unit).number()); };
  const std::string instances =
      price.has("instances") ? " x " + readable(price.at("instances").number()) + " instances" : "";
  table.rows.push_back({{what},
                        {name + instances},
                        {price.has("component") ? price.at("component").text() : "static"},
                        number("value_"),
                        number("low_"),
                        number("high_"),
                        {shown(unit)},
                        {standing(price)},
                        {price.at("source").text()}});
}

HtmlTable prices_table(const JsonPlace& prices, std::size_t number) {
  HtmlTable table;
  table.id = "table_prices_" + std::to_string(number);
  table.caption = "Prices: " + prices.at("table").text() + ", " + readable(prices.at("node_nm").number()) + " nm, " +
                  prices.at("words").text();
  table.columns = {{"price of", "An event, or leakage, clock and area of all instances of a unit", false},
                   {"event or unit", "", false},
                   {"component", "Under which energy and area are reported", false},
                   {"value", "As stated"},
                   {"low", "Least within the range"},
                   {"high", "Greatest within the range"},
                   {"unit", "", false},
                   {"standing", "Fitted, derived or extrapolated; nothing: as published", false},
                   {"source", "", false}};
  const JsonPlace events = prices.at("events");
  for (const std::string& event : events.keys()) add_price("event", event, events.at(event), "pj", table);
  const JsonPlace covered = prices.at("covered");
  for (const std::string& event : covered.keys()) {
    table.rows.push_back({{"event"}, {event}, {""}, {""}, {""}, {""}, {"pJ"}, {"covered"}, {covered.at(event).text()}});
  }
  if (prices.has("static")) add_price("static power", "chip", prices.at("static"), "mw", table);
  struct Units {
    const char* key;
    const char* unit;
  };
  for (const Units& units : {Units{"leakage", "mw"}, Units{"clock", "pj"}, Units{"area", "um2"}}) {
    if (!prices.has(units.key)) continue;
    const JsonPlace all = prices.at(units.key);
    for (const std::string& name : all.keys()) add_price(units.key, name, all.at(name), units.unit, table);
  }
  return table;
}

std::string fit_table(const JsonPlace& prices, std::size_t number) {
  HtmlTable table;
  table.id = "table_fit_" + std::to_string(number);
  table.caption = "How well the models of " + prices.at("table").text() + " meet the points that they are fitted to";
  table.columns = {{"what", "", false}, {"unit", "", false}, {"published"}, {"model"}, {"error, %"}};
  for (const JsonPlace& point : prices.at("fit").items()) {
    table.rows.push_back({TableCell::of(point.at("what").text()), TableCell::of(point.at("unit").text()),
                          TableCell::of(point.at("published").number()), TableCell::of(point.at("model").number()),
                          TableCell::of(point.at("error_percent").number())});
  }
  return table.rows.empty() ? "" : table.html();
}

std::string notes_of(const JsonPlace& prices) {
  std::string text;
  for (const JsonPlace& note : prices.at("notes").items()) text += "<li>" + escaped(note.text()) + "</li>\n";
  return text.empty() ? "" : "<ul>\n" + text + "</ul>\n";
}

}  // namespace

std::string provenance_html(const ResultDocument& result) {
  const JsonPlace program = result.place().at("program");
  std::string text = "<p>Lacuna " + escaped(program.at("version").text()) + ", revision " +
                     escaped(program.at("git_revision").text()) + ", built by " +
                     escaped(program.at("compiler").text()) + ". Report of " + escaped(result.file) +
                     "; <code>lacuna run --from</code> repeats the run.</p>\n" + inputs_table(result).html();
  std::size_t number = 0;
  for (const JsonPlace& prices : result.place().at("totals").at("prices").items()) {
    text += prices_table(prices, ++number).html() + notes_of(prices);
    text += fit_table(prices, number);
  }
  return text + "<details><summary>The whole experiment, defaults included</summary>\n<pre>" +
         escaped(result.json->at("config").dump(kIndent)) + "</pre>\n</details>\n";
}

}  // namespace lacuna
