// SPDX-License-Identifier: Apache-2.0
#include "sim/config/composer.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

/// Where an experiment holds a name, a path or the object itself.
const char* const kReferences[] = {"/chip", "/network", "/precision", "/energy", "/run/mapping", "/run/stimulus"};

bool is_below_a_reference(const std::string& pointer) {
  return std::any_of(std::begin(kReferences), std::end(kReferences),
                     [&](const char* place) { return pointer != place && is_at_or_below(pointer, place); });
}

}  // namespace

Composer::Composer(const Request& request)
    : document_(request.document), files_(request.files ? request.files : std::make_shared<FileMemory>()) {
  check_all_used(request.overrides);
  for (const Override& change : request.overrides) {
    if (is_below_a_reference(change.pointer)) {
      waiting_.push_back(change);
    } else {
      apply(change);
    }
  }
}

void Composer::set(const std::string& pointer, nlohmann::json value, const std::string& origin, Placement placement) {
  placement.pointer = pointer;
  placement.origin = origin;
  JsonDocument changed = document_;
  changed.set(pointer, std::move(value), origin);  // refuses a pointer that leads nowhere
  if (has(pointer)) {
    placement.value_before = at(pointer).json().dump();
    placement.origin_before = document_.origin(pointer);
  }
  document_ = std::move(changed);
  placements_.push_back(std::move(placement));
}

void Composer::apply(const Override& change) {
  set(change.pointer, nlohmann::json::parse(change.value), change.origin, {});
}

bool Composer::has(const std::string& pointer) const {
  return document_.json().contains(nlohmann::json::json_pointer(pointer));
}

JsonView Composer::at(const std::string& pointer) const {
  return {document_, document_.json().at(nlohmann::json::json_pointer(pointer)), pointer};
}

void Composer::put(const std::string& pointer, const nlohmann::json& value, const std::string& origin,
                   const std::string& taken_from) {
  Placement placement;
  placement.taken_from = taken_from;
  set(pointer, value, origin, std::move(placement));
}

void Composer::resolve(const std::string& pointer, DataKind kind, const std::vector<std::string>& stays) {
  const JsonView reference = at(pointer);
  if (reference.is_text() && std::find(stays.begin(), stays.end(), reference.text()) == stays.end()) {
    const DataFile file = find_data(kind, reference);
    add_input(file);
    Placement placement;
    placement.file = file.path;
    set(pointer, files_->document(file).json(), file.recorded, std::move(placement));
  }
  for (auto change = waiting_.begin(); change != waiting_.end();) {
    if (is_at_or_below(change->pointer, pointer)) {
      apply(*change);
      change = waiting_.erase(change);
    } else {
      ++change;
    }
  }
}

void Composer::finish() const {
  for (const Override& change : waiting_) {
    const std::string place = change.pointer.substr(0, change.pointer.find('/', change.pointer.find('/', 1) + 1));
    fail_input(change.origin + ": " + change.pointer + ": the experiment has no " + place);
  }
}

void Composer::add_input(const DataFile& file) {
  const bool known =
      std::any_of(inputs_.begin(), inputs_.end(), [&](const InputFile& input) { return input.path == file.recorded; });
  if (!known) inputs_.push_back({file.recorded, files_->digest(file)});
}

}  // namespace lacuna
