// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/point_request.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "hw/base/error.hpp"
#include "workloads/json/digest.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

std::string shell_word(const std::string& text) {
  const std::string plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=/.,:%@";
  if (!text.empty() && text.find_first_not_of(plain) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string set_option(const std::string& path, const Json& value) {
  // A text that reads back as itself needs no quotes of JSON.
  const bool plain = value.is_string() && parse_override(path + "=" + value.get<std::string>()).value == value.dump();
  return " --set " + shell_word(path + "=" + (plain ? value.get<std::string>() : value.dump()));
}

bool is_replaced(const std::string& path, const std::vector<const Axis*>& axes) {
  return std::any_of(axes.begin(), axes.end(), [&](const Axis* axis) {
    return std::find(axis->paths.begin(), axis->paths.end(), path) != axis->paths.end();
  });
}

/// The fields of the section "run", each by itself; a mapping or a stimulus that is given inline as a whole.
std::string leaf_options(const std::string& path, const Json& value, const std::vector<const Axis*>& axes) {
  if (is_replaced(path, axes)) return "";
  const bool whole = path == "/run/mapping" || path == "/run/stimulus";
  if (!value.is_object() || whole) return set_option(path, value);
  std::string options;
  for (const auto& [key, field] : value.items()) options += leaf_options(path + pointer_step(key), field, axes);
  return options;
}

/// What an experiment says of a field: its base, or the last override that puts it or what it is part of.
std::optional<Json> stated(const Json& base, const std::vector<Override>& overrides, const std::string& field) {
  const auto part = [](const Json& whole, const std::string& pointer) {
    const Json::json_pointer place(pointer);
    return whole.contains(place) ? std::optional<Json>(whole.at(place)) : std::nullopt;
  };
  std::optional<Json> value = part(base, field);
  for (const Override& change : overrides) {
    if (!is_at_or_below(field, change.pointer)) continue;
    value = part(Json::parse(change.value), field.substr(change.pointer.size()));
  }
  return value;
}

/// What a point changes of the base: the values of the axes, and where it searches without saying how many finalists
/// are simulated, that none are. Every point that simulates them takes as long as some points that do not.
std::vector<Override> overrides_of(const SweepFile& sweep, const SweepPoint& point) {
  std::vector<Override> overrides;
  const std::vector<const Axis*> axes = sweep.axes();
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const std::string& value = axes[i]->values[point.values[i]];
    for (const std::string& path : axes[i]->paths) {
      overrides.push_back({path, value, sweep.base.origin("") + ": axis " + axes[i]->name + "=" + value});
    }
  }
  const Json& base = sweep.base.json();
  const bool searches = stated(base, overrides, kMapping) == Json("search");
  if (searches && !stated(base, overrides, kFinalists)) overrides.push_back({kFinalists, "0", kSweepDefault});
  return overrides;
}

}  // namespace

Request request_of(const SweepFile& sweep, const SweepPoint& point, const std::shared_ptr<FileMemory>& files) {
  return {sweep.base, overrides_of(sweep, point), {}, files};
}

void check_some_point_composes(const SweepFile& sweep, const std::vector<SweepPoint>& points) {
  const auto files = std::make_shared<FileMemory>();
  std::string first_error;
  for (const SweepPoint& point : points) {
    try {
      compose(request_of(sweep, point, files));
      return;
    } catch (const Error& error) {
      if (first_error.empty()) first_error = error.what();
    }
  }
  fail_input(first_error + "; no point of the sweep can be built, nothing was written");
}

std::string command_of(const SweepFile& sweep, const SweepPoint& point) {
  const std::vector<const Axis*> axes = sweep.axes();
  std::string command = "lacuna run";
  for (const auto& [section, value] : sweep.base.json().items()) {
    const std::string path = pointer_step(section);
    if (section == "run") {
      command += leaf_options(path, value, axes);
    } else if (!is_replaced(path, axes)) {
      const bool named = value.is_string();
      command += named ? " --" + section + " " + shell_word(value.get<std::string>()) : set_option(path, value);
    }
  }
  for (const Override& change : overrides_of(sweep, point)) {
    command += set_option(change.pointer, Json::parse(change.value));
  }
  return command;
}

std::string identity_of(const Experiment& experiment) {
  std::string text = experiment.resolved;
  for (const InputFile& input : experiment.inputs) text += "\n" + input.path + " " + input.sha256;
  return sha256_hex({reinterpret_cast<const unsigned char*>(text.data()), text.size()});
}

}  // namespace lacuna
