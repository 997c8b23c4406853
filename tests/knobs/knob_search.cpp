// SPDX-License-Identifier: Apache-2.0
#include "tests/knobs/knob_search.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "sim/engine/engine.hpp"
#include "sim/result/result_json.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

Experiment composed(const KnobExperiment& experiment, const Change& change) {
  std::vector<Override> overrides = experiment.overrides;
  // A change of what the experiment itself sets takes its place.
  for (const Override& other : change) {
    overrides.erase(std::remove_if(overrides.begin(), overrides.end(),
                                   [&](const Override& own) { return is_at_or_below(own.pointer, other.pointer); }),
                    overrides.end());
  }
  overrides.insert(overrides.end(), change.begin(), change.end());
  return compose({JsonDocument::parse(experiment.document, "test"), overrides, {}});
}

/// Prices are figures of the result too, their names and sources are not.
Json numbers_of(const Json& value) {
  if (!value.is_object()) return value;
  Json numbers = Json::object();
  for (const auto& [key, inner] : value.items()) {
    if (key != "source" && key != "notes" && key != "fit" && key != "table" && key != "words" && key != "node_nm" &&
        key != "covered" && key != "fitted" && key != "derived") {
      numbers[key] = numbers_of(inner);
    }
  }
  return numbers;
}

std::string figures_of(const RunResult& result) {
  Json written = Json::parse(result_json(result));
  Json figures = {{"layers", written.at("layers")}, {"totals", written.at("totals")}};
  for (Json& prices : figures["totals"]["prices"]) prices = numbers_of(prices);
  return figures.dump();
}

void add_numbers(std::vector<Json>& values, const Json& value, const Schema& form) {
  const auto add = [&](const Json& other) {
    if (form.contains("minimum") && other < Json(form["minimum"])) return;
    if (form.contains("maximum") && other > Json(form["maximum"])) return;
    if (other != value) values.push_back(other);
  };
  if (form.at("type") == "integer") {
    const auto n = value.get<std::int64_t>();
    for (const std::int64_t other : {n + 1, n * 2, n - 1, n / 2, form.value("minimum", n), n * 8}) add(other);
  } else {
    const auto x = value.get<double>();
    for (const double other : {x * 2, x / 2, x + 0.25, x - 0.25}) add(other);
  }
}

}  // namespace

Override change_of(const std::string& pointer, const Json& value) {
  return {pointer, value.dump(), "--set " + pointer + "=" + value.dump()};
}

std::map<std::string, std::vector<Knob>> knobs_of(const Schema& schema, const std::vector<KnobExperiment>& experiments,
                                                  const std::string& section) {
  std::map<std::string, std::vector<Knob>> knobs;
  for (const KnobExperiment& experiment : experiments) {
    const Json resolved = Json::parse(composed(experiment, {}).resolved);
    const Json* value = &resolved.at(Json::json_pointer(section));
    for (const SchemaPlace& place : places_at(schema, &resolved, section)) {
      for (const SchemaPlace& leaf : leaves_below(place, value)) {
        const Json::json_pointer pointer(leaf.pointer);
        const Json found =
            resolved.contains(pointer) ? resolved.at(pointer) : Json(leaf.form->value("default", Json()));
        knobs[leaf.pattern].push_back({&experiment, leaf, found.dump()});
      }
    }
  }
  return knobs;
}

std::vector<Json> other_values(const Knob& knob) {
  const Schema& form = *knob.place.form;
  const Json now = Json::parse(knob.value);
  std::vector<Json> values;
  if (form.contains("enum")) {
    for (const auto& choice : form["enum"]) {
      if (Json(choice) != now) values.emplace_back(choice);
    }
  } else if (now.is_boolean()) {
    values.emplace_back(!now.get<bool>());
  } else if (now.is_number()) {
    add_numbers(values, now, form);
  } else if (now.is_array() && !now.empty() && now[0].is_number()) {
    std::vector<Json> items;
    add_numbers(items, now[0], form["items"]);
    for (const Json& item : items) {
      values.push_back(now);
      values.back().front() = item;
      values.push_back(now);
      values.back().back() = item;
    }
  }
  return values;
}

const Outcome& outcome_of(const KnobExperiment& experiment, const Change& change) {
  static std::map<std::string, Outcome> known;
  std::string key = experiment.name;
  for (const Override& one : change) key += "\n" + one.origin;
  const auto found = known.find(key);
  if (found != known.end()) return found->second;
  Outcome outcome;
  try {
    outcome.figures = figures_of(run_experiment(composed(experiment, change), {}));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input) << key << ": " << error.what();
    outcome.refusal = error.what();
  }
  return known[key] = std::move(outcome);
}

}  // namespace lacuna
