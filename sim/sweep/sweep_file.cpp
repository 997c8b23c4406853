// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/sweep_file.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "sim/mapper/search_config.hpp"
#include "sim/schema/schema_walk.hpp"
#include "sim/schema/schemas.hpp"
#include "sim/sweep/figure_columns.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kLargestSeed = std::int64_t{1} << 53;

std::vector<std::string> texts(const JsonView& view) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < view.size(); ++i) result.push_back(view.item(i).text());
  return result;
}

Sampling load_sampling(const JsonView& view) {
  view.allow_keys({"method", "points", "seed"});
  Sampling sampling;
  sampling.method = view.at("method").text_of({"random", "latin_hypercube"});
  sampling.points = view.at("points").integer(1, kMostPoints);
  if (view.has("seed")) sampling.seed = view.at("seed").integer(0, kLargestSeed);
  return sampling;
}

std::vector<Goal> load_goals(const JsonView& view) {
  std::vector<Goal> goals;
  for (std::size_t i = 0; i < view.size(); ++i) {
    const JsonView goal = view.item(i);
    goal.allow_keys({"figure", "goal"});
    Goal loaded;
    loaded.figure = goal.at("figure").text_of(point_figure_names());
    const auto is_same = [&](const Goal& other) { return other.figure == loaded.figure; };
    if (std::any_of(goals.begin(), goals.end(), is_same))
      goal.at("figure").fail("objective given twice, found '" + loaded.figure + "'");
    loaded.more_is_better = goal.has("goal") && goal.at("goal").text_of({"min", "max"}) == "max";
    goals.push_back(loaded);
  }
  return goals;
}

/// A value that no form of the field can take would be refused at every point that has it, one by one.
void check_values(const std::string& place, const Axis& axis, const std::vector<SchemaPlace>& fields) {
  std::vector<std::string> allowed;
  for (const SchemaPlace& field : fields) {
    const std::string text = allowed_text(*field.form);
    if (std::find(allowed.begin(), allowed.end(), text) == allowed.end()) allowed.push_back(text);
  }
  for (const std::string& text : axis.values) {
    const nlohmann::json value = nlohmann::json::parse(text);
    const auto holds = [&](const SchemaPlace& field) { return may_hold(*field.form, value); };
    if (std::any_of(fields.begin(), fields.end(), holds)) continue;
    fail_input(place + ": wrong type, found " + text + "; allowed " + joined(allowed));
  }
}

/// A field that no experiment has must not wait for the first point to be seen. Names are looked up in all forms: which
/// of them a point has may depend on another axis.
void check_paths(const JsonView& view, const std::vector<const Axis*>& axes) {
  const Schema experiment = schema_of("experiment");
  for (const Axis* axis : axes) {
    const std::string place = view.origin() + ": axis " + axis->name;
    for (const std::string& path : axis->paths) {
      check_values(place + ": " + path, *axis, places_at(experiment, nullptr, path, place));
    }
  }
}

/// Columns that databases have of their own.
const char* const kReserved[] = {"position",  "key",    "point",    "layer",    "layer_position",
                                 "status",    "error",  "command",  "id",       "component",
                                 "energy_pj", "labels", "standing", "beaten_by"};

/// SQL takes names for the same whatever the case of their letters.
std::string lower_case(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name;
}

void check_name(const JsonView& view, const Axis& axis) {
  const std::string name = lower_case(axis.name);
  const auto refuse = [&](const std::string& what) {
    view.fail("an axis with the name of " + what + ", found '" + axis.name + "'; allowed any other, with \"name\"");
  };
  const auto is_name = [&](const char* reserved) { return name == reserved; };
  if (std::any_of(std::begin(kReserved), std::end(kReserved), is_name)) refuse("a column of the database");
  const std::vector<std::string> figures = point_figure_names();
  const std::string& path = axis.paths.front();
  // /run/batch is the batch that results tell of; any other field of that name would hide it.
  const bool is_itself = path == "/run/" + name;
  if (std::find(figures.begin(), figures.end(), name) != figures.end() && !is_itself) refuse("a figure of the results");
}

/// A whole that comes after a part of it would replace the part, and points would not be what their values say.
void check_wholes_first(const JsonView& view, const std::vector<const Axis*>& axes) {
  std::vector<std::pair<const Axis*, const std::string*>> earlier;
  for (const Axis* axis : axes) {
    for (const std::string& path : axis->paths) {
      for (const auto& [other, part] : earlier) {
        if (!is_at_or_below(*part, path)) continue;
        view.fail("axis '" + axis->name + "' (" + path + ") replaces what axis '" + other->name + "' (" + *part +
                  ") puts there; allowed " + path + " first");
      }
      earlier.emplace_back(axis, &path);
    }
  }
}

void check_distinct(const JsonView& view, const std::vector<const Axis*>& axes) {
  std::vector<std::string> names;
  std::vector<std::string> paths;
  const auto once = [&](std::vector<std::string>& known, const std::string& what, const std::string& found) {
    if (std::find(known.begin(), known.end(), found) != known.end()) {
      view.fail("two axes " + what + ", found '" + found + "' twice");
    }
    known.push_back(found);
  };
  for (const Axis* axis : axes) {
    once(names, "of one name", lower_case(axis->name));
    for (const std::string& path : axis->paths) once(paths, "for one field", path);
    check_name(view, *axis);
  }
  check_wholes_first(view, axes);
}

void load_base(SweepFile& sweep, const std::vector<Override>& overrides) {
  for (const Override& change : overrides) {
    if (sweep.varies(change.pointer)) {
      fail_input(change.origin + ": " + change.pointer + ": an axis of the sweep changes it; allowed any other field");
    }
    sweep.base.set(change.pointer, nlohmann::json::parse(change.value), change.origin);
  }
  const bool stated = sweep.base.json().contains(nlohmann::json::json_pointer(kMapping));
  if (!stated && !sweep.varies(kMapping)) sweep.base.set(kMapping, "search", kSweepDefault);
}

}  // namespace

std::vector<const Axis*> SweepFile::axes() const {
  std::vector<const Axis*> all;
  for (const AxisGroup& group : groups) {
    for (const Axis& axis : group.axes) all.push_back(&axis);
  }
  return all;
}

bool SweepFile::varies(const std::string& field) const {
  const std::vector<const Axis*> all = axes();
  return std::any_of(all.begin(), all.end(), [&field](const Axis* axis) {
    return std::any_of(axis->paths.begin(), axis->paths.end(),
                       [&field](const std::string& path) { return is_at_or_below(path, field); });
  });
}

std::string SweepFile::mapping_text() const {
  if (varies(kMapping)) return "an axis";
  const nlohmann::json& mapping = base.json().at(nlohmann::json::json_pointer(kMapping));
  if (mapping != "search") {
    const std::string name = mapping.is_string() ? mapping.get<std::string>() : mapping.value("name", "given inline");
    return "held fixed: " + name + "; points where it is illegal are refused";
  }
  const auto field = [this](const std::string& path, const nlohmann::json& otherwise) {
    const nlohmann::json::json_pointer pointer(path);
    return base.json().contains(pointer) ? base.json().at(pointer) : otherwise;
  };
  const nlohmann::json finalists = field(kFinalists, 0);
  const std::string simulated = varies(kFinalists) ? "as many of the best simulated as an axis says"
                                : finalists == 0   ? ""
                                                   : "the best " + finalists.dump() + " simulated";
  return "searched anew for every point: least " +
         field("/run/search/objective", SearchConfig().objective).get<std::string>() + " by closed form" +
         (simulated.empty() ? "" : ", " + simulated);
}

SweepFile load_sweep(const JsonView& view, const std::vector<Override>& overrides) {
  view.allow_keys(
      {"name", "description", "finding", "experiment", "axes", "filters", "sample", "objectives", "constraints"});
  SweepFile sweep{view.at("name").text(),
                  "",
                  "",
                  JsonDocument(view.at("experiment").json(), view.origin()),
                  {},
                  {},
                  {},
                  {},
                  {},
                  ""};
  sweep.json = view.json().dump();
  sweep.description = view.at("description").text();
  if (view.has("finding")) sweep.finding = view.at("finding").text();
  view.at("experiment").allow_keys({"chip", "network", "precision", "energy", "run"});
  const JsonView axes = view.at("axes");
  for (std::size_t i = 0; i < axes.size(); ++i) sweep.groups.push_back(load_axis_group(axes.item(i)));
  if (sweep.groups.empty()) axes.fail("a sweep without axes, found none; allowed one or more");
  check_distinct(axes, sweep.axes());
  check_paths(axes, sweep.axes());
  if (view.has("filters")) sweep.filters = texts(view.at("filters"));
  if (view.has("sample")) sweep.sampling = load_sampling(view.at("sample"));
  if (view.has("objectives")) sweep.goals = load_goals(view.at("objectives"));
  if (view.has("constraints")) sweep.constraints = texts(view.at("constraints"));
  load_base(sweep, overrides);
  return sweep;
}

Schema sweep_schema() {
  ObjectSchema sweep("a family of experiments: a base, and axes that change it");
  sweep.text(FieldInfo("name", "the name of the file, without its ending").must().for_people());
  sweep.text(FieldInfo("description", "what it is, in one line").must().for_people());
  sweep.text(FieldInfo("finding", "what its author learnt from it").for_people());
  Schema base = {{"type", "object"},
                 {"description", "sections chip, network, precision, energy, run, as names or objects"}};
  sweep.member(FieldInfo("experiment", "what all points have in common").must(), base);
  sweep.member(FieldInfo("axes", "what differs; the last one changes first").must(),
               list_schema(axis_group_schema(), 1));
  sweep.texts({"filters", "SQL expressions over the axes' names: points for which one does not hold are left out"});
  ObjectSchema sampling("which points of the grid are run; left out: all");
  sampling.text(FieldInfo("method", "how they are drawn").one_of({"random", "latin_hypercube"}).must());
  sampling.integer(
      FieldInfo("points",
                "how many are drawn: random ones of those that pass the filters, a latin hypercube before them")
          .range(1, kMostPoints)
          .must());
  sampling.integer(FieldInfo("seed", "of the draw").range(0, kLargestSeed));
  sweep.member({"sample", ""}, sampling.json());
  ObjectSchema goal("a figure that the sweep is about");
  goal.text(FieldInfo("figure", "column of the results").one_of(point_figure_names()).must());
  goal.text(FieldInfo("goal", "whether less or more of it is better; min by default").one_of({"min", "max"}));
  sweep.member({"objectives", "axes of the Pareto front"}, list_schema(goal.json()));
  sweep.texts(
      {"constraints", "SQL expressions over figures and axes: the Pareto front is one of points that meet them"});
  return sweep.json();
}

}  // namespace lacuna
