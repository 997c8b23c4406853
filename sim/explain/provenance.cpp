// SPDX-License-Identifier: Apache-2.0
#include "sim/explain/provenance.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "workloads/json/json_line.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

const char* const kDefault = "the default";

std::string text_of_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// "FILE, line 17 (/array/columns)"
std::string place_in_file(const std::string& origin, const std::string& path, const std::string& pointer) {
  const std::int64_t line = line_of(text_of_file(path), pointer);
  return origin + (line == 0 ? "" : ", line " + std::to_string(line)) + (pointer.empty() ? "" : " (" + pointer + ")");
}

/// The file that was put at or above a pointer under that name, or nullptr.
const Placement* file_at(const Experiment& experiment, const std::string& pointer, const std::string& origin) {
  const auto& placements = experiment.placements;
  const auto found = std::find_if(placements.begin(), placements.end(), [&](const Placement& placement) {
    return !placement.file.empty() && placement.origin == origin && is_at_or_below(pointer, placement.pointer);
  });
  return found == placements.end() ? nullptr : &*found;
}

/// Where a value with that origin stands.
std::string described_origin(const Experiment& experiment, const std::string& pointer, const std::string& origin) {
  if (const Placement* placement = file_at(experiment, pointer, origin)) {
    return place_in_file(origin, placement->file, pointer.substr(placement->pointer.size()));
  }
  std::error_code ignored;
  if (std::filesystem::is_regular_file(origin, ignored)) {  // the result that is repeated
    return place_in_file(origin, origin, "/config" + pointer);
  }
  return origin;
}

/// What named the file of a section: an option, or a field of the chip.
std::string named_by(const Experiment& experiment, const Placement& reference) {
  for (const Placement& placement : experiment.placements) {
    if (placement.pointer == reference.pointer && !placement.taken_from.empty()) return placement.taken_from;
  }
  return described_origin(experiment, reference.pointer, reference.origin_before);
}

/// Fills in what the value at a pointer was put in place of, where an override put it there.
void find_before(const Experiment& experiment, const std::string& pointer, Provenance& result) {
  for (auto placement = experiment.placements.rbegin(); placement != experiment.placements.rend(); ++placement) {
    if (!is_at_or_below(pointer, placement->pointer)) continue;
    if (!placement->file.empty() || !placement->taken_from.empty() || placement->origin == kDefault) return;
    result.before = "";
    result.before_from = kDefault;
    if (placement->value_before.empty()) return;
    const Json before = Json::parse(placement->value_before);
    const Json::json_pointer rest(pointer.substr(placement->pointer.size()));
    if (!before.contains(rest)) return;
    result.before = before.at(rest).dump();
    result.before_from = described_origin(experiment, pointer, placement->origin_before);
    return;
  }
}

}  // namespace

Provenance provenance_of(const Experiment& experiment, const std::string& pointer) {
  Provenance result;
  const JsonDocument& document = *experiment.document;
  if (!document.json().contains(Json::json_pointer(pointer))) return {kDefault, {}, "", ""};
  const std::string origin = document.origin(pointer);
  result.from = described_origin(experiment, pointer, origin);
  find_before(experiment, pointer, result);
  for (const Placement& placement : experiment.placements) {
    if (placement.file.empty() || !is_at_or_below(pointer, placement.pointer)) continue;
    result.section = placement.origin + ", named by " + named_by(experiment, placement);
  }
  return result;
}

}  // namespace lacuna
