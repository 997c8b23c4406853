// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/axis.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

namespace lacuna {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostValues = 100'000;
constexpr double kLargest = 1e15;
/// What a last step may miss the end of a range by and still be counted as on it, in steps.
constexpr double kRounding = 1e-9;

bool is_word(const std::string& name) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
         std::all_of(name.begin(), name.end(), fits);
}

void check_count(const JsonView& view, std::size_t count) {
  if (count > kMostValues) {
    view.fail("too many values; allowed " + std::to_string(kMostValues) + " on one axis");
  }
}

std::vector<Json> listed(const JsonView& view) {
  std::vector<Json> values;
  for (std::size_t i = 0; i < view.size(); ++i) values.push_back(view.item(i).json());
  check_count(view, values.size());
  return values;
}

struct Ends {
  double from = 0.0;
  double to = 0.0;
  bool integer = false;  ///< both are, and so is what is added or multiplied
};

Ends ends_of(const JsonView& view, const std::string& step) {
  view.allow_keys({"from", "to", step});
  Ends ends;
  ends.from = view.at("from").real(-kLargest, kLargest);
  ends.to = view.at("to").real(-kLargest, kLargest);
  if (ends.to < ends.from) {
    view.at("to").fail("a range that is empty, found " + view.at("to").json().dump() + "; allowed at least " +
                       view.at("from").json().dump());
  }
  const auto whole = [&](const std::string& key) { return view.at(key).json().is_number_integer(); };
  ends.integer = whole("from") && whole("to") && whole(step);
  return ends;
}

/// Reals as people write them: 3 x 0.1 is 0.3.
Json number(double value, bool integer) {
  if (integer) return static_cast<std::int64_t>(value);
  char text[32];
  std::snprintf(text, sizeof text, "%.12g", value);
  return std::strtod(text, nullptr);
}

std::vector<Json> range(const JsonView& view) {
  const Ends ends = ends_of(view, "step");
  const double step = view.at("step").real(-kLargest, kLargest);
  if (step <= 0.0) view.at("step").fail("found " + view.at("step").json().dump() + "; allowed more than 0");
  const double steps = (ends.to - ends.from) / step + kRounding;
  if (steps >= static_cast<double>(kMostValues)) check_count(view, kMostValues + 1);
  std::vector<Json> values;
  for (std::int64_t k = 0; k <= static_cast<std::int64_t>(steps); ++k) {
    values.push_back(number(ends.from + static_cast<double>(k) * step, ends.integer));
  }
  return values;
}

std::vector<Json> log_range(const JsonView& view) {
  const Ends ends = ends_of(view, "factor");
  const double factor = view.at("factor").real(-kLargest, kLargest);
  if (factor <= 1.0) view.at("factor").fail("found " + view.at("factor").json().dump() + "; allowed more than 1");
  if (ends.from <= 0.0) view.at("from").fail("found " + view.at("from").json().dump() + "; allowed more than 0");
  std::vector<Json> values;
  double value = ends.from;
  while (value <= ends.to * (1.0 + kRounding)) {
    values.push_back(number(value, ends.integer));
    check_count(view, values.size());
    value *= factor;
  }
  return values;
}

std::vector<Json> values_of(const JsonView& view) {
  if (view.has("values")) return listed(view.at("values"));
  if (view.has("range")) return range(view.at("range"));
  return log_range(view.at("log_range"));
}

void check_one_of(const JsonView& view, const std::vector<std::string>& keys) {
  const auto count =
      std::count_if(keys.begin(), keys.end(), [&](const std::string& key) { return view.has(key) ? 1 : 0; });
  if (count != 1) view.fail("found " + std::to_string(count) + " of " + joined(keys) + "; allowed one of them");
}

std::vector<std::string> paths_of(const JsonView& view) {
  std::vector<std::string> paths;
  if (view.has("path")) {
    paths.push_back(view.at("path").text());
  } else {
    const JsonView list = view.at("paths");
    for (std::size_t i = 0; i < list.size(); ++i) paths.push_back(list.item(i).text());
    if (paths.empty()) list.fail("found none; allowed one or more paths");
  }
  for (const std::string& path : paths) {
    if (path.empty() || path[0] != '/') {
      view.fail("a path starts with '/', found '" + path + "'; allowed the JSON Pointer of a field of the experiment");
    }
  }
  return paths;
}

Axis load_axis(const JsonView& view) {
  view.allow_keys({"name", "path", "paths", "values", "range", "log_range"});
  check_one_of(view, {"path", "paths"});
  check_one_of(view, {"values", "range", "log_range"});
  Axis axis;
  axis.paths = paths_of(view);
  const std::string& path = axis.paths.front();
  axis.name = view.has("name") ? view.at("name").text() : path.substr(path.rfind('/') + 1);
  if (!is_word(axis.name)) {
    const std::string problem = "found '" + axis.name + "'; allowed a word of letters, digits and '_'";
    if (view.has("name")) view.at("name").fail(problem);
    view.fail("the name of the axis is the end of its path unless \"name\" says it: " + problem);
  }
  for (const Json& value : values_of(view)) axis.values.push_back(value.dump());
  if (axis.values.empty()) view.fail("an axis without values, found none; allowed one or more");
  return axis;
}

/// What makes two points the same is refused: a value twice, in a zip all values of the axes twice.
void check_distinct_values(const JsonView& view, const AxisGroup& group) {
  std::set<std::string> known;
  for (std::size_t i = 0; i < group.size(); ++i) {
    std::string values;
    for (const Axis& axis : group.axes) values += (values.empty() ? "" : ", ") + axis.values[i];
    if (!known.insert(values).second) view.fail("value given twice, found " + values);
  }
}

}  // namespace

AxisGroup load_axis_group(const JsonView& view) {
  AxisGroup group;
  if (!view.has("zip")) {
    group.axes.push_back(load_axis(view));
    check_distinct_values(view, group);
    return group;
  }
  view.allow_keys({"zip"});
  const JsonView axes = view.at("zip");
  if (axes.size() == 0) axes.fail("found no axes; allowed one or more");
  for (std::size_t i = 0; i < axes.size(); ++i) {
    group.axes.push_back(load_axis(axes.item(i)));
    if (group.axes.back().values.size() == group.size()) continue;
    axes.item(i).fail("zipped axes of different lengths, found " + std::to_string(group.axes.back().values.size()) +
                      " values; allowed " + std::to_string(group.size()) + ", as many as '" + group.axes[0].name +
                      "' has");
  }
  check_distinct_values(axes, group);
  return group;
}

Schema axis_group_schema() {
  const auto range_schema = [](const char* step, const char* meaning) {
    ObjectSchema range(meaning);
    range.real(FieldInfo("from", "first value").real_range(-kLargest, kLargest).must());
    range.real(FieldInfo("to", "largest that a value may be").real_range(-kLargest, kLargest).must());
    range.real(FieldInfo(step, "from one value to the next").real_range(0.0, kLargest).must());
    return range.json();
  };
  ObjectSchema axis("a field and the values it is given; one of path and paths, one of values, range, log_range");
  axis.text({"name", "column of the database, and name in filters; the end of the path by default"});
  axis.text({"path", "JSON Pointer of the field"});
  axis.texts({"paths", "JSON Pointers of fields that always have the same value"});
  axis.member({"values", "the values themselves"}, list_schema(Schema::object(), 1));
  axis.member({"range", ""}, range_schema("step", "values at a constant distance"));
  axis.member({"log_range", ""}, range_schema("factor", "values at a constant ratio"));
  ObjectSchema zip("axes that move together");
  zip.member(FieldInfo("zip", "axes of one length").must(), list_schema(axis.json(), 1));
  return one_of_schema({axis.json(), zip.json()});
}

}  // namespace lacuna
